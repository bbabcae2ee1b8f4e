"""Posts, and what waits for one."""
