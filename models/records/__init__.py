"""Track records of organisations, worked out from what is final; nothing of a record is stored."""
