"""What is offered: drafts, sealed envelopes, opening sessions, and what was in the envelopes."""
