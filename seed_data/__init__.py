"""One believable district: workbooks anyone can open, and the loader that feeds them to the verbs."""
