"""Forms of matching: shape only; which words a decision wants is the verb's business."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import AnyOf, Length

from models.matching.gap import GapCause, GapRemedy
from models.matching.operations import WORDS_LIMIT
from models.matching.review import Decision, RejectReason
from web.form import Form, Required, tidy
from web.labels import LABELS


class ReviewForm(Form):
    """One decision on one match; the page writes it by hand, once for each service."""

    decision = HiddenField(
        validators=[AnyOf([each.value for each in Decision], message=_l("请选择采纳、备选或不采纳。"))]
    )
    reason = RadioField(
        _l("不采纳的理由"),
        choices=[SelectChoice(reason.value, words) for reason, words in LABELS[RejectReason].items()],
        validate_choice=False,
    )
    words = TextAreaField(
        _l("备注"), [Length(max=WORDS_LIMIT, message=_l("备注最多 1000 字。"))], filters=[tidy]
    )
    replaces = HiddenField()

    @property
    def chosen_reason(self) -> RejectReason | None:
        """The reason, which goes with a rejection only: it may have been picked before a change of mind."""
        picked = self.reason.data
        if self.decision.data != Decision.REJECT or picked not in set(RejectReason):
            return None
        return RejectReason(picked)


class UnmetForm(Form):
    """What is missing, and what would help."""

    cause = SelectField(
        _l("缺的是什么"),
        [Required(_l("请选择缺的是什么。"))],
        choices=[
            SelectChoice("", _l("请选择")),
            *(SelectChoice(cause.value, words) for cause, words in LABELS[GapCause].items()),
        ],
    )
    remedy = SelectField(
        _l("打算怎么办"),
        [Required(_l("请选择打算怎么办。"))],
        choices=[
            SelectChoice("", _l("请选择")),
            *(SelectChoice(remedy.value, words) for remedy, words in LABELS[GapRemedy].items()),
        ],
    )
    words = TextAreaField(
        _l("说明"), [Length(max=WORDS_LIMIT, message=_l("说明最多 1000 字。"))], filters=[tidy]
    )
