"""Forms of the rule book. Those that only ask live in the address: anything strange in it is left unheard."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional

from models.parties.unit import AdministrativeUnit
from models.rulebook.deadlines import Known
from models.rulebook.methods import Method
from models.rulebook.picker import Purchase, ServiceKind
from models.rulebook.thresholds import SOURCE_LIMIT, ThresholdKind, Thresholds
from web.form import Amount, Day, Form, Required
from web.labels import LABELS
from web.labels.parties import place_words


def _choices(kind: type[StrEnum]) -> list[SelectChoice]:
    return [SelectChoice(member.value, words) for member, words in LABELS[kind].items()]


class Question(Form):
    """A form of a page that only reads: its answers stand in the address."""

    class Meta:
        """Nothing is changed, so no token is needed."""

        csrf = False

    def __init__(self) -> None:
        super().__init__(formdata=request.args or None)

    @property
    def asked(self) -> bool:
        """Whether the address asks anything that this form knows."""
        return bool(set(request.args) & set(self._fields))


class DeadlinesForm(Question):
    """The method and the dates known so far."""

    method = SelectField(_l("采购方式"), choices=_choices(Method), validate_choice=False)
    issued = Day(_l("采购文件发出日"), [Optional()])
    bid_deadline = Day(_l("已定的投标（响应）截止日"), [Optional()])
    report_delivered = Day(_l("评审报告送达采购人之日"), [Optional()])
    notice = Day(_l("结果公告和通知书发出之日"), [Optional()])
    contract_signed = Day(_l("合同签订日"), [Optional()])
    challenge_received = Day(_l("收到质疑之日"), [Optional()])
    challenge_replied = Day(_l("答复质疑之日"), [Optional()])

    @property
    def chosen(self) -> Method:
        """The method; open tender unless another was picked."""
        return Method(self.method.data) if self.method.data in set(Method) else Method.OPEN_TENDER

    @property
    def known(self) -> Known:
        """The dates."""
        return Known(**{name: self[name].data for name in Known.__dataclass_fields__})


class MethodsForm(Question):
    """What is to be bought, where, for whom."""

    amount = Amount(_l("采购金额"), [Required(_l("请填写采购金额，例如 480000。"))])
    place = SelectField(_l("哪里的采购人"), validate_choice=False)
    kind = SelectField(_l("买什么"), choices=_choices(ServiceKind), validate_choice=False)
    bought_otherwise = Amount(_l("同一预算项目的同类服务，今年已用其他方式采购的金额"), [Optional()])
    users_choose = BooleanField(_l("由居民在几家供应商中自己选择"))
    unbudgeted = BooleanField(_l("还没有列入预算"))
    finance_approved = BooleanField(_l("财政部门已批准采用公开招标以外的方式"))

    def offer(self, places: Sequence[AdministrativeUnit]) -> "MethodsForm":
        """The places whose thresholds can be asked for."""
        self.place.choices = [SelectChoice(place.code, place_words(place)) for place in places]
        return self

    @property
    def service(self) -> ServiceKind:
        """What is bought; a public service unless something else was picked."""
        return (
            ServiceKind(self.kind.data) if self.kind.data in set(ServiceKind) else ServiceKind.PUBLIC_SERVICE
        )

    def purchase(self, thresholds: Thresholds) -> Purchase:
        """What the rules are asked about."""
        already = self.bought_otherwise.data
        return Purchase(
            amount=self.amount.data or Decimal(0),
            limit=thresholds.procurement_limit.amount,
            tender=thresholds.open_tender.amount,
            kind=self.service,
            users_choose=self.users_choose.data,
            bought_otherwise=(already,) if already else (),
            budgeted=not self.unbudgeted.data,
            finance_approved=self.finance_approved.data,
        )


class ThresholdForm(Form):
    """A threshold with its source."""

    kind = SelectField(_l("哪项标准"), choices=_choices(ThresholdKind))
    amount = Amount(_l("数额"), [Required(_l("请填写数额，例如 1000000。"))])
    valid_from = Day(_l("从哪天起执行"), [Required(_l("请填写开始执行的日期，例如 2026-12-01。"))])
    source = StringField(
        _l("出处"),
        [
            Required(_l("请写明出处，例如通知的文号。")),
            Length(max=SOURCE_LIMIT, message=_l("出处最多 300 个字。")),
        ],
    )
