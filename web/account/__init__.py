"""Signing in and out, one’s own password, role and language."""
