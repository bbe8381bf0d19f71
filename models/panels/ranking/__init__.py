"""The ranking of bids, pure and exact: a file goes in, a file comes out, and anyone can compute it again."""
