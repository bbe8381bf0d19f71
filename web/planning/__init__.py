"""Plans of an area: built, looked at, compared, edited, adopted."""
