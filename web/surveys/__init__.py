"""Pages of surveys: the resident's, the sheets, the register, progress and results."""
