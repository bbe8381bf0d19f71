"""The whole file of a project, with a manifest of hashes."""
