"""活动 campaign as data: what one campaign file says, read and checked (F01, F02)."""
