"""Records for tests, made through the verbs where there are verbs."""
