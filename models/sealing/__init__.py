"""The cryptography of sealed bids: pure functions over bytes, without tables, clock or roles.

Kinds of trust: `keys` and `shares` decide who can open, `envelope` seals, `content` and `copies` are what was
sealed, `receipt` is what the bidder can hold against us, `drafts` keeps what is not sealed yet.
"""
