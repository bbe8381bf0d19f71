"""Track records of organisations, for everybody to work out again."""
