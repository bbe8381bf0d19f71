"""What all forms share: Chinese input is tidied, and a verb's refusal comes back to its field."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, DecimalField, IntegerField
from wtforms.validators import StopValidation

from models.errors import DomainError
from web.labels import sentence

AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,2})?")


class Form(FlaskForm):
    """A form that can show a refusal of the domain beside the field it is about."""

    def refuse(self, error: DomainError) -> None:
        """Put a verb's refusal where the person will look for it."""
        target = getattr(self, error.field, None) if error.field else None
        if target is not None:
            target.errors = [*target.errors, sentence(error)]
        else:
            self.form_errors.append(sentence(error))


def tidy(text: str | None) -> str | None:
    """Without blanks at the ends and without control characters; the words themselves stay as written."""
    if text is None:
        return None
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return kept.replace("\r\n", "\n").strip()


def narrow(text: str) -> str:
    """Full-width digits and signs as people's input methods leave them: １２，０００ -> 12000."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain.replace(",", "").replace("¥", "").replace("元", "").replace(" ", "")


def record_id(typed: str | None) -> UUID | None:
    """The id a form carries for the record it makes; a tampered one is none, and the record gets its own."""
    try:
        return UUID(typed or "")
    except ValueError:
        return None


def revision(typed: str | int | None) -> int:
    """The revision a form was filled in on; a tampered one is no revision at all."""
    try:
        return int(typed or 0)
    except ValueError:
        return -1


class Required:
    """The field must be filled; the sentence says what to fill in."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it as a class attribute

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        """Stop at an empty field."""
        data = field.data
        if field.process_errors:
            raise StopValidation  # something was typed, and what is wrong with it has been said
        if data is None or data == [] or (isinstance(data, str) and not data.strip()):
            field.errors = []
            raise StopValidation(str(self.message))


class WholeNumber(IntegerField):
    """A whole number; full-width digits are read, anything else is named."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = int(narrow(valuelist[0]))
        except ValueError:
            raise ValueError(
                str(_l("“%(typed)s”不是整数，请填写如 47 的数字。")) % {"typed": valuelist[0][:20]}
            ) from None


class Amount(DecimalField):
    """An amount in yuan, at most two decimals, never in exponent notation."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        typed = narrow(valuelist[0])
        if not AMOUNT.fullmatch(typed):
            message = str(_l("“%(typed)s”不是金额，请填写如 120000 或 1200.50 的数字。"))
            raise ValueError(message % {"typed": valuelist[0][:20]})
        self.data = Decimal(typed)


class Day(DateField):
    """A date; full width, slashes and 年月日 are read, anything else is named."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        parts = re.split(r"[-/.年月日]+", narrow(valuelist[0]).rstrip("日"))
        try:
            year, month, day = (int(part) for part in parts)
            self.data = date(year, month, day)
        except (ValueError, OverflowError):
            message = str(_l("“%(typed)s”不是日期，请填写如 2026-11-20 的日期。"))
            raise ValueError(message % {"typed": valuelist[0][:20]}) from None
