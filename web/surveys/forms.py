"""Forms of surveys and registers: shape and range only."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from models.needs.deliberation import Deliberation
from models.surveys.answer import MOST_WORDS
from models.surveys.answering import KEYED_IN
from models.surveys.items import CODES, ITEMS
from models.surveys.registering import AGE_BANDS, LONGEST_LABEL, MOST_ROWS
from models.surveys.reviewing import Opinion
from models.surveys.survey import MOST_TELEPHONE, Channel
from web.contracts.forms import words
from web.form import Day, Form, Required, WholeNumber, record_id, tidy
from web.format import day, language
from web.labels import label
from web.labels.strata import stratum_name

NOTHING = "0"
"""Not known, or nothing ticked on the sheet."""


class OpenForm(Form):
    """Until when, and which number to ring."""

    closes_on = Day(_l("到哪一天结束"), [Required(_l("请填写结束的日期。"))])
    telephone = StringField(
        _l("居民可以打的电话"),
        [
            Required(_l("请填写街道或居委会的电话。")),
            Length(max=MOST_TELEPHONE, message=_l("最多 40 个字。")),
        ],
        filters=[tidy],
        description=_l(
            "印在问卷上，如 021-5550 1234。不方便扫码的居民打电话回答，接电话的不能是承接机构的人。"
        ),
    )


class ExtendForm(Form):
    """A later day."""

    closes_on = Day(_l("延长到哪一天"), [Required(_l("请填写结束的日期。"))])


class VoidForm(Form):
    """One sheet, and why."""

    number = WholeNumber(_l("问卷编号的末三位"), [Required(_l("请填写编号。"))])
    words = words(_l("原因"), required=_l("请写明原因。"))


class EntryForm(Form):
    """A sheet as it came back; the questions are added from the data."""

    number = WholeNumber(
        _l("问卷编号的末三位"),
        [Required(_l("请填写编号。"))],
        description=_l("如 DC-2026-0001 / 017 填 17。"),
    )
    channel = RadioField(_l("怎么答的"), [Required(_l("请选择。"))])
    words = TextAreaField(
        _l("想说的话"),
        [Optional(), Length(max=MOST_WORDS, message=_l("最多 1000 字。"))],
        filters=[tidy],
        description=_l("照原话写。姓名、电话、住址保存时自动隐去。"),
    )

    def offer(self, channel: Channel | None) -> "EntryForm":
        """The channels, the last one used first chosen."""
        self.channel.choices = [SelectChoice(each.value, label(each)) for each in KEYED_IN]
        if not self.is_submitted() and channel is not None:
            self.channel.data = channel.value
        for item in ITEMS:
            field = self[item.code]
            field.label.text = item.question[language()]
            points = [SelectChoice(str(value), said) for value, said in item.answers(language())]
            field.choices = [*points, SelectChoice(NOTHING, _("不知道或没有填"))]
        return self

    @property
    def values(self) -> dict[str, int | None]:
        """What was ticked."""
        return {code: int(self[code].data) or None for code in CODES}


for _code in CODES:
    setattr(EntryForm, _code, RadioField("", [Required(_l("请选一项；没有填的选最后一项。"))]))


class PersonForm(Form):
    """One person of the register."""

    number = WholeNumber(_l("登记号"), [Required(_l("请填写登记号，如 47。"))])
    label = StringField(
        _l("怎么称呼"),
        [Optional(), Length(max=LONGEST_LABEL, message=_l("最多 40 个字。"))],
        filters=[tidy],
        description=_l(
            "只用来把问卷送到本人，如“3 号楼张阿婆”。不要写电话和证件号。调查都结束以后自动清除。"
        ),
    )
    stratum = SelectField(_l("服务对象"), [Required(_l("请选择服务对象。"))])
    age_band = SelectField(_l("年龄"))

    def offer(self, groups: dict[str, str]) -> "PersonForm":
        """The groups by code."""
        named = [SelectChoice(code, name) for code, name in groups.items()]
        self.stratum.choices = [SelectChoice("", _("请选择")), *named]
        bands = [SelectChoice(band, stratum_name(band)) for band in AGE_BANDS]
        self.age_band.choices = [SelectChoice("", _("不清楚")), *bands]
        return self


class SheetForm(Form):
    """Many people at once: a file, or lines as a spreadsheet copies them."""

    file = FileField(_l("表格文件"), [Optional()], description=_l("xlsx 或 csv，第一行是列名。"))
    rows = TextAreaField(
        _l("或者直接粘贴"),
        [Optional(), Length(max=200 * MOST_ROWS, message=_l("太长了，请分几次登记。"))],
        description=_l("从表格里复制，带上第一行列名：登记号、称呼、服务对象、年龄。"),
    )


class OpinionForm(Form):
    """What a review meeting said."""

    meeting = RadioField(_l("哪一次评议会"), [Required(_l("请选择一次评议会。"))])
    satisfied = WholeNumber(_l("满意的人数"), [Required(_l("请填写人数，没有填 0。"))])
    fair = WholeNumber(_l("基本满意的人数"), [Required(_l("请填写人数，没有填 0。"))])
    dissatisfied = WholeNumber(_l("不满意的人数"), [Required(_l("请填写人数，没有填 0。"))])
    words = TextAreaField(
        _l("大家说了什么"),
        [Optional(), Length(max=MOST_WORDS, message=_l("最多 1000 字。"))],
        filters=[tidy],
    )

    def offer(self, found: list[Deliberation]) -> "OpinionForm":
        """The meetings that can be chosen."""
        self.meeting.choices = [
            SelectChoice(
                str(each.id),
                _(
                    "%(day)s，%(place)s，到会 %(people)s 人",
                    day=day(each.held_at),
                    place=each.place,
                    people=each.present,
                ),
            )
            for each in found
        ]
        return self

    @property
    def opinion(self) -> Opinion:
        """What was counted and said."""
        counts = (self.satisfied.data, self.fair.data, self.dissatisfied.data)
        satisfied, fair, dissatisfied = (count or 0 for count in counts)
        return Opinion(satisfied, fair, dissatisfied, self.words.data or "")

    def chosen(self, found: list[Deliberation]) -> Any:
        """The meeting that was chosen."""
        wanted = record_id(self.meeting.data)
        return next((each for each in found if each.id == wanted), None)
