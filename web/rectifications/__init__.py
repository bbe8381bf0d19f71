"""What an evaluation found, how it is mended, and what follows from it."""
