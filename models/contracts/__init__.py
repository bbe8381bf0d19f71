"""What was agreed and came of it: awards, challenges, contracts, milestones, payments."""
