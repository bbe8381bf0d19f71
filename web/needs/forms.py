"""The three pages on which a need is written. They check shape and range; any field may stay empty."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from models.needs.details import EvidenceKind, FundingSource, ResourceKind
from models.needs.need import Engagement
from models.needs.operations import MOST_PEOPLE
from models.needs.parts import HIGHEST_AMOUNT, MOST_HEARD
from models.needs.raiser import RaiserKind
from web.form import Amount, Form, WholeNumber, tidy
from web.labels import label
from web.labels.needs import COUNTED_IN, SEVERITY, URGENCY

TICKED = [kind for kind in EvidenceKind if kind not in {EvidenceKind.PHOTO, EvidenceKind.REPORT}]
"""Evidence one ticks; photos are attached, and reports come from needs that were folded in."""

SINCE = {"1": 1, "6": 6, "12": 12, "36": 36, "120": 120}
"""Since when, as months ago: what people say instead of a date."""


class Ticks(SelectMultipleField):
    """Several of several, as boxes."""

    widget = ListWidget()
    option_widget = CheckboxInput()


class Later(Optional):
    """May stay empty in a draft, but is asked for at submission: so it is not marked as optional."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


def too_long(most: int) -> Length:
    """At most so many signs."""
    return Length(max=most, message=_l("这里最多写 %(limit)s 个字，请缩短。", limit=most))


class WhatForm(Form):
    """Page 1: what is going on."""

    id = HiddenField()
    revision = HiddenField()
    unit_code = SelectField(_l("哪个居民区"), [Later()], validate_choice=False)
    description = TextAreaField(
        _l("用几句话说清楚"),
        [too_long(4000)],
        filters=[tidy],
        description=_l("像跟同事说一样写：谁、遇到什么、多久了。"),
    )
    title = StringField(
        _l("标题"),
        [Optional(), too_long(200)],
        filters=[tidy],
        description=_l("不写也可以，会用第一句话作标题。"),
    )
    codes = Ticks(_l("需要哪类服务"))
    groups = Ticks(_l("是哪些人"))
    other_code = SelectField(_l("上面没有的，从这里加"), [Later()])
    file = FileField(_l("照片或文件"), description=_l("PDF、图片、Word 或 Excel，每个不超过 10 MB。"))


class WhoForm(Form):
    """Page 2: who, and how much."""

    revision = HiddenField()
    groups = Ticks(_l("是哪些人"), description=_l("可以选几类，先选最主要的。"))
    raiser_kind = SelectField(_l("谁提出的"), [Later()])
    raiser_name = StringField(_l("小组名称"), [Later(), too_long(200)], filters=[tidy])
    raiser_covers = StringField(
        _l("包括哪些楼"),
        [Later(), too_long(200)],
        filters=[tidy],
        description=_l("写楼号，不要写门牌和姓名。"),
    )
    raiser_households = WholeNumber(_l("小组户数"), [Later()])
    affected_people = WholeNumber(
        _l("大约多少人"),
        [Later(), NumberRange(1, MOST_PEOPLE, _l("人数要在 1 到 1000 万之间，请填写如 47 的数字。"))],
        description=_l("估计的数字也可以。"),
    )
    severity = RadioField(_l("有多严重"), [Later()])
    urgency = RadioField(_l("有多急"), [Later()])
    since = RadioField(
        _l("多久了"),
        [Later()],
        choices=[
            SelectChoice("1", _l("最近一个月")),
            SelectChoice("6", _l("半年左右")),
            SelectChoice("12", _l("一年左右")),
            SelectChoice("36", _l("两三年")),
            SelectChoice("120", _l("更久")),
        ],
    )
    assessment = BooleanField(_l("用需求调研作依据"))
    evidence = Ticks(_l("怎么知道的"), description=_l("有几项勾几项；知道数量就填上。"))
    existing_supply = TextAreaField(
        _l("现在已有什么"),
        [Optional(), too_long(4000)],
        filters=[tidy],
        description=_l("例如：志愿者隔周上门一次；隔壁小区有，但不对外。没有就不用写。"),
    )
    resources = Ticks(_l("我们能出什么"), description=_l("场地、人手、物资都算。没有就不用选。"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.raiser_kind.choices = [
            SelectChoice("", _l("居委会")),
            *(SelectChoice(kind.value, label(kind)) for kind in RaiserKind),
        ]
        self.severity.choices = [SelectChoice(str(value), words) for value, words in enumerate(SEVERITY)]
        self.urgency.choices = [SelectChoice(str(value), words) for value, words in enumerate(URGENCY)]
        self.evidence.choices = [SelectChoice(kind.value, label(kind)) for kind in TICKED]
        self.resources.choices = [SelectChoice(kind.value, label(kind)) for kind in ResourceKind]


for _kind in TICKED:
    setattr(
        WhoForm,
        f"count_{_kind}",
        WholeNumber(
            COUNTED_IN[_kind],
            [Later(), NumberRange(0, MOST_HEARD, _l("数量要在 0 到 100 万之间，请填写如 21 的数字。"))],
        ),
    )
for _resource in ResourceKind:
    setattr(
        WhoForm,
        f"words_{_resource}",
        StringField(_l("说明"), [Later(), too_long(200)], filters=[tidy]),
    )


class WhenForm(Form):
    """Page 3: when, and with what."""

    revision = HiddenField()
    starts = SelectField(_l("从哪个月开始"), [Later()])
    ends = SelectField(_l("到哪个月结束"), [Later()])
    budget = Amount(
        _l("预算"),
        [
            Later(),
            NumberRange(
                0, HIGHEST_AMOUNT, _l("预算不能小于 0，请填写如 120000 的数字；不清楚就选“不知道”。")
            ),
        ],
    )
    engagement = RadioField(_l("合作方式"), [Later()])
    budget_unknown = BooleanField(_l("不知道要多少钱"))
    funding = Ticks(_l("钱从哪里来"), description=_l("可以选几项；不清楚就选“还不知道”。"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.engagement.choices = [
            *(SelectChoice(each.value, label(each)) for each in Engagement),
            SelectChoice("", _l("还没定")),
        ]
        self.funding.choices = [SelectChoice(source.value, label(source)) for source in FundingSource]

    def validate_budget_unknown(self, field: BooleanField) -> None:
        """One or the other."""
        if field.data and self.budget.data is not None:
            raise ValidationError(str(_l("填了预算，就不要再勾“不知道”。")))
