"""Forms of the pool of experts."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from models.catalogue.term import TaxonomyTerm
from models.panels.pool import ASKED
from models.parties.person import Person
from web.form import Day, Form, Required, tidy
from web.labels import label
from web.labels.catalogue import term_name

SHORT = Length(max=200, message=_l("这里最多写 200 个字，请缩短。"))


class ExpertForm(Form):
    """Where an expert works, and what they know."""

    employer = StringField(_l("工作单位"), [Optional(), SHORT], filters=[tidy])
    title = StringField(_l("职称或职务"), [Optional(), SHORT], filters=[tidy])
    terms = SelectMultipleField(
        _l("熟悉的领域"), widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=True
    )

    def __init__(self, domains: Iterable[TaxonomyTerm], **options: Any) -> None:
        super().__init__(**options)
        self.terms.choices = [(term.code, term_name(term)) for term in domains]


class NewExpertForm(ExpertForm):
    """Somebody who joins."""

    person_id = SelectField(_l("谁"), [Required(_l("请选择一个人。"))])

    def offer(self, people: Sequence[Person]) -> "NewExpertForm":
        """Who can join."""
        self.person_id.choices = [("", _l("请选择"))] + [(str(each.id), each.name) for each in people]
        return self


class TieForm(Form):
    """A tie to an organisation."""

    organisation_id = SelectField(_l("社会组织"), [Required(_l("请选择社会组织。"))])
    kind = SelectField(_l("什么关系"))
    began_on = Day(_l("从哪天开始"), [Optional()])
    ended_on = Day(_l("到哪天结束"), [Optional()])

    def __init__(self, organisations: Iterable[Any], **options: Any) -> None:
        super().__init__(**options)
        names = [(str(each.id), each.name) for each in organisations]
        self.organisation_id.choices = [("", _l("请选择")), *names]
        self.kind.choices = [(kind.value, label(kind)) for kind in ASKED]


class EndForm(Form):
    """The last day of a tie."""

    ended_on = Day(_l("到哪天结束"), [Required(_l("请填写结束的日期。"))])
