"""Evaluators under supervision: agreement, leniency, drift."""
