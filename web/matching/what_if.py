"""What if the budget, the area, the month or the people were others: asked in the address of the page."""

from typing import Any

from flask import current_app, g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import AnyOf, NumberRange, StopValidation

from models.calendar.clocks import local_date
from models.matching.change import Change, Reach
from models.matching.run import MatchRun
from models.matching.what_if import Outcome, what_if
from models.needs.need import Need
from models.needs.operations import MOST_PEOPLE
from models.needs.parts import HIGHEST_AMOUNT
from web.form import Amount, Form, WholeNumber
from web.format import money_words, people
from web.labels import LABELS
from web.needs.forms import Later
from web.needs.words import month_of, month_words, months

AHEAD = 18


class Understood:
    """What was typed could be read; what is wrong with it has been said, and nothing else needs to be."""

    def __call__(self, _form: Any, field: Any) -> None:
        """Stop at what could not be read."""
        if field.process_errors:
            raise StopValidation


class WhatIfForm(Form):
    """What is supposed; an empty field leaves the need as it is."""

    class Meta:
        """It changes nothing, so it may be asked from anywhere."""

        csrf = False

    budget = Amount(
        _l("预算"),
        [
            Understood(),
            Later(),
            NumberRange(0, HIGHEST_AMOUNT, _l("预算不能小于 0，请填写如 120000 的数字。")),
        ],
    )
    reach = SelectField(
        _l("范围"),
        [AnyOf(["", *(each.value for each in Reach)], _l("请从列表里选一个范围。"))],
        choices=[
            SelectChoice("", _l("本居民区（不变）")),
            *(SelectChoice(each.value, words) for each, words in LABELS[Reach].items()),
        ],
        default="",
        validate_choice=False,
    )
    starts = SelectField(_l("从哪个月开始"), default="", validate_choice=False)
    people = WholeNumber(
        _l("受益人数"),
        [
            Understood(),
            Later(),
            NumberRange(1, MOST_PEOPLE, _l("人数要在 1 到 1000 万之间，请填写如 47 的数字。")),
        ],
    )

    @property
    def is_asked(self) -> bool:
        """The address asks something."""
        return any(field.name in request.args for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        """Something has to be supposed."""
        if super().validate(extra_validators) and self.change == Change():
            self.form_errors.append(_("请至少改一项。"))
        return not self.errors

    @property
    def change(self) -> Change:
        """What is supposed, once it has been validated."""
        reach = self.reach.data
        return Change(
            budget=self.budget.data,
            reach=Reach(reach) if reach else None,
            starts_on=month_of(self.starts.data),
            people=self.people.data,
        )

    def validate_starts(self, field: SelectField) -> None:
        """A month that is offered."""
        offered = [choice.value for choice in field.choices or []]
        AnyOf(offered, _("请从列表里选一个月份。"))(self, field)


def asked(need: Need) -> WhatIfForm:
    """The form as the address fills it; beside each field stands what the need says."""
    form = WhatIfForm(formdata=request.args)
    first = local_date(g.at).replace(day=1)
    offered = [SelectChoice(f"{month:%Y-%m}", month_words(month)) for month in months(first, AHEAD)]
    form.starts.choices = [SelectChoice("", _("不变")), *offered]
    unknown = _("现在：不知道")
    form.budget.description = (
        unknown if need.budget is None else _("现在：%(budget)s", budget=money_words(need.budget))
    )
    form.starts.description = (
        unknown if need.starts_on is None else _("现在：%(month)s", month=month_words(need.starts_on))
    )
    form.people.description = (
        unknown
        if need.affected_people is None
        else _("现在：%(people)s", people=people(need.affected_people))
    )
    return form


def answer(run: MatchRun | None, form: WhatIfForm) -> Outcome | None:
    """What the change would bring, where it is asked and can be said."""
    if run is None or not form.is_asked or form.errors:
        return None
    return what_if(g.db, run, g.act, current_app.extensions["matching"], form.change)
