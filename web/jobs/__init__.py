"""Work nobody waits for: each job is an entry point like a route."""
