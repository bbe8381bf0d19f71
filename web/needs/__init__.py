"""Needs: the public board, a need's page, my needs, and the form in three pages."""
