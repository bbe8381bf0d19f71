"""Local dates and Chinese working days."""
