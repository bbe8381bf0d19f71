"""Tenders as pages: the public list and page, the official's writing, keys, and what comes after."""
