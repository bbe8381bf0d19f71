"""All views of tenders, gathered."""

from web.tenders import after, ceremony, deciding, reading, starting, writing
from web.tenders.blueprint import bp

__all__ = ["after", "bp", "ceremony", "deciding", "reading", "starting", "writing"]
