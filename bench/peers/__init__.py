"""One program per system: each reads the texts or sheets of a folder and answers every need with 20 services.

It prints its stages as JSON: reading, the index, all queries together, one need at a time.
"""
