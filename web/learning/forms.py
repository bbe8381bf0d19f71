"""Forms of learning: shape only."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import Length

from models.matching.training import WORDS_LIMIT
from web.form import Form, tidy


class TrainForm(Form):
    """A press of the button; the id tells a second press from the first."""

    id = HiddenField()


class DecideForm(Form):
    """Adopt or discard, with words if one likes."""

    words = TextAreaField(
        _l("说明"),
        [Length(max=WORDS_LIMIT, message=_l("说明最多 1000 字。"))],
        filters=[tidy],
    )


class RuleForm(Form):
    """What an area's matching counts."""

    counts_records = BooleanField(_l("计入过往记录"))
    counts_learning = BooleanField(_l("计入学到的权重"))
    words = TextAreaField(
        _l("为什么改"),
        [Length(max=WORDS_LIMIT, message=_l("说明最多 1000 字。"))],
        filters=[tidy],
    )
