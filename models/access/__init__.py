"""Who may do what: permissions, and one page of policy."""
