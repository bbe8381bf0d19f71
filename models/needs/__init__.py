"""What neighbourhoods need: assessments, needs, deliberations."""
