"""How the project is set up, run and pinned."""
