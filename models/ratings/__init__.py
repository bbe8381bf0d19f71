"""What the sides of a contract say of each other, and of the evaluator."""
