"""Runs of the matcher, what people made of them, and the ledger of what nobody can meet.

Matching scores are advice to people; nothing that ranks bidders may read them.
"""
