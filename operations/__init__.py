"""The operator's back room: what `manage.py` does; like app.py it may see every room, and no room sees it."""
