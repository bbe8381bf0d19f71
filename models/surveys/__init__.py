"""The residents' voice: who is served, who is asked, what they say."""
