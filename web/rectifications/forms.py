"""Forms of findings, plans, re-checks and consequences: shape and range only."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional

from models.contracts.contract import Contract, ContractMilestone
from models.rectifications.checking import Seen
from models.rectifications.consequence import ConsequenceKind
from models.rectifications.issuing import Found
from models.rectifications.mending import Planned
from models.rectifications.proposing import Cause, Proposal
from models.rectifications.rectification import Finding, Severity
from models.scoring.indicators import Item
from web.contracts.forms import picks, words
from web.form import Amount, Day, Form, Required, tidy
from web.rectifications.offered import name, numbered, sentence
from web.rectifications.words import item as item_words

ROWS, MORE = 3, 3


class FindingsForm(Form):
    """Findings that the report offers, to be ticked; a few lines for others; words to all."""

    words = words(_l("总的说明"))
    offered: Mapping[str, Proposal] = MappingProxyType({})

    def ticks(self) -> list[tuple[Any, Any, Any, str, Cause]]:
        """The fields of each that is offered: whether it is taken, words, severity; what it is, and why."""
        return [
            (self[f"take_{n}"], self[f"words_{n}"], self[f"severity_{n}"], name(each), each.cause)
            for n, each in self.offered.items()
        ]

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each line: words, item, severity."""
        numbers = [name.removeprefix("item_") for name in self._fields if name.startswith("item_")]
        return [(self[f"words_{n}"], self[f"item_{n}"], self[f"severity_{n}"]) for n in numbers]

    @property
    def found(self) -> list[Found]:
        """Those that were ticked, then the lines that were filled in."""
        taken = [
            Found(self[f"words_{n}"].data, Severity(self[f"severity_{n}"].data), each.code)
            for n, each in self.offered.items()
            if self[f"take_{n}"].data
        ]
        written = [
            Found(said.data, Severity(severity.data), code.data or "")
            for said, code, severity in self.rows()
            if said.data
        ]
        return taken + written


def findings_form(items: Iterable[Item], lines: int, offered: Sequence[Proposal] = ()) -> type[FindingsForm]:
    """A form with what is offered and so many lines; empty ones are left out."""
    known = {each.code: each for each in items}
    choices = [SelectChoice("", _("不属于某一项")), *(SelectChoice(c, item_words(c, known)) for c in known)]
    fields: dict[str, Any] = {"offered": numbered(offered)}
    for n, each in fields["offered"].items():
        fields[f"take_{n}"] = BooleanField(_l("写进清单"))
        fields[f"words_{n}"] = words(_l("问题是什么"), default=sentence(each))
        fields[f"severity_{n}"] = _severity(each.severity)
    for number in range(1, lines + 1):
        fields[f"words_{number}"] = words(_("问题是什么"))
        fields[f"item_{number}"] = SelectField(_l("属于哪一项"), [Optional()], choices=choices)
        fields[f"severity_{number}"] = _severity(Severity.MINOR)
    return type("FindingsForm", (FindingsForm,), fields)


def _severity(usual: Severity) -> SelectField:
    return SelectField(_l("轻重"), choices=picks(Severity), default=usual.value)


class PlanForm(Form):
    """What is done about each finding."""

    def of(self, finding: Finding) -> tuple[Any, Any, Any]:
        """The fields of a finding: what, who, by when."""
        n = finding.number
        return self[f"what_{n}"], self[f"who_{n}"], self[f"due_{n}"]

    def planned(self, findings: Iterable[Finding]) -> Mapping[UUID, Planned]:
        """The whole plan."""
        read = {each.id: [field.data for field in self.of(each)] for each in findings}
        return {key: Planned(what, who, due) for key, (what, who, due) in read.items()}


def plan_form(findings: Iterable[Finding]) -> type[PlanForm]:
    """A form with what, who and by when for each finding."""
    fields: dict[str, Any] = {}
    for each in findings:
        n = each.number
        fields[f"what_{n}"] = words(_l("如何整改"), required=_l("请写明怎么改。"))
        fields[f"who_{n}"] = StringField(
            _l("谁负责"),
            [Required(_l("请填写负责人。")), Length(max=200, message=_l("最多 200 字。"))],
            filters=[tidy],
        )
        fields[f"due_{n}"] = Day(
            _l("哪天改完"), [Required(_l("请填写日期。"))], description=_l("最长 90 天。")
        )
    return type("PlanForm", (PlanForm,), fields)


class CheckForm(Form):
    """What was seen of each finding."""

    def of(self, finding: Finding) -> tuple[Any, Any, Any]:
        """The fields of a finding: conclusion, words, file."""
        n = finding.number
        return self[f"passed_{n}"], self[f"words_{n}"], self[f"file_{n}"]

    def seen(self, findings: Iterable[Finding]) -> Mapping[UUID, Seen]:
        """The whole re-check."""
        return {each.id: self._seen(each) for each in findings}

    def _seen(self, finding: Finding) -> Seen:
        passed, said, file = self.of(finding)
        sent = file.data
        name, content = (sent.filename or "", sent.read()) if sent else ("", b"")
        return Seen(said.data, passed.data == "yes", name, content)


def check_form(findings: Iterable[Finding]) -> type[CheckForm]:
    """A form with a conclusion, words and a file for each finding."""
    fields: dict[str, Any] = {}
    conclusions = [SelectChoice("yes", _l("通过，改好了")), SelectChoice("no", _l("没有通过"))]
    for each in findings:
        n = each.number
        fields[f"passed_{n}"] = RadioField(_l("结论"), [Required(_l("请选择结论。"))], choices=conclusions)
        fields[f"words_{n}"] = words(_l("看到了什么"), required=_l("请写明看到了什么。"))
        fields[f"file_{n}"] = FileField(
            _l("材料"),
            description=_l("照片、PDF、Word 或 Excel，不超过 10 MB。照片里的拍摄地点和时间会去掉。"),
        )
    return type("CheckForm", (CheckForm,), fields)


class ConsequenceForm(Form):
    """A decision with its reasons."""

    kind = RadioField(_l("怎么处理"), [Required(_l("请选择一种。"))], choices=picks(ConsequenceKind))
    reasons = words(_l("理由"), required=_l("请写明理由，机构会看到。"))
    terms = words(_l("依据的合同条款"), help=_l("扣减款项、终止合同时必填，写到第几条第几款。"))
    amount = Amount(_l("扣减多少钱"), [Optional()], description=_l("只在扣减款项时填。"))
    milestone = SelectField(
        _l("从哪一期扣"), [Optional()], description=_l("申诉期过了或者申诉后维持，才从应付的款里扣。")
    )

    def offer(self, contract: Contract) -> "ConsequenceForm":
        """The payments that were not made yet; without a choice it is the next that is due."""
        left = [each for each in contract.milestones if each.paid_at is None]
        titles = [SelectChoice(str(each.id), each.title) for each in left]
        self.milestone.choices = [SelectChoice("", _("下一笔要付的款，不够扣的从后面的扣")), *titles]
        return self

    def taken_off(self, contract: Contract) -> ContractMilestone | None:
        """The payment that was chosen."""
        chosen = (each for each in contract.milestones if str(each.id) == self.milestone.data)
        return next(chosen, None)

    @property
    def chosen(self) -> ConsequenceKind:
        """The kind."""
        return ConsequenceKind(self.kind.data)


class ReviewForm(Form):
    """The decision on an appeal."""

    lifted = RadioField(
        _l("决定"),
        [Required(_l("请选择一项。"))],
        choices=[
            SelectChoice("no", _l("维持原来的决定")),
            SelectChoice("yes", _l("撤销原来的决定")),
        ],
    )
    words = words(_l("理由"), required=_l("请写明理由，机构会看到。"))
