"""What the tests need from the machine: a database server, a browser."""
