"""Forms of framework agreements: shape and range only."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional

from models.frameworks.agreement import ChosenBy, FrameworkAgreement, FrameworkSupplier
from models.frameworks.calling_off import Order, proposed_title
from models.needs.need import Need
from web.contracts.forms import picks, words
from web.form import Amount, Day, Form, Required, WholeNumber, tidy
from web.format import money


class AgreeForm(Form):
    """From when until when, and where the notice stands."""

    starts_on = Day(_l("从哪天起"), [Required(_l("请填写开始的日期。"))])
    ends_on = Day(
        _l("到哪天止"),
        [Required(_l("请填写截止的日期。"))],
        description=_l("服务类框架协议最长两年（R47）。"),
    )
    url = StringField(
        _l("入围结果公告的网址"),
        [Required(_l("请填写网址。")), Length(max=500, message=_l("网址最多 500 字。"))],
        filters=[tidy],
        description=_l("上海政府采购网等官方网站上这份公告的网址。以官方网站为准。"),
    )
    published_on = Day(_l("公告日期"), [Required(_l("请填写日期。"))])


class CallOffForm(Form):
    """Which need, which supplier, how much, at which price, who chose and why."""

    need = SelectField(_l("哪条需求"), [Required(_l("请选择一条需求。"))])
    title = StringField(
        _l("项目名称"),
        [Optional(), Length(max=200, message=_l("名称最多 200 字。"))],
        filters=[tidy],
        description=_l("可以改。空着就用框架协议的名称加上需求的名称。"),
    )
    supplier = RadioField(
        _l("选哪一家"), [Required(_l("请选择一家。"))], description=_l("名称后面是协议单价。")
    )
    chosen_by = RadioField(_l("谁选的"), [Required(_l("请说明是谁选的。"))], choices=picks(ChosenBy))
    words = words(
        _l("为什么选这一家"),
        required=_l("请写明为什么选这一家。"),
        help=_l("例如服务对象怎么选的，比较了哪些价格、质量和评价。所有人可见。"),
    )
    quantity = WholeNumber(_l("数量"), [Required(_l("请填写数量，例如 1200。"))])
    unit_price = Amount(
        _l("单价"),
        [Required(_l("请填写单价，例如 15.50。"))],
        description=_l("不高于协议价；统一价格的，照协议价填写。"),
    )

    def offer(self, agreement: FrameworkAgreement, needs: Sequence[Need]) -> "CallOffForm":
        """The needs it can meet and the suppliers it has."""
        self.need.choices = [SelectChoice(str(each.id), f"{each.reference} {each.heading}") for each in needs]
        self.supplier.choices = [
            SelectChoice(
                str(each.id),
                f"{each.organisation.name} {money(each.unit_price)}",
            )
            for each in agreement.suppliers
        ]
        self._needs, self._suppliers = needs, agreement.suppliers
        if len(needs) == 1 and not self.title.data:
            self.title.data = proposed_title(agreement, needs[0])
        return self

    _needs: Sequence[Need]
    _suppliers: Sequence[FrameworkSupplier]

    @property
    def chosen_need(self) -> Need:
        """The need that was chosen among those offered."""
        return next(each for each in self._needs if each.id == UUID(self.need.data))

    @property
    def chosen_supplier(self) -> FrameworkSupplier:
        """The supplier that was chosen."""
        return next(each for each in self._suppliers if each.id == UUID(self.supplier.data))

    @property
    def order(self) -> Order:
        """What is called off."""
        return Order(
            self.quantity.data or 0,
            self.unit_price.data or Decimal(0),
            ChosenBy(self.chosen_by.data),
            self.words.data or "",
            self.title.data or "",
        )
