"""配档表 schedule_table as rules: whom a task binds, when it is due and why, what a changed table changes (A25, F02, F03, F05)."""
