"""The period of a report, in the address."""

from flask_babel import lazy_gettext as _l

from web.form import Day, Required
from web.rulebook.forms import Question


class PeriodForm(Question):
    """From one day to another."""

    first = Day(_l("从"), [Required(_l("请填写日期，如 2026-07-01。"))])
    last = Day(_l("到"), [Required(_l("请填写日期，如 2026-09-30。"))])
