"""Browsers of people at fixed hours, as for contracts."""

from tests.web.contracts.conftest import Come, come

__all__ = ["Come", "come"]
