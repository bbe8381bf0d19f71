"""The rule book: rules, dates of a procedure, methods of a purchase, thresholds of a district."""
