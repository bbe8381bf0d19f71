"""Forms of meetings: the notice, the record, both at once from paper, and the words of a cancellation."""

from datetime import date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import Length, NumberRange, Optional

from models.calendar.clocks import SHANGHAI
from models.needs.deliberation import MeetingType, Outcome
from models.needs.meeting_rule import MOST_NOTICE_DAYS, MOST_PEOPLE, MOST_TIMES, WORDS_LIMIT
from models.needs.minutes import HIGHEST_PRIORITY, MOST_PRESENT, Minutes
from models.needs.sampling import Dimension
from models.parties.strata import STRATA
from web.form import Day, Form, Required, WholeNumber, narrow, tidy
from web.labels import label
from web.labels.strata import STRATUM_WORDS

COUNT = NumberRange(0, MOST_PRESENT, _l("人数要在 0 到 10 万之间，请填写如 47 的数字。"))


class Clock(TimeField):
    """A time of day; a full-width colon or a point is read, anything else is named."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        hours, _colon, minutes = narrow(valuelist[0]).replace(".", ":").partition(":")
        try:
            self.data = time(int(hours), int(minutes[:2] or 0))
        except (ValueError, OverflowError):
            message = str(_l("“%(typed)s”不是时间，请填写如 14:00 的时间。"))
            raise ValueError(message % {"typed": valuelist[0][:20]}) from None


def instant(day: date, clock: time) -> datetime:
    """That time on that day in Shanghai."""
    return datetime.combine(day, clock, SHANGHAI)


def short(words: Any, help_: Any = None) -> StringField:
    """A line of at most 200 signs."""
    most = Length(max=200, message=_l("这里最多写 200 个字，请缩短。"))
    return StringField(words, [Optional(), most], filters=[tidy], description=help_ or "")


class MeetingForm(Form):
    """What every meeting has."""

    id = HiddenField()
    meeting_type = SelectField(_l("什么会"))
    place = StringField(
        _l("地点"),
        [Required(_l("请填写会议地点，居民才知道去哪里。")), Length(max=200)],
        filters=[tidy],
    )
    agenda = TextAreaField(
        _l("议题"),
        [Optional(), Length(max=4000, message=_l("议题最多写 4000 个字，请缩短。"))],
        filters=[tidy],
        description=_l("要讨论什么，请哪些人来。"),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.meeting_type.choices = [(each.value, label(each)) for each in MeetingType]


class NoticeForm(MeetingForm):
    """Announcing a meeting."""

    scheduled_at = Day(_l("日期"), [Required(_l("请填写会议日期，如 2026-11-20。"))])
    clock = Clock(_l("时间"), [Required(_l("请填写会议时间，如 14:00。"))])


class MinutesForm(Form):
    """The record of a meeting."""

    present = WholeNumber(_l("到会人数"), [Required(_l("请填写到会人数，如 30。"))])
    outcome = RadioField(_l("结果"), [Required(_l("请选会议的结果。"))])
    votes_for = WholeNumber(_l("赞成"), [Optional(), COUNT])
    votes_against = WholeNumber(_l("反对"), [Optional(), COUNT])
    votes_abstain = WholeNumber(_l("弃权"), [Optional(), COUNT])
    conclusion = TextAreaField(
        _l("结论"),
        [Required(_l("请写明会议结论。")), Length(max=4000, message=_l("结论最多写 4000 个字，请缩短。"))],
        filters=[tidy],
        description=_l("会公开，不要写姓名和门牌。"),
    )
    promise = short(_l("承诺"), _l("答应了居民什么。没有承诺，这三项都留空。"))
    promise_owner = short(_l("由谁负责"), _l("写职务，如“居委会主任”。"))
    promise_due_on = Day(_l("在哪天之前"), [Optional()])
    priority = WholeNumber(
        _l("会议定的优先指数"),
        [Optional(), NumberRange(0, HIGHEST_PRIORITY, _l("优先指数应在 0 到 100 之间。"))],
        description=_l("会议认为要提前或推后时才填，0 到 100。"),
    )
    priority_words = StringField(
        _l("调整的理由"),
        [Optional(), Length(max=1000, message=_l("理由最多写 1000 个字，请缩短。"))],
        filters=[tidy],
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.outcome.choices = [(each.value, label(each)) for each in Outcome]

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The inputs of the strata, by dimension."""
        return [(label(each), [self[named(name)] for name in STRATA[each]]) for each in Dimension]

    def minutes(self) -> Minutes:
        """What the verb takes."""
        return Minutes(
            present=self.present.data,
            outcome=Outcome(self.outcome.data),
            conclusion=self.conclusion.data or "",
            attendance={name: self[named(name)].data or 0 for name in STRATUM_WORDS},
            votes_for=self.votes_for.data or 0,
            votes_against=self.votes_against.data or 0,
            votes_abstain=self.votes_abstain.data or 0,
            promise=self.promise.data or "",
            promise_owner=self.promise_owner.data or "",
            promise_due_on=self.promise_due_on.data,
            priority=self.priority.data,
            priority_words=self.priority_words.data or "",
        )


def named(stratum: str) -> str:
    """The name of a stratum's input: age:60_79 -> age_60_79."""
    return stratum.replace(":", "_")


for _stratum, _words in STRATUM_WORDS.items():
    setattr(MinutesForm, named(_stratum), WholeNumber(_words, [Optional(), COUNT]))


class PaperForm(MinutesForm, MeetingForm):
    """A meeting already held, from its paper record."""

    took_place_at = Day(_l("会议日期"), [Required(_l("请填写会议日期，如 2026-11-20。"))])
    clock = Clock(_l("时间"), [Required(_l("请填写会议时间，如 14:00。"))])
    noticed_on = Day(
        _l("公示日期"),
        [Required(_l("请填写贴出公示的日期，如 2026-11-15。"))],
        description=_l("纸面公示贴出的那一天，照实填。"),
    )


class RuleForm(Form):
    """A unit's own rule for one kind of meeting."""

    meeting_type = SelectField(_l("什么会"))
    notice_days = WholeNumber(
        _l("至少提前几天公示"),
        [
            Required(_l("请填写提前几天，如 5。")),
            NumberRange(1, MOST_NOTICE_DAYS, _l("天数要在 1 到 60 之间。")),
        ],
    )
    times_a_year = WholeNumber(
        _l("一年至少几次"), [Optional(), NumberRange(1, MOST_TIMES, _l("次数要在 1 到 52 之间。"))]
    )
    least_present = WholeNumber(
        _l("至少到会几人"),
        [
            Required(_l("请填写至少到会几人，不作要求的填 1。")),
            NumberRange(1, MOST_PEOPLE, _l("人数要在 1 到 10000 之间。")),
        ],
    )
    invited = TextAreaField(
        _l("应邀请谁"),
        [Optional(), Length(max=WORDS_LIMIT, message=_l("这里最多写 1000 个字，请缩短。"))],
        filters=[tidy],
    )
    valid_from = Day(_l("从哪天起"), [Required(_l("请填写从哪天起执行，如 2026-12-01。"))])
    reason = TextAreaField(
        _l("为什么这样定"),
        [
            Required(_l("请写明为什么这样定，居委会才好照办。")),
            Length(max=WORDS_LIMIT, message=_l("这里最多写 1000 个字，请缩短。")),
        ],
        filters=[tidy],
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.meeting_type.choices = [(each.value, label(each)) for each in MeetingType]


class CancelForm(Form):
    """Why a meeting is cancelled."""

    words = TextAreaField(
        _l("为什么取消"),
        [Required(_l("请写明为什么取消，通知会发给相关的人。"))],
        filters=[tidy],
    )
