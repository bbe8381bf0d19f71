"""The form for a year's working days: days and stretches of days, as the notice writes them."""

import re
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from models.rulebook.working_days import SOURCE_LIMIT
from web.form import Form, Required, WholeNumber, narrow, tidy

ONE = timedelta(days=1)
BETWEEN = re.compile(r"至|到|to|~|—+")
APART = re.compile(r"[\s,，、;；。]+")
PARTS = re.compile(r"[-/.年月日]+")
LONGEST = timedelta(days=31)
MOST = 4000


class Days(TextAreaField):
    """Days such as 2027-02-20, or stretches such as 2027-02-05 至 2027-02-11, one a line or with commas."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; it stays as typed."""
        self.data = tidy(valuelist[0][:MOST]) if valuelist else ""
        self.days = []
        text = re.sub(rf"\s*({BETWEEN.pattern})\s*", "至", self.data or "")
        for typed in filter(None, APART.split(text)):
            try:
                self.days += _stretch(typed)
            except (ValueError, OverflowError):
                message = str(_l("“%(typed)s”不是日期，请填写如 2027-02-20，或者 2027-02-05 至 2027-02-11。"))
                raise ValueError(message % {"typed": typed[:30]}) from None

    days: list[date]


def _stretch(typed: str) -> list[date]:
    """One day, or every day from the first to the last."""
    ends = [_day(part) for part in typed.split("至")]
    first, last = ends if len(ends) > 1 else (ends[0], ends[0])
    if not timedelta() <= last - first <= LONGEST:
        raise ValueError
    return [first + number * ONE for number in range((last - first).days + 1)]


def _day(typed: str) -> date:
    year, month, day = (int(part) for part in PARTS.split(narrow(typed).rstrip("日")))
    return date(year, month, day)


class YearForm(Form):
    """A year, its days off, the weekends that are worked, and the notice."""

    year = WholeNumber(_l("哪一年"), [Required(_l("请填写年份，例如 2027。"))])
    rest = Days(_l("放假的日子"), [Required(_l("请填写放假的日子，例如 2027-02-05 至 2027-02-11。"))])
    work = Days(_l("调休上班的周末"))
    source = StringField(
        _l("出处"),
        [
            Required(_l("请写明出处，例如通知的文号。")),
            Length(max=SOURCE_LIMIT, message=_l("出处最多 300 个字。")),
        ],
        filters=[tidy],
    )
