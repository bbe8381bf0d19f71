"""Findings, how they are mended, and what follows."""
