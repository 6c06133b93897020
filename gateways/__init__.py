"""Outside systems: one file each, behind a small face; time-outs always given, nothing connects at import."""
