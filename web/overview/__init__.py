"""An area on one page, in counts."""
