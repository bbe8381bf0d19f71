"""Forms of bids: shape and range only. The editor has a field for each criterion and requirement."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from models.tenders.tender import Tender
from web.form import Amount, Form, Required, narrow, tidy
from web.format import as_written

LONGEST = 4000


class Share(Amount):
    """A share in per cent; a sign typed behind it is read over."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        super().process_formdata([narrow(each).rstrip("%") for each in valuelist])


class EditorForm(Form):
    """What every bid has; `editor_form` adds what the tender asks."""

    revision = HiddenField()
    workers = SelectMultipleField(
        _l("谁来做这个项目"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    subcontracting = TextAreaField(
        _l("分包给谁、分包什么"), [Length(max=LONGEST, message=_l("最多 4000 字。"))], filters=[tidy]
    )
    price = Amount(_l("报价（元）"))

    def answer(self, criterion_id: UUID) -> Any:
        """The field of a criterion."""
        return self[f"answer_{criterion_id.hex}"]

    def met(self, requirement_id: UUID) -> Any:
        """The field of a requirement."""
        return self[f"met_{requirement_id.hex}"]

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The fields of the items of the price: words and amount."""
        names = [name for name in self._fields if name.startswith("item_words_")]
        return [(self[name], self[name.replace("words", "amount")]) for name in names]


def editor_form(tender: Tender, items: int) -> type[EditorForm]:
    """The editor of a tender's bids, with so many lines for items of the price."""
    fields: dict[str, Any] = {}
    for requirement in tender.requirements:
        fields[f"met_{requirement.id.hex}"] = _words(as_written(requirement.words))
    for criterion in tender.criteria:
        fields[f"answer_{criterion.id.hex}"] = _words(as_written(criterion.title))
    for number in range(1, items + 1):
        fields[f"item_words_{number}"] = StringField(
            _l("内容"), [Length(max=200, message=_l("最多 200 字。"))], filters=[tidy]
        )
        fields[f"item_amount_{number}"] = Amount(_l("金额（元）"), [Optional()])
    return type("TenderEditorForm", (EditorForm,), fields)


def _words(label: str) -> TextAreaField:
    return TextAreaField(label, [Length(max=LONGEST, message=_l("最多 4000 字。"))], filters=[tidy])


class AttachForm(Form):
    """One file for one of the envelopes."""

    file = FileField(_l("选择文件"), [FileRequired(_l("请选择一个文件。"))])
    in_price = BooleanField(_l("放进报价标（技术评分完成前不拆封）"))


class CopyForm(Form):
    """A copy that was downloaded after sealing."""

    copy = FileField(_l("投标副本"), [FileRequired(_l("请选择下载过的副本文件。"))])


class LiableForm(Form):
    """A member's word that it is liable with the others."""

    liable = BooleanField(_l("我们同意组成联合体，并就整个合同对采购人承担连带责任。"))


class PhraseForm(Form):
    """A phrase, and where the escrow's came from."""

    phrase = TextAreaField(_l("开标口令（33 个词）"), [Required(_l("请输入口令。"))])
    words = StringField(
        _l("如果是封存的备用口令：从哪里取出、为什么"),
        [Length(max=1000, message=_l("最多 1000 字。"))],
        filters=[tidy],
    )


class MinutesForm(Form):
    """The minutes of a session."""

    minutes = TextAreaField(
        _l("开标记录"), [Length(max=LONGEST, message=_l("最多 4000 字。"))], filters=[tidy]
    )


class StopForm(Form):
    """Why a session is broken off."""

    why = TextAreaField(
        _l("中止的原因"),
        [Required(_l("请写明中止开标的原因。")), Length(max=LONGEST, message=_l("最多 4000 字。"))],
        filters=[tidy],
    )


def consortium_form(rows: int) -> type[Form]:
    """Who bids together: a line for each organisation, the lead's first."""
    fields: dict[str, Any] = {}
    for number in range(rows):
        fields[f"code_{number}"] = StringField(_l("统一社会信用代码"), filters=[tidy])
        fields[f"share_{number}"] = Share(_l("份额（百分之）"))
        fields[f"work_{number}"] = StringField(
            _l("承担的工作"), [Length(max=1000, message=_l("最多 1000 字。"))], filters=[tidy]
        )
    return type("ConsortiumForm", (Form,), fields)
