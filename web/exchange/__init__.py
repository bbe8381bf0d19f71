"""Workbooks in and out: every list exports, every bulk entry imports with a preview."""
