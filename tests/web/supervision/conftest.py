"""Browsers of officials, auditors and evaluators over finals that were marked twice, built once a file."""

from tests.models.supervision.conftest import built, connection, finals, pair
from tests.web.agencies.conftest import come

__all__ = ["built", "come", "connection", "finals", "pair"]
