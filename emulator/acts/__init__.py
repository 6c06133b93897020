"""What a fake person can do, each turned into the message or event the platform would push (wechat-platform.md §4)."""
