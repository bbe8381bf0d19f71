"""Award desk, letters, results; challenges; the contract board, contracts and their milestones."""
