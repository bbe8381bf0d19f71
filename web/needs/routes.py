"""All views of needs, gathered."""

from web.needs import handing_in, reading, replicating, showing, writing
from web.needs.blueprint import bp

__all__ = ["bp", "handing_in", "reading", "replicating", "showing", "writing"]
