"""Evaluation agencies: the list, draws and declarations, fees, rotation, suspensions."""
