"""People, administrative units, organisations, and who acts for whom."""
