"""DOOR: the clock. It only ticks; what is due stands in tables (reliability.md 3.2)."""
