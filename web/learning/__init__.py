"""What the matcher learns in an area, who is seen in it, and what counts."""
