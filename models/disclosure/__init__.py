"""What anybody may know of a procurement: read from the tables, with nothing sealed in it."""
