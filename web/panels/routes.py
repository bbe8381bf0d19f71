"""The pages of a panel: importing them hangs them on the blueprint."""

from web.panels import checking, desk, results
from web.panels.blueprint import bp

__all__ = ["bp", "checking", "desk", "results"]
