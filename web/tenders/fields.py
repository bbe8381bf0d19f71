"""Inputs that several forms of tenders share."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from models.calendar.clocks import SHANGHAI
from models.tenders.parts import LONG, SHORT
from web.deliberations.forms import Clock, instant
from web.form import Amount, Day, Form, Required, record_id, revision, tidy
from web.labels import LABELS

SHORT_ENOUGH = Length(max=SHORT, message=_l("这里最多写 200 个字，请缩短。"))
LONG_ENOUGH = Length(max=LONG, message=_l("这里最多写 4000 个字，请缩短。"))


class Ticked:
    """The box must be ticked: one that is not is no answer."""

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        """Stop at an empty box."""
        if not field.data:
            raise StopValidation(str(self.message))


class Later(Optional):
    """May be empty, and is not called optional: the page says when it is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


class Points(Amount):
    """A number with at most two decimals; anything else is named."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            message = str(_l("“%(typed)s”不是这里要的数字，请填写如 12.5 的数字。"))
            raise ValueError(message % {"typed": valuelist[0][:20]}) from None


def line(words: Any, required: Any = None, help_: Any = "", *, later: bool = False) -> StringField:
    """A line of words."""
    return StringField(
        words, [_first(required, later=later), SHORT_ENOUGH], filters=[tidy], description=help_
    )


def text(words: Any, required: Any = None, help_: Any = "", *, later: bool = False) -> TextAreaField:
    """Several lines of words."""
    return TextAreaField(
        words, [_first(required, later=later), LONG_ENOUGH], filters=[tidy], description=help_
    )


def _first(required: Any, *, later: bool) -> Any:
    return Required(required) if required else Later() if later else Optional()


def brief(words: Any) -> TextAreaField:
    """A line's worth of words that is seen whole; it may be empty."""
    return TextAreaField(words, [Later(), SHORT_ENOUGH], filters=[tidy])


def points(words: Any, required: Any = None, help_: Any = "", *, later: bool = False) -> Amount:
    """A share or a mark with at most two decimals."""
    return Points(words, [_first(required, later=later)], description=help_)


def ticks(words: Any, help_: Any = "") -> SelectMultipleField:
    """Many to choose from, each with its own box."""
    return SelectMultipleField(
        words, description=help_, widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=True
    )


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Pairs of a value and its words as choices."""
    return [SelectChoice(value, str(words)) for value, words in pairs]


def members(kind: type[StrEnum], offered: Iterable[StrEnum] | None = None) -> list[tuple[str, Any]]:
    """Members of an enum with their words."""
    return [(each.value, LABELS[kind][each]) for each in (kind if offered is None else offered)]


def ids(chosen: list[str] | None) -> list[UUID]:
    """The ids that were ticked."""
    return [id_ for each in chosen or () if (id_ := record_id(each)) is not None]


class RevisedForm(Form):
    """A form that says on which revision it was filled in."""

    revision = HiddenField()

    @property
    def seen(self) -> int:
        """The revision."""
        return revision(self.revision.data)


class DeadlineForm(Form):
    """A day and a time of it."""

    day = Day(_l("截止日期"), [Required(_l("请填写截止日期，如 2026-12-14。"))])
    clock = Clock(_l("截止时间"), [Required(_l("请填写时间，如 17:00。"))])

    @property
    def until(self) -> datetime:
        """The instant."""
        return instant(self.day.data, self.clock.data)


def split(until: datetime) -> dict[str, Any]:
    """An instant as the two inputs take it."""
    local = until.astimezone(SHANGHAI)
    return {"day": local.date(), "clock": local.time()}
