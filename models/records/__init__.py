"""Track records: what is known of an organisation's work, shrunk and fading."""
