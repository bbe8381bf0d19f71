"""The calendar of clocks."""
