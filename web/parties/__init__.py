"""The register of organisations: what everybody sees, what they say of themselves, what registrars enter."""
