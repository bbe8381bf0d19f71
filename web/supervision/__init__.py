"""Evaluators under supervision: agreement, leniency, drift, gaps, samples."""
