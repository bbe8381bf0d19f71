"""Words a verb must have: clean, within their column, and not nothing."""

from models.errors import Invalid
from models.wording import bounded

LONGEST = 4000


def needed(text: str | None, *, field: str = "words") -> str:
    """The words; raises Invalid("words_missing") beside the field when there are none."""
    kept = bounded(text, LONGEST, field=field)
    if not kept:
        raise Invalid("words_missing", field=field)
    return kept
