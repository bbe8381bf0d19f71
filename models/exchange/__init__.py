"""Many records at once: rows of a sheet, checked one by one and written through the verbs, all or nothing."""
