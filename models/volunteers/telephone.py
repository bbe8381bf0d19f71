"""Telephone numbers of offices: a landline, 400/800, or a short service number; never somebody's mobile."""

import re
import unicodedata

LANDLINE = r"(?:\(?0\d{2,3}\)?)?[2-8]\d{6,7}(?:(?:转|分机|x)\d{1,5})?"
OFFICE = re.compile(rf"{LANDLINE}|[48]00\d{{7}}|1[02]\d{{3}}|9[56]\d{{3,4}}")
BETWEEN = re.compile(r"[\s\-—–]+")


def is_office(typed: str) -> bool:
    """Whether this can be the number of an office; blanks, dashes and full width do not matter."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).casefold()
    return OFFICE.fullmatch(plain) is not None
