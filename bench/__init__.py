"""Side-by-side measurements: ours and a yardstick in turns, over HTTP, from outside. `python -m bench` writes docs/performance.md."""
