"""Ratings the sides of a contract give each other."""
