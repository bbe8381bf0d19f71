"""Needs assessments: asking residents, and what they said."""
