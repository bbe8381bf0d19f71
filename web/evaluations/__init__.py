"""Pages of third-party evaluation: the calendar, the sheet, answers and replies, results."""
