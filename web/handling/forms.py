"""Forms of decisions: standardise, return, merge, route away, settle. Choices are checked by the verbs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from models.catalogue.term import TaxonomyTerm
from models.needs.details import IndicatorCode
from models.needs.handling import MOST_WORDS
from models.needs.need import Engagement, Need, ReturnReason
from models.needs.operations import MOST_PEOPLE
from models.needs.standard import Standard
from web.form import Form, Required, WholeNumber, record_id, tidy
from web.labels import LABELS, label
from web.labels.catalogue import term_name

VALUES = [
    ("", _l("不知道")),
    ("0", _l("0 没有")),
    ("1", _l("1 较低")),
    ("2", _l("2 中等")),
    ("3", _l("3 较高")),
    ("4", _l("4 很高")),
]
TOO_LONG = Length(max=MOST_WORDS, message=_l("说明最多写 1000 个字，请缩短。"))


class Ticks(SelectMultipleField):
    """Several of several, as boxes; what is offered changes with the text, so the verb checks."""

    widget = ListWidget()
    option_widget = CheckboxInput()


class Decision(Form):
    """What every decision carries: the revision of the need it was taken on.

    The forms stand on one page, so each has a prefix of its own for the names of its inputs.
    """

    prefix = ""
    revision = HiddenField()

    def __init__(self, **options: Any) -> None:
        super().__init__(prefix=self.prefix, **options)


class StandardForm(Decision):
    """The need in the taxonomy's terms."""

    prefix = "standard"
    title = StringField(
        _l("标题"),
        [Required(_l("请填写标题，让人一眼看出说的是什么。")), Length(max=200)],
        filters=[tidy],
        description=_l("写清哪里、哪些人、要什么，不写姓名和门牌。"),
    )
    codes = Ticks(_l("需要哪类服务"), validate_choice=False)
    other_code = SelectField(_l("再加一类服务"), [Optional()], validate_choice=False)
    groups = Ticks(_l("是哪些人"), validate_choice=False)
    other_group = SelectField(_l("再加一类人"), [Optional()], validate_choice=False)
    affected_people = WholeNumber(
        _l("受益人数"),
        [
            Required(_l("请填写受益人数，如 47。")),
            NumberRange(1, MOST_PEOPLE, _l("人数要在 1 到 1000 万之间，请填写如 47 的数字。")),
        ],
    )
    engagement = SelectField(_l("合作方式"), [Optional()])
    words = TextAreaField(
        _l("不等会议的理由"),
        [Optional(), TOO_LONG],
        filters=[tidy],
        description=_l("没有会议支持时必须写，会随需求公开。"),
    )

    def __init__(
        self, *, codes: Iterable[TaxonomyTerm], groups: Iterable[TaxonomyTerm], **options: Any
    ) -> None:
        super().__init__(**options)
        self.engagement.choices = [("", str(_l("还没定"))), *((e.value, label(e)) for e in Engagement)]
        for code in IndicatorCode:
            self[named(code)].choices = VALUES
        self.other_code.choices = _offered(codes)
        self.other_group.choices = _offered(groups)

    def standard(self) -> Standard:
        """What the verb takes."""
        picked = {code: self[named(code)].data for code in IndicatorCode}
        return Standard(
            title=self.title.data or "",
            codes=_with(self.codes.data, self.other_code.data),
            groups=_with(self.groups.data, self.other_group.data),
            affected_people=self.affected_people.data,
            indicators={code: int(value) for code, value in picked.items() if value},
            notes={code: self[f"note_{named(code)}"].data or "" for code in IndicatorCode},
            engagement=Engagement(self.engagement.data) if self.engagement.data else None,
            words=self.words.data or "",
        )

    def indicators(self) -> list[tuple[IndicatorCode, Any, Any]]:
        """Every indicator with its value and its note."""
        return [(code, self[named(code)], self[f"note_{named(code)}"]) for code in IndicatorCode]


def named(code: IndicatorCode) -> str:
    """The name of an indicator's input, which is what refusals call it."""
    return code.value.lower()


for _code in IndicatorCode:
    _words = LABELS[IndicatorCode][_code]
    setattr(StandardForm, named(_code), SelectField(_words, [Optional()]))
    setattr(
        StandardForm,
        f"note_{named(_code)}",
        StringField(
            _l("%(indicator)s的依据", indicator=_words),
            [Optional(), Length(max=200, message=_l("这里最多写 200 个字，请缩短。"))],
            filters=[tidy],
        ),
    )


class ReturnForm(Decision):
    """Sending a need back."""

    prefix = "return"
    reason = RadioField(_l("为什么退回"), [Required(_l("请选一个理由。"))])
    words = TextAreaField(
        _l("请对方怎么改"),
        [Required(_l("请写清楚要补充什么，对方照着改就行。")), TOO_LONG],
        filters=[tidy],
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.reason.choices = [(each.value, label(each)) for each in ReturnReason]


class MergeForm(Decision):
    """Merging a need into another."""

    prefix = "merge"
    into = RadioField(_l("并入哪一项"), [Required(_l("请选要并入的需求。"))])
    words = TextAreaField(_l("说明"), [Optional(), TOO_LONG], filters=[tidy])

    def __init__(self, *, targets: Iterable[Need], **options: Any) -> None:
        super().__init__(**options)
        self.into.choices = [(str(need.id), need.heading) for need in targets]

    @property
    def target(self) -> UUID | None:
        """The id that was picked."""
        return record_id(self.into.data)


class RouteForm(Decision):
    """Saying whose work it is."""

    prefix = "route"
    route_code = SelectField(_l("转给谁"), [Required(_l("请从列表中选择转给谁。"))])
    words = TextAreaField(
        _l("请居民怎么办"),
        [Required(_l("请写清楚为什么转、居民接下来找谁。")), TOO_LONG],
        filters=[tidy],
    )

    def __init__(self, *, routes: Iterable[TaxonomyTerm], **options: Any) -> None:
        super().__init__(**options)
        self.route_code.choices = [("", str(_l("请选择"))), *((r.code, term_name(r)) for r in routes)]


class SettleForm(Decision):
    """Closing a need that was met in another way."""

    prefix = "settle"
    words = TextAreaField(
        _l("怎么解决的"), [Required(_l("请写清楚是怎么解决的。")), TOO_LONG], filters=[tidy]
    )


def _offered(terms: Iterable[TaxonomyTerm]) -> list[tuple[str, str]]:
    return [("", str(_l("不加"))), *((term.code, f"{term.code} {term_name(term)}") for term in terms)]


def _with(ticked: list[str] | None, other: str | None) -> list[str]:
    return list(dict.fromkeys([*(ticked or []), *([other] if other else [])]))
