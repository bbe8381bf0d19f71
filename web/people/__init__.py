"""Accounts and roles, for administrators."""
