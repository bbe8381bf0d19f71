"""Forms of awards, challenges and contracts: shape and range only."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional

from models.contracts.award import PassingGround
from models.contracts.award_page import LotDesk
from models.contracts.awarding import Equals
from models.contracts.challenge import ReplayStep
from models.contracts.challenge_page import ChallengeDesk
from models.contracts.contracting import Terms
from models.contracts.performing import MOST_USERS, UsersOpinion
from models.contracts.words import LONGEST
from models.parties.organisation import Certificate
from web.form import Amount, Day, Form, Required, WholeNumber, record_id, revision, tidy
from web.labels import LABELS, label

TOO_LONG = _l("最多 4000 字。")


def words(text: Any, *, required: Any = None, help: Any = "", **options: Any) -> TextAreaField:  # noqa: A002  # as in templates
    """A field for some sentences; `required` is what to say when nothing was written."""
    first = Required(required) if required else Optional()
    limits = [first, Length(max=LONGEST, message=TOO_LONG)]
    return TextAreaField(text, limits, filters=[tidy], description=help, **options)


def picks(kind: type[Any], *, empty: Any = None) -> list[SelectChoice]:
    """The members of an enum as choices, after an empty one."""
    found = [SelectChoice(member.value, said) for member, said in LABELS[kind].items()]
    return found if empty is None else [SelectChoice("", empty), *found]


class WordsForm(Form):
    """Words alone: why, or what."""

    words = words(_l("说明"), required=_l("请写明原因。"))


class PassForm(Form):
    """Another than the first in rank, on a ground."""

    bid = RadioField(_l("选哪一家"), [Required(_l("请选择一家。"))])
    ground = RadioField(_l("依据"), [Required(_l("请选择依据。"))], choices=picks(PassingGround))
    words = words(_l("说明"), required=_l("请写明为什么不选排在前面的。"))

    def offer(self, desk: LotDesk) -> "PassForm":
        """Those ranked after the first."""
        self.bid.choices = [
            SelectChoice(
                str(each.bid.bid_id),
                _("第 %(rank)s 名：%(name)s", rank=each.rank, name=each.bid.bid.organisation.name),
            )
            for each in desk.ranked
            if each.rank and each.rank > 1
        ]
        return self

    def rank_in(self, desk: LotDesk) -> int:
        """The rank of whoever was chosen."""
        return next(each.rank or 0 for each in desk.ranked if str(each.bid.bid_id) == self.bid.data)


class EqualForm(Form):
    """One of several equals, by the rule of the documents."""

    equal = RadioField(_l("选哪一家"), [Required(_l("请选择一家。"))])
    tie_words = words(_l("采购文件怎么写的"), required=_l("请写明采购文件的办法。"))

    def offer(self, desk: LotDesk) -> "EqualForm":
        """Those who share the best rank."""
        self.equal.choices = [
            SelectChoice(str(each.bid.bid_id), each.bid.bid.organisation.name) for each in desk.equals
        ]
        return self

    @property
    def chosen(self) -> Equals:
        """What was chosen."""
        return Equals(record_id(self.equal.data), self.tie_words.data or "")


class NoticeForm(Form):
    """Where and when a notice stood on the official site."""

    url = StringField(
        _l("官方网站上的网址"),
        [Required(_l("请填写网址。")), Length(max=500, message=_l("网址最多 500 字。"))],
        filters=[tidy],
        description=_l("上海政府采购网等官方网站上这份公告的网址。以官方网站为准。"),
    )
    published_on = Day(_l("公告日期"), [Required(_l("请填写日期。"))], description=_l("如 2026-12-16"))


class ChallengeForm(Form):
    """What is challenged, on which points, and what is asked for."""

    window = RadioField(_l("质疑什么"), [Required(_l("请选择质疑哪个环节。"))])
    points = words(
        _l("哪些事项有问题"),
        required=_l("请写明质疑的事项和事实。"),
        help=_l("事项、事实和依据。对同一环节的质疑要一次提完。"),
    )
    remedy = words(_l("希望怎么处理"), required=_l("请写明您的请求。"))

    def offer(self, desk: ChallengeDesk) -> "ChallengeForm":
        """The windows that are open."""
        self.window.choices = [
            SelectChoice(
                str(place),
                label(each.stage)
                if each.lot is None
                else _("%(stage)s：%(lot)s", stage=label(each.stage), lot=each.lot.title),
            )
            for place, each in enumerate(desk.open)
        ]
        return self


class AnswerForm(Form):
    """An answer to a challenge, or a decision about a complaint."""

    upheld = RadioField(
        _l("结论"),
        [Required(_l("请选择结论。"))],
        choices=[SelectChoice("no", _l("不成立")), SelectChoice("yes", _l("成立"))],
    )
    replay_from = SelectField(
        _l("成立时从哪一步重新开始"),
        [Optional()],
        choices=picks(ReplayStep, empty=_l("不用重新开始")),
        description=_l("原来的结果和排名会撤销，项目回到评审小组。"),
    )
    words = words(_l("答复和理由"), required=_l("请写明答复和理由。"))

    @property
    def step(self) -> ReplayStep | None:
        """The step, if one was chosen."""
        return ReplayStep(self.replay_from.data) if self.replay_from.data else None


class ComplaintForm(Form):
    """A complaint as it was received."""

    filed_on = Day(_l("投诉日期"), [Required(_l("请填写日期。"))], description=_l("如 2027-01-08"))
    words = words(_l("投诉事项"), required=_l("请写明投诉的事项。"))
    within_points = BooleanField(_l("投诉没有超出质疑的事项"))
    suspended_until = Day(
        _l("财政部门通知暂停到哪天"), [Optional()], description=_l("没有通知暂停就空着，最长三十日。")
    )


class TermsForm(Form):
    """Period, terms, negotiation."""

    revision = HiddenField()
    starts_on = Day(_l("开始日期"), [Required(_l("请填写日期。"))])
    ends_on = Day(_l("结束日期"), [Required(_l("请填写日期。"))])
    terms = words(_l("合同条款"), help=_l("金额、期次和人员取自采购文件和中标的投标，不在这里改。"))
    negotiation = words(_l("协商记录"), help=_l("签订前谈过什么、怎么定的。不能改变实质内容。"))

    @property
    def given(self) -> Terms:
        """What was written."""
        starts, ends = self.starts_on.data, self.ends_on.data
        assert isinstance(starts, date)  # noqa: S101  # for the type checker: the form was validated
        assert isinstance(ends, date)  # noqa: S101  # as above
        return Terms(starts, ends, self.terms.data or "", self.negotiation.data or "")

    @property
    def seen(self) -> int | None:
        """The revision it was filled in on; none when the contract is being made."""
        return revision(self.revision.data) if self.revision.data else None


class ChangeForm(Form):
    """A change and what it adds."""

    words = words(_l("改什么"), required=_l("请写明改什么。"))
    adds = Amount(
        _l("追加多少钱"),
        [Optional()],
        description=_l("不涉及金额就空着；减少写负数。追加合计不超过原合同金额的 10%（R34）。"),
    )


class WorkerForm(Form):
    """Who takes over, and from when."""

    name = StringField(
        _l("接替的社工"),
        [Required(_l("请填写姓名。")), Length(max=200, message=_l("姓名最多 200 字。"))],
        filters=[tidy],
    )
    certificate = SelectField(_l("证书"), [Optional()], choices=picks(Certificate, empty=_l("没有证书")))
    from_on = Day(_l("从哪天起"), [Required(_l("请填写日期。"))])

    @property
    def level(self) -> Certificate | None:
        """The certificate, if there is one."""
        return Certificate(self.certificate.data) if self.certificate.data else None


class PayForm(Form):
    """What was paid."""

    amount = Amount(
        _l("付了多少钱"), [Required(_l("请填写付款金额。"))], description=_l("已填好应付的金额，核对后登记。")
    )


class AcceptForm(Form):
    """An acceptance with its users."""

    users_asked = WholeNumber(
        _l("问了多少名服务对象"),
        [
            Required(_l("请填写人数。")),
            NumberRange(1, MOST_USERS, message=_l("请填写 1 到 1000000 之间的数。")),
        ],
        description=_l("验收要请服务对象参加并听取意见（R10）。"),
    )
    users_satisfied = WholeNumber(
        _l("其中多少人满意"),
        [
            Required(_l("请填写人数，没有就填 0。")),
            NumberRange(0, MOST_USERS, message=_l("请填写 0 到 1000000 之间的数。")),
        ],
    )
    users_words = words(
        _l("他们怎么说"),
        required=_l("请写明服务对象的意见。"),
        help=_l("会公开，请不要写姓名和住址。"),
    )
    words = words(_l("验收说明"))

    @property
    def opinion(self) -> UsersOpinion:
        """What the users said."""
        return UsersOpinion(
            self.users_asked.data or 0, self.users_satisfied.data or 0, self.users_words.data or ""
        )
