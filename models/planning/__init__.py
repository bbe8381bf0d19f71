"""The district's plan: which service meets which need, under all limits at once.

A plan is a proposal. Only `adopt` makes decisions of it, and they are reviews like any other.
"""
