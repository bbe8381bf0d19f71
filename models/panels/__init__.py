"""Panels: who judges the bids, their marks, and the ranking that follows from them."""
