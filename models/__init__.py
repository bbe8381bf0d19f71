"""The domain: tables, rules and lifecycles. What may never happen here is in README.md."""
