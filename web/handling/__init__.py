"""The official's desk: the queue, and one need with everything that can be decided about it."""
