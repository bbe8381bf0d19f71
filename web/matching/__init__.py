"""Running and reviewing matches, the gap ledger, and what fits an organisation."""
