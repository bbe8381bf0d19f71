"""Messages to me."""
