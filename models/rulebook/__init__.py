"""Procurement rules as data, and what follows from them without a database."""
