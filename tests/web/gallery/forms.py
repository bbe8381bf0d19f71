"""The forms of the gallery: one field of every kind."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tests.web.gallery.say import later as _l

WORDS = [
    SelectChoice("1", _l("不急", "No hurry")),
    SelectChoice("2", _l("可以等", "Can wait")),
    SelectChoice("3", _l("应当办", "Should be done")),
    SelectChoice("4", _l("要快办", "Soon")),
    SelectChoice("5", _l("等不得", "Cannot wait")),
]
GROUPS = [
    SelectChoice("old", _l("失能老人", "Frail older people")),
    SelectChoice("child", _l("困境儿童", "Children in difficulty")),
    SelectChoice("ill", _l("慢性病人", "People with long illness")),
    SelectChoice("new", _l("新来的住户", "New residents")),
]


class NeedForm(FlaskForm):
    """As a community worker would meet it."""

    draft = HiddenField(default="7")
    title = StringField(
        _l("标题", "Title"),
        [
            InputRequired(
                _l(
                    "请写一个标题，例如“独居老人午饭没有着落”",
                    "Write a title, such as “No lunch for older people living alone”",
                )
            )
        ],
    )
    text = TextAreaField(
        _l("发生了什么", "What is going on"), [InputRequired(_l("请写几句话", "Write a few sentences"))]
    )
    people = IntegerField(
        _l("大约多少人", "About how many people"),
        [NumberRange(1, 9999, _l("请填写 1 到 9999 之间的人数", "Give a number of people from 1 to 9999"))],
    )
    budget = DecimalField(
        _l("预算上限", "Budget, at most"),
        [
            Optional(),
            NumberRange(
                0,
                message=_l(
                    "预算上限不能小于 0，请填写如 120000 的数字",
                    "The budget cannot be below 0: give a number such as 120000",
                ),
            ),
        ],
    )
    since = DateField(_l("什么时候开始的", "Since when"), [Optional()])
    street = SelectField(
        _l("街道", "Street"), choices=[SelectChoice("1", "芦汀街道"), SelectChoice("2", "望澄路街道")]
    )
    groups = SelectMultipleField(
        _l("哪些人", "Who"), choices=GROUPS, widget=ListWidget(), option_widget=CheckboxInput()
    )
    urgency = RadioField(
        _l("有多急", "How urgent"), [InputRequired(_l("请选一个词", "Pick one word"))], choices=WORDS
    )
    kind = RadioField(
        _l("谁来办", "Who does it"),
        choices=[
            SelectChoice("org", _l("社会组织", "A social organisation")),
            SelectChoice("self", _l("居委会自己办", "The committee itself")),
        ],
    )
    photo = FileField(_l("照片或文件", "Photo or file"), [Optional()])
    agreed = BooleanField(_l("居民会议同意公开", "The residents' meeting agreed to publish"))
