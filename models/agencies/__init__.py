"""Evaluation agencies: who they are, what ties them, how they are drawn, when they rest."""
