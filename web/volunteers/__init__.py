"""Pages of calls for volunteers."""
