"""Forms of a panel: the draw, the check, marks, corrections, questions about prices."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from models.bids.opened import InvalidReason
from models.panels.declaring import Declared
from models.panels.marking import CorrectionGround
from models.panels.pool import ASKED
from models.panels.qualifying import FOUND_BY_PANEL
from models.parties.organisation import Organisation
from models.parties.person import Person
from models.tenders.terms import Requirement
from web.form import AMOUNT, Form, Required, WholeNumber, narrow, record_id, tidy
from web.labels import label

LONG = Length(max=4000, message=_l("这里最多写 4000 个字，请缩短。"))
SHORT = Length(max=200, message=_l("这里最多写 200 个字，请缩短。"))


class Score(DecimalField):
    """A mark with at most two decimals; full-width digits are read, anything else is named."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        typed = narrow(valuelist[0])
        if not AMOUNT.fullmatch(typed):
            message = str(_l("“%(typed)s”不是分数，请填写如 12.5 的数字，最多两位小数。"))
            raise ValueError(message % {"typed": valuelist[0][:20]})
        self.data = Decimal(typed)


def words(said: Any, required: Any = None, *, limit: Length = LONG, **options: Any) -> TextAreaField:
    """Several lines of words."""
    first = Required(required) if required else Optional()
    return TextAreaField(said, [first, limit], filters=[tidy], **options)


def boxes(said: Any, **options: Any) -> SelectMultipleField:
    """Many to choose from, each with its own box."""
    return SelectMultipleField(said, widget=ListWidget(), option_widget=CheckboxInput(), **options)


class DrawForm(Form):
    """How large the panel is, and who sits on it for the purchaser."""

    size = WholeNumber(_l("评审小组人数"), [Required(_l("请填写人数，应为单数。"))])
    purchaser = boxes(_l("采购人代表"))

    def offer(self, people: Iterable[Person]) -> "DrawForm":
        """Who may be chosen."""
        self.purchaser.choices = [(str(person.id), person.name) for person in people]
        return self


class WordsForm(Form):
    """Reasons."""

    words = words(_l("原因"), _l("请写明原因。"))


class ConsensusForm(Form):
    """What was said at the meeting."""

    words = words(_l("合议情况"), _l("请写下合议的情况。没有异议也要写一句。"))


class RejectForm(Form):
    """A bid that is invalid for what no requirement names."""

    reason = SelectField(_l("原因"))
    words = words(_l("说明"), _l("不通过要写明原因，供应商有权知道。"), limit=SHORT)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.reason.choices = [(reason.value, label(reason)) for reason in FOUND_BY_PANEL]

    @property
    def chosen(self) -> InvalidReason:
        """The reason."""
        return InvalidReason(self.reason.data)


class CorrectForm(Form):
    """A mark that is put right."""

    ground = SelectField(_l("更正的情形"))
    points = Score(_l("更正后的分数"), [Required(_l("请填写更正后的分数。"))])
    words = words(_l("说明"), _l("请写明为什么更正。"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.ground.choices = [(ground.value, label(ground)) for ground in CorrectionGround]


class AskForm(Form):
    """How long a bidder has to explain its price."""

    minutes = WholeNumber(_l("说明的时间"), [Required(_l("请填写多少分钟。"))])


class DecideForm(Form):
    """Whether a price is proved."""

    accepted = RadioField(_l("评审小组的决定"), [InputRequired(_l("请选择一项。"))])
    words = words(_l("理由"), _l("请写明决定的理由，它要归档。"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        said = {"yes": _l("能证明报价合理"), "no": _l("不能证明报价合理，投标无效")}
        self.accepted.choices = list(said.items())


class AnswerForm(Form):
    """A bidder's explanation."""

    words = words(_l("您的说明"), _l("请写下您的说明。"))


class MarkForm(Form):
    """One mark with its note."""

    points = Score(_l("分数"))
    note = words(_l("评分理由"))


class DeclareForm(Form):
    """Each ground as a question against the list of bidders."""

    employment = boxes(_l("近 3 年内，您与其中哪家有过劳动关系？"))
    board = boxes(_l("近 3 年内，您在其中哪家担任过董事、理事或监事？"))
    control = boxes(_l("近 3 年内，您是其中哪家的控股股东或实际控制人？"))
    kinship = boxes(_l("您与其中哪家的负责人是夫妻、直系血亲、三代以内旁系血亲或近姻亲？"))
    other_interest = boxes(_l("您与其中哪家有其他可能影响公正的关系？"))
    words = words(_l("具体情况"))
    honest = BooleanField(
        _l("以上是我如实申报的。没有勾选的，我与它没有这种关系。"),
        [InputRequired(_l("请确认您的申报。"))],
    )

    def offer(self, organisations: Sequence[Organisation]) -> "DeclareForm":
        """The bidders, by name."""
        for kind in ASKED:
            self[kind.value].choices = [(str(each.id), each.name) for each in organisations]
        return self

    @property
    def questions(self) -> list[Any]:
        """The fields that ask."""
        return [self[kind.value] for kind in ASKED]

    @property
    def interests(self) -> list[Declared]:
        """What was declared."""
        said = self.words.data or ""
        keys = ((kind, record_id(key)) for kind in ASKED for key in self[kind.value].data or ())
        return [Declared(key, kind, said) for kind, key in keys if key is not None]


def check_form(requirements: Sequence[Requirement]) -> type[Form]:
    """A form with a question and a place for words for each requirement."""
    fields: dict[str, Any] = {}
    for requirement in requirements:
        fields[f"meets_{requirement.id.hex}"] = RadioField(
            requirement.words, [Optional()], validate_choice=False
        )
        fields[f"words_{requirement.id.hex}"] = words(_l("不满足的原因"), limit=LONG)
    return type("CheckForm", (_CheckForm,), fields)


class _CheckForm(Form):
    """Met or not: the same two answers everywhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for field in self:
            if isinstance(field, RadioField):
                field.choices = [("yes", _l("满足")), ("no", _l("不满足"))]
