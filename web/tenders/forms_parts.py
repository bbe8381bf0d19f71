"""Forms of one lot, criterion, condition or milestone of a draft; the section is saved whole around it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from models.catalogue.service import CostUnit
from models.needs.need import Need
from models.tenders.content import (
    CriterionContent,
    Level,
    LotContent,
    MilestoneContent,
    RequirementContent,
)
from models.tenders.terms import RequirementKind
from web.form import Amount, Required, WholeNumber
from web.tenders.fields import RevisedForm, brief, ids, line, members, options, points, text, ticks
from web.tenders.forms import needs_as_choices

LEVELS = 6


class LotForm(RevisedForm):
    """One lot."""

    title = line(_l("包的名称"), _l("请填写包的名称。"))
    description = text(_l("服务内容"))
    budget = Amount(_l("预算（元）"), [Required(_l("请填写预算，如 120000。"))])
    ceiling = Amount(_l("最高限价（元）"), [Optional()], description=_l("报价超过它就无效；空着以预算为限。"))
    quantity = WholeNumber(_l("数量"), [Optional()])
    quantity_unit = SelectField(_l("数量单位"), [Optional()])
    needs = ticks(_l("对应的需求"), _l("已在别的包里的需求，选在这里就会移过来。"))

    def offer(self, needs: Iterable[Need]) -> "LotForm":
        """The needs one can choose, and the units."""
        self.needs.choices = needs_as_choices(needs)
        self.quantity_unit.choices = options([("", _l("不写单位")), *members(CostUnit)])
        return self

    @staticmethod
    def data_of(content: LotContent) -> dict[str, Any]:
        """What stands in a lot, as the form takes it."""
        unit = content.quantity_unit.value if content.quantity_unit else ""
        return vars(content) | {"quantity_unit": unit, "needs": [str(each) for each in content.needs]}

    def chosen(self) -> tuple[UUID, ...]:
        """The needs ticked."""
        return tuple(ids(self.needs.data))

    def content(self) -> LotContent:
        """What the verb takes."""
        unit = self.quantity_unit.data
        return LotContent(
            title=self.title.data or "",
            budget=self.budget.data,
            needs=self.chosen(),
            description=self.description.data or "",
            ceiling=self.ceiling.data,
            quantity=self.quantity.data,
            quantity_unit=CostUnit(unit) if unit else None,
        )


class CriterionForm(RevisedForm):
    """One criterion with its grades."""

    title = line(_l("评分项名称"), _l("请填写评分项的名称。"))
    description = text(_l("评什么"))
    weight = points(_l("分值"), _l("请填写分值，如 20。"), _l("也就是这一项的权重，各项和价格合计 100。"))
    is_objective = BooleanField(_l("客观项：所有评委的打分应当一致"))

    @staticmethod
    def data_of(content: CriterionContent) -> dict[str, Any]:
        """What stands in a criterion, as the form takes it."""
        data = vars(content) | {}
        for number, level in enumerate(content.levels[:LEVELS]):
            data |= {f"words_{number}": level.words, f"points_{number}": level.points}
        return data

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The inputs of the grades."""
        return [(self[f"words_{number}"], self[f"points_{number}"]) for number in range(LEVELS)]

    def content(self) -> CriterionContent:
        """What the verb takes; an empty line is no grade."""
        levels = tuple(
            Level(words.data or "", marks.data if marks.data is not None else Decimal(0))
            for words, marks in self.rows
            if words.data or marks.data is not None
        )
        return CriterionContent(
            title=self.title.data or "",
            weight=self.weight.data,
            levels=levels,
            description=self.description.data or "",
            is_objective=self.is_objective.data,
        )


for _number in range(LEVELS):
    setattr(CriterionForm, f"words_{_number}", brief(_l("第 %(number)s 档的要求", number=_number + 1)))
    setattr(
        CriterionForm,
        f"points_{_number}",
        points(_l("第 %(number)s 档的得分", number=_number + 1), later=True),
    )


class RequirementForm(RevisedForm):
    """One condition."""

    kind = SelectField(_l("属于哪一类"), choices=[])
    words = text(_l("条件"), _l("请写明条件。"))
    evidence_words = line(_l("要提供的证明"))

    @staticmethod
    def data_of(content: RequirementContent) -> dict[str, Any]:
        """What stands in a condition, as the form takes it."""
        return vars(content) | {"kind": content.kind.value}

    def offer(self, _needs: Iterable[Need]) -> "RequirementForm":
        """The kinds."""
        self.kind.choices = options(members(RequirementKind))
        return self

    def content(self) -> RequirementContent:
        """What the verb takes."""
        return RequirementContent(
            RequirementKind(self.kind.data), self.words.data or "", self.evidence_words.data or ""
        )


class MilestoneForm(RevisedForm):
    """One milestone."""

    title = line(_l("节点名称"), _l("请填写节点名称，如“中期”。"))
    deliverable = text(_l("要交付什么"))
    due_days = WholeNumber(
        _l("服务开始后第几天"),
        [Required(_l("请填写天数，如 30。"))],
        description=_l("天数从服务开始那天算起；签约更晚的，从签约那天算起。"),
    )
    percent = points(_l("付款比例（%）"), _l("请填写比例，如 30。"), _l("各节点合计正好 100。"))

    @staticmethod
    def data_of(content: MilestoneContent) -> dict[str, Any]:
        """What stands in a milestone, as the form takes it."""
        return vars(content) | {}

    def content(self) -> MilestoneContent:
        """What the verb takes."""
        return MilestoneContent(
            title=self.title.data or "",
            due_days=self.due_days.data,
            percent=self.percent.data,
            deliverable=self.deliverable.data or "",
        )


ItemForm = LotForm | CriterionForm | RequirementForm | MilestoneForm
