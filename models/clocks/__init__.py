"""Clocks that run, read from the tables of all subjects: whom to remind of which date, each once."""
