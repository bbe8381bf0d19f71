"""Meetings about needs: notice, record, promise."""
