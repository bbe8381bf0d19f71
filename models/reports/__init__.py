"""Reports of an area for a period."""
