"""Forms of evaluations: shape and range only."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from models.calendar.clocks import SHANGHAI
from models.evaluations.evidence import EvaluationEvidenceKind, SiteVisit
from models.evaluations.rescore import ScoreStanding
from models.scoring.indicators import Item
from web.contracts.forms import picks, words
from web.evaluations.words import title
from web.form import Day, Form, Required, record_id, tidy
from web.format import moment
from web.panels.judging_forms import boxes

SHORT = Length(max=200, message=_l("这里最多写 200 个字，请缩短。"))


class MoveForm(Form):
    """Other days of a stage, with the reason."""

    due_from = Day(_l("从哪天开始"), [Required(_l("请填写日期。"))])
    due_until = Day(_l("最迟哪天交出报告初稿"), [Required(_l("请填写日期。"))])
    words = words(_l("原因"), required=_l("请写明为什么改日期。"))


class ProofForm(Form):
    """One piece of evidence."""

    kind = SelectField(_l("是什么"), choices=picks(EvaluationEvidenceKind))
    file = FileField(
        _l("文件"),
        description=_l("PDF、图片、xlsx 或 docx，最大 10 MB。照片里的拍摄地点、时间和手机型号会自动去掉。"),
    )
    visit = SelectField(_l("哪次走访看到的"), [Optional()], validate_choice=False)
    words = words(
        _l("说明什么"),
        required=_l("请写明这份证据说明什么。"),
        help=_l("不要写居民的姓名、电话和证件号码。"),
    )
    items = boxes(_l("用于哪些指标"))

    def offer(self, items: list[Item], visits: list[SiteVisit]) -> "ProofForm":
        """The items of the stage, and the visits that were noted."""
        self.items.choices = [(each.code, f"{each.code} {title(each)}") for each in items]
        noted = [(str(each.id), f"{moment(each.visited_at)} {each.place}") for each in visits]
        self.visit.choices = [("", _l("不是走访时的")), *noted]
        return self

    @property
    def chosen(self) -> EvaluationEvidenceKind:
        """The kind."""
        return EvaluationEvidenceKind(self.kind.data)

    @property
    def upload(self) -> tuple[str, bytes] | None:
        """The file's name and content."""
        sent = self.file.data
        return (sent.filename or "", sent.read()) if getattr(sent, "filename", None) else None


class VisitForm(Form):
    """A visit to the site."""

    visited_on = Day(_l("哪天去的"), [Required(_l("请填写日期。"))])
    clock = StringField(
        _l("几点到的"),
        [Required(_l("请填写时间，如 14:30。"))],
        filters=[tidy],
        render_kw={"type": "time"},
    )
    place = StringField(_l("地点"), [Required(_l("请填写地点。")), SHORT], filters=[tidy])
    was_announced = BooleanField(_l("事先通知了机构"))
    words = words(
        _l("看到什么、问了谁"),
        required=_l("请写下看到的情况。"),
        help=_l("问了谁写身份就行，不写姓名。"),
    )

    def validate_clock(self, field: StringField) -> None:
        """Hours and minutes."""
        if self.at is None and self.visited_on.data is not None:
            typed = (field.data or "")[:20]
            raise ValidationError(_("“%(typed)s”不是时间，请填写如 14:30。", typed=typed))

    @property
    def at(self) -> datetime | None:
        """The instant, if both are right."""
        try:
            clock = datetime.strptime((self.clock.data or "").replace("：", ":"), "%H:%M").time()  # noqa: DTZ007  # joined with its zone below
        except ValueError:
            return None
        day = self.visited_on.data
        return datetime.combine(day, clock, SHANGHAI) if day else None


class VetoForm(Form):
    """A veto, or its lifting when nothing is written."""

    code = SelectField(_l("哪一项"))
    words = words(_l("查到的事实"), help=_l("空着保存就是撤销这一项。"))


class UpholdForm(Form):
    """Whether a contested veto stands, and why."""

    upheld = RadioField(
        _l("这一项"),
        [Required(_l("请选择一项。"))],
        choices=[SelectChoice("yes", _l("维持一票否决")), SelectChoice("no", _l("撤销一票否决"))],
    )
    reply = words(_l("理由"), required=_l("请写明理由，机构会看到。"))


class SummaryForm(Form):
    """The words of a report."""

    summary = words(
        _l("评估小结"),
        required=_l("请写评估小结。"),
        help=_l("公开后任何人都能看到：主要做法、成效、问题。不写居民的个人信息。"),
    )


class ReviewForm(Form):
    """Which of two scores stands, and why."""

    stands = RadioField(_l("以哪次的分数为准"), [Required(_l("请选择一项。"))], choices=picks(ScoreStanding))
    words = words(_l("理由"), required=_l("请写明理由，它会归档。"))


class WordsForm(Form):
    """Why."""

    words = words(_l("原因"), required=_l("请写明原因。"))


def visit_id(form: ProofForm) -> Any:
    """The visit that was chosen."""
    return record_id(form.visit.data)
