"""Services that organisations offer, in HSDS terms, and the taxonomy they are coded by."""
