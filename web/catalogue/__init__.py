"""The catalogue of services: what everybody sees, and one's own."""
