"""Browsers of the people of one evaluated contract, as for its rectification."""

from tests.web.rectifications.conftest import Come, built, come, connection, evaluation

__all__ = ["Come", "built", "come", "connection", "evaluation"]
