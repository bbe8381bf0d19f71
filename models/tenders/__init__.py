"""What is to be bought: the tender with its lots, criteria, enquiries, amendments and keys."""
