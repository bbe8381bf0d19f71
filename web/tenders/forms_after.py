"""Forms after publication: questions, answers, amendments, more time, ends, notices."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from models.tenders.lot import FailReason
from models.tenders.notice import NoticeKind
from models.tenders.noticing import BEFORE
from models.tenders.tender import Tender
from web.deliberations.forms import Clock, instant
from web.form import Day, Form, Required, record_id, tidy
from web.labels import label
from web.labels.tenders import CHANGED
from web.tenders.fields import DeadlineForm, Ticked, members, options, text

WHOLE = "tender"
CANCEL = "cancel"


class AskForm(Form):
    """A question."""

    id = HiddenField()
    question = text(_l("您的问题"), _l("请写下您的问题。"))

    @property
    def record(self) -> UUID | None:
        """The question's id."""
        return record_id(self.id.data)


class AnswerForm(Form):
    """The answer to all."""

    answer = text(_l("答复"), _l("请写下答复。"))


class AmendForm(Form):
    """What is clarified or changed, and until when bids are taken then."""

    words = text(_l("更正内容"), _l("请写明内容。"), _l("写清原来怎样、现在怎样。所有人可见。"))
    bears_on_bids = RadioField(
        _l("影响投标吗"),
        [Required(_l("请选择是否影响投标。"))],
        choices=[
            SelectChoice("no", _l("不影响，只是说明")),
            SelectChoice("yes", _l("影响，已投标的要确认或重新提交")),
        ],
    )
    day = Day(_l("新的截止日期"), [Optional()], description=_l("不延长就空着。"))
    clock = Clock(_l("新的截止时间"))
    description = text(_l("采购需求"))
    users_words = text(_l("请哪些服务对象参加验收"))
    contract_words = text(_l("合同条款"))
    service_starts_on = Day(_l("服务开始"), [Optional()])
    service_ends_on = Day(_l("服务结束"), [Optional()])

    @property
    def until(self) -> datetime | None:
        """The new deadline, when one is given."""
        return instant(self.day.data, self.clock.data) if self.day.data and self.clock.data else None

    def validate_clock(self, field: Clock) -> None:
        """A day and a time go together."""
        if (self.day.data is None) != (field.data is None):
            raise ValidationError(str(_l("日期和时间要一起填写。")))

    def changes(self, tender: Tender) -> Mapping[str, Any]:
        """What differs from how the tender stands."""
        found = {name: self[name].data for name in CHANGED}
        same = {name for name, value in found.items() if (value or None) == (getattr(tender, name) or None)}
        return {name: value for name, value in found.items() if name not in same}


class ExtendForm(DeadlineForm):
    """More time for everybody."""

    words = text(_l("延期原因"), _l("请写明内容。"), _l("例如平台从几点到几点不能使用。"))


class EndForm(Form):
    """What ends, how, and why."""

    what = SelectField(_l("结束什么"))
    how = SelectField(_l("怎样结束"))
    words = text(_l("理由"), _l("请写明理由，所有投标和提问的供应商都会看到。"))
    sure = BooleanField(_l("我知道结束后不能恢复"), [Ticked(_l("请确认后打勾。"))])

    def offer(self, tender: Tender, reasons: list[FailReason]) -> "EndForm":
        """What one can choose: the whole or a lot that is live, to cancel or to fail."""
        live = [lot for lot in tender.lots if lot.is_live]
        lots = [(str(lot.id), f"{lot.number}. {lot.title}") for lot in live] if len(live) > 1 else []
        self.what.choices = options([(WHOLE, _l("整个项目")), *lots])
        fails = [(each.value, _l("采购失败：%(reason)s", reason=label(each))) for each in reasons]
        self.how.choices = options([(CANCEL, _l("取消采购")), *fails])
        return self


class ApprovalForm(Form):
    """The finance department's approval to go on with two bidders."""

    number = StringField(
        _l("批准文号"),
        [Required(_l("请填写批准文号。")), Length(max=200, message=_l("批准文号最多 200 个字。"))],
        filters=[tidy],
    )
    approved_on = Day(_l("批准日期"), [Required(_l("请填写批准日期，如 2026-11-20。"))])
    words = text(
        _l("批准的内容"), _l("请写明批准的内容。"), _l("例如为什么只有两家、准许怎样继续。所有人可见。")
    )


class NoticeForm(Form):
    """A notice on the official site."""

    kind = SelectField(_l("哪一种公告"))
    url = StringField(
        _l("网址"),
        [Required(_l("请填写公告的网址。")), Length(max=500, message=_l("网址最多 500 个字。"))],
        filters=[tidy],
        description=_l("以中国政府采购网上海分网上的为准。"),
    )
    published_on = Day(_l("公告日期"), [Required(_l("请填写公告日期，如 2026-11-20。"))])

    def offer(self, tender: Tender) -> "NoticeForm":
        """The kinds that can stand by now."""
        kinds = [each for each in NoticeKind if each in BEFORE or not tender.is_draft]
        self.kind.choices = options(members(NoticeKind, kinds))
        return self
