"""Panels and rankings: pages and commands."""
