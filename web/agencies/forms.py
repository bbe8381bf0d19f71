"""Forms of agencies: shape and range only."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import Optional

from models.agencies.agency import QualificationKind
from models.agencies.declaring import Answer
from models.agencies.ground import ASKED
from web.contracts.forms import picks, words
from web.form import Amount, Day, Form, Required, WholeNumber
from web.labels import label

NO_DATE = _l("请填写日期。")


class AboutForm(Form):
    """What one should know of an agency."""

    words = words(_l("说明"), help=_l("评估领域、联系办法等。"))


class NewAgencyForm(Form):
    """Which organisation joins the list."""

    organisation_id = SelectField(_l("哪家机构"), [Required(_l("请选择一家机构。"))])
    words = words(_l("说明"), help=_l("评估领域、联系办法等。"))

    def offer(self, organisations: Iterable[Any]) -> "NewAgencyForm":
        """Those that are not on it."""
        named = [SelectChoice(str(each.id), each.name) for each in organisations]
        self.organisation_id.choices = [SelectChoice("", _l("请选择")), *named]
        return self


class QualificationForm(Form):
    """What the agency has shown."""

    kind = SelectField(_l("证明什么"), choices=picks(QualificationKind))
    words = words(_l("看到了什么材料"), required=_l("请写明看到的材料。"))
    issued_on = Day(_l("从哪天起有效"), [Required(NO_DATE)])
    expires_on = Day(_l("到哪天失效"), [Optional()], description=_l("长期有效就空着。"))


class TieForm(Form):
    """A tie to an organisation."""

    organisation_id = SelectField(_l("社会组织"), [Required(_l("请选择社会组织。"))])
    kind = SelectField(_l("什么关系"))
    began_on = Day(_l("从哪天开始"), [Optional()], description=_l("不清楚可以空着。"))
    ended_on = Day(_l("到哪天结束"), [Optional()], description=_l("还没有结束就空着。"))

    def offer(self, organisations: Iterable[Any]) -> "TieForm":
        """The organisations, and the grounds that can be noted."""
        named = [SelectChoice(str(each.id), each.name) for each in organisations]
        self.organisation_id.choices = [SelectChoice("", _l("请选择")), *named]
        self.kind.choices = [SelectChoice(ground.value, label(ground)) for ground in ASKED]
        return self


class EndForm(Form):
    """The last day of something."""

    on = Day(_l("到哪天结束"), [Required(NO_DATE)])


class SuspensionForm(Form):
    """Why an agency is not drawn for a time, and until when."""

    reasons = words(_l("理由"), required=_l("请写明理由。"))
    until_on = Day(_l("到哪天为止"), [Required(NO_DATE)], description=_l("这一天起恢复抽取。"))


class DecisionForm(Form):
    """The decision on an appeal."""

    upheld = RadioField(
        _l("决定"),
        [Required(_l("请选择决定。"))],
        choices=[
            SelectChoice("no", _l("申诉成立，解除暂停")),
            SelectChoice("yes", _l("申诉不成立，维持暂停")),
        ],
    )
    words = words(_l("理由"), required=_l("请写明理由。"))


class RotationForm(Form):
    """The rule of an area."""

    effective_on = Day(_l("从哪天起"), [Required(NO_DATE)], description=_l("今天或以后。"))
    most_consecutive = WholeNumber(_l("同一承接机构最多连续评估几个项目"), [Required(_l("请填写个数。"))])
    most_years_in_street = WholeNumber(_l("在同一街道最多评估几年"), [Required(_l("请填写年数。"))])
    rescore_share = Amount(_l("终期评估复评百分之几"), [Required(_l("请填写比例。"))])
    rescore_gap = Amount(_l("两次评分差距超过多少分要复核"), [Required(_l("请填写分数。"))])
    words = words(_l("说明"), help=_l("为什么改，可以不写。"))


class FeeForm(Form):
    """What was agreed with the agency."""

    fee = Amount(_l("费用（元）"), [Required(_l("请填写费用。"))], description=_l("如 18000"))
    agreed_on = Day(_l("委托合同签订日期"), [Required(NO_DATE)])
    words = words(_l("说明"), help=_l("合同编号、付款办法等。费用不能与评估结果挂钩。"))


class PaymentForm(Form):
    """When the fee was paid."""

    paid_on = Day(_l("付款日期"), [Required(NO_DATE)])


class DeclarationForm(Form):
    """One question a ground, built by `declaration_form()`."""

    @property
    def given(self) -> list[Answer]:
        """What was answered; a question nobody answered is left out."""
        return [
            Answer(ground, self[ground.value].data == "yes", self[f"{ground.value}_words"].data or "")
            for ground in ASKED
            if self[ground.value].data in {"yes", "no"}
        ]


def declaration_form() -> DeclarationForm:
    """The questions in their order, each with yes and no and room for words."""
    fields: dict[str, Any] = {}
    for ground in ASKED:
        choices = [SelectChoice("no", _l("没有")), SelectChoice("yes", _l("有"))]
        needed = [Required(_l("每一个问题都要回答。"))]
        fields[ground.value] = RadioField(label(ground), needed, choices=choices)
        fields[f"{ground.value}_words"] = words(_l("有的话，请写明情况"))
    return type("Questions", (DeclarationForm,), fields)()  # type: ignore[no-any-return]  # a form
