"""The same people as for rectifications: those of one evaluated contract."""

from tests.web.rectifications.conftest import built, come, connection, evaluation

__all__ = ["built", "come", "connection", "evaluation"]
