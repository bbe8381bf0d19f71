"""Framework agreements for everybody, and call-offs for the purchasers under them."""
