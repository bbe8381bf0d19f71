"""Bids: the editor, sealing, consortia; and the opening room of officials."""
