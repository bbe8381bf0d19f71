"""The file of a project for those who supervise."""
