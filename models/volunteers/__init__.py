"""Calls for volunteers: residents take part in what is planned for them (demand 39)."""
