"""Tables and every query; services call these functions, nobody else does."""
