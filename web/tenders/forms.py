"""Forms of a draft: beginning one, its first section, keys, publication."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField
from wtforms.validators import NumberRange, Optional

from models.needs.need import Engagement, Need
from models.parties.organisation import Organisation
from models.parties.person import Person
from models.rulebook.methods import Method
from models.tenders.content import Basics
from models.tenders.tender import Tender
from web.form import Amount, Day, Form, Required, WholeNumber, record_id
from web.tenders.fields import (
    DeadlineForm,
    Later,
    RevisedForm,
    Ticked,
    ids,
    line,
    members,
    options,
    points,
    text,
    ticks,
)

MAXIMUM = NumberRange(2, 15, message=_l("请填写 2 到 15 之间的数。"))


def needs_as_choices(needs: Iterable[Need]) -> list[SelectChoice]:
    """Needs to tick: title, place, number."""
    return options((str(each.id), f"{each.heading}（{each.unit.name}，{each.reference}）") for each in needs)


class StartForm(Form):
    """The needs a tender begins from."""

    id = HiddenField()
    needs = ticks(_l("为哪些需求采购"))
    budget = Amount(_l("预算（元）"), [Optional()])

    @property
    def record(self) -> UUID | None:
        """The tender's id."""
        return record_id(self.id.data)

    def chosen(self) -> list[UUID]:
        """The needs ticked."""
        return ids(self.needs.data)


class BasicsForm(RevisedForm):
    """The first section."""

    title = line(_l("项目名称"), _l("请填写项目名称。"))
    description = text(
        _l("采购需求"), help_=_l("写明服务内容、对象、次数和标准。发布后所有人可见。"), later=True
    )
    method = SelectField(_l("采购方式"))
    method_words = text(_l("采用这种方式的理由"), help_=_l("谈判、单一来源或变更方式必须写。"), later=True)
    budget_item = line(_l("预算项目"), help_=_l("部门预算里的项目名称，没有预算不能采购。"), later=True)
    price_weight = points(
        _l("价格权重"), _l("请填写价格权重，如 10。"), _l("和各评分项的分值合计要正好是 100。")
    )
    fixed_price = BooleanField(_l("执行统一价格，价格不打分"))
    engagement = SelectField(_l("合作方式"), [Optional()])
    service_starts_on = Day(_l("服务开始"), [Later()])
    service_ends_on = Day(_l("服务结束"), [Later()])
    consortium_allowed = BooleanField(_l("接受联合体"))
    subcontracting_allowed = BooleanField(_l("供应商可以把非主体部分分包"))
    count_hidden = BooleanField(_l("截止前不公布投标数量"))
    surveyed_on = Day(_l("需求调查完成日期"), [Later()])
    surveyed_respondents = WholeNumber(_l("调查了几个市场主体"), [Later()])
    author_organisation_id = SelectField(_l("编写需求的机构"), [Optional()])
    users_words = text(_l("请哪些服务对象参加验收"), later=True)
    reservation_words = text(
        _l("不专门面向中小企业的理由"),
        help_=_l("200 万元以下的服务适宜由中小企业提供的，要写明为什么请社会组织。"),
        later=True,
    )
    contract_words = text(_l("合同条款"))

    @classmethod
    def of(cls, tender: Tender, organisations: Iterable[Organisation]) -> "BasicsForm":
        """The form as it stands, or as it was sent."""
        names = Basics.__dataclass_fields__
        data = {name: getattr(tender, name) for name in names} | {"revision": tender.revision}
        data["method"] = tender.method.value
        data["engagement"] = tender.engagement or ""
        data["author_organisation_id"] = str(tender.author_organisation_id or "")
        form = cls(data=data)
        form.method.choices = options(members(Method))
        form.engagement.choices = options([("", _l("还没定")), *members(Engagement)])
        form.author_organisation_id.choices = options(
            [("", _l("没有委托机构编写")), *((str(each.id), each.name) for each in organisations)]
        )
        return form

    def content(self) -> Basics:
        """What the verb takes."""
        given: dict[str, Any] = {name: self[name].data for name in Basics.__dataclass_fields__}
        words = {name: given[name] or "" for name, kind in Basics.__annotations__.items() if kind is str}
        return Basics(
            **given
            | words
            | {
                "method": Method(self.method.data),
                "engagement": Engagement(self.engagement.data) if self.engagement.data else None,
                "author_organisation_id": record_id(self.author_organisation_id.data),
            }
        )


class KeysForm(Form):
    """Who holds the phrases, how many open, and where the spare one lies."""

    officers = ticks(_l("开标人员"), _l("本单位和上级单位的经办人。每人一份口令，谁也不能一个人开标。"))
    threshold = WholeNumber(
        _l("几份口令才能开标"), [Required(_l("请填写份数，如 2。")), MAXIMUM], description=_l("通常是 2。")
    )
    escrow_place = line(
        _l("备用口令存放在哪里"),
        _l("请写明备用口令的信封存放在哪里。"),
        _l("备用口令打印后装入信封封存，有人遗失口令时用，例如“街道档案室保险柜”。"),
    )

    def offer(self, people: Iterable[Person]) -> "KeysForm":
        """Whom one can choose."""
        self.officers.choices = options((str(each.id), f"{each.name}（{each.login}）") for each in people)
        return self

    def chosen(self) -> list[UUID]:
        """The people ticked."""
        return ids(self.officers.data)


class PhraseForm(Form):
    """Before a phrase is shown, once."""

    ready = BooleanField(
        _l("我准备好了纸和笔，旁边没有别人"), [Ticked(_l("请准备好之后打勾，口令只显示这一次。"))]
    )


class WrittenForm(Form):
    """After it was shown: what was written down, to be compared."""

    phrase = text(_l("照着您抄的纸，输入整份口令"), _l("请输入 33 个词。"))


class PublishForm(DeadlineForm):
    """The deadline, and a last look."""

    sure = BooleanField(_l("我已核对全文，知道发布之后不能再改"), [Ticked(_l("请核对后打勾。"))])
