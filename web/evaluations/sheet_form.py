"""The marking sheet as a form: fields for each item the evaluator fills in, and for answers to each item."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField

from models.evaluations.marking import FILLED_IN, Given, Sent
from models.evaluations.sheet import Marked
from models.scoring.indicators import Item, ItemKind
from web.contracts.forms import words
from web.form import Form, record_id, revision, tidy
from web.panels.judging_forms import LONG, Score

MOST_KEYS = 50
NOTHING: Mapping[str, Decimal] = MappingProxyType({})
PARTS = ("points", "planned", "actual", "words", "missing")


class SheetForm(Form):
    """What all sheets carry: which one it was written on, and its own key, so that it counts once."""

    revision = HiddenField()
    key = HiddenField()
    after = HiddenField()
    items: Sequence[Item] = ()
    proposed: Mapping[str, Decimal] = NOTHING

    @property
    def given(self) -> dict[str, Given]:
        """What was written, by item; a proposed figure that nobody held against a plan says nothing yet."""
        found = {item.code: given_of(self, item) for item in self.items}
        for code, figure in self.proposed.items():
            if found[code].planned is None and found[code].actual == figure:
                found[code] = replace(found[code], actual=None)
        return found

    @property
    def sent(self) -> Sent:
        """Which sheet this is."""
        keys = (record_id(each) for each in (self.after.data or "").split()[:MOST_KEYS])
        after: frozenset[UUID] = frozenset(each for each in keys if each is not None)
        return Sent(revision(self.revision.data), record_id(self.key.data) or uuid4(), after)


def given_of(form: Form, item: Item) -> Given:
    """What was written of one item."""
    said = {part: form[f"{part}_{item.code}"].data for part in PARTS if f"{part}_{item.code}" in form}
    return Given(**said | {part: said.get(part) or "" for part in ("words", "missing")})


def item_fields(item: Item) -> dict[str, Any]:
    """The fields of one item."""
    fields: dict[str, Any] = {}
    if item.kind is ItemKind.RATIO:
        fields[f"planned_{item.code}"] = Score(_l("%(code)s 计划数", code=item.code))
        fields[f"actual_{item.code}"] = Score(_l("%(code)s 完成数", code=item.code))
    else:
        fields[f"points_{item.code}"] = Score(_l("%(code)s 得分", code=item.code))
    fields[f"words_{item.code}"] = TextAreaField(
        _l("%(code)s 依据和说明", code=item.code), [LONG], filters=[tidy]
    )
    fields[f"missing_{item.code}"] = StringField(
        _l("%(code)s 没有证据的原因", code=item.code), [LONG], filters=[tidy]
    )
    return fields


def sheet_form(
    asked: Sequence[Item],
    holder: Any,
    marks: Mapping[str, Marked],
    proposed: Mapping[str, Decimal] = NOTHING,
    **options: Any,
) -> SheetForm:
    """The sheet with what is kept of it, and figures that are proposed where nothing is kept."""
    items = [item for item in asked if item.kind in FILLED_IN]
    fields: dict[str, Any] = {"items": items, "proposed": proposed}
    for item in items:
        fields |= item_fields(item)
    figures = {f"actual_{code}": figure for code, figure in proposed.items() if code not in marks}
    data = figures | _kept(items, marks)
    made: SheetForm = type("FilledSheetForm", (SheetForm,), fields)(data=data, **options)
    if not made.is_submitted():
        made.revision.data, made.key.data = str(holder.sheet_revision), str(uuid4())
    return made


def reply_form(item: Item, mark: Marked | None, said: str) -> Form:
    """A reply to an answer, with the mark as it stands."""
    required = _l("请写明答复。")
    fields: dict[str, Any] = {"reply": words(_l("对机构意见的答复"), required=required)}
    if item.kind in FILLED_IN:
        fields |= item_fields(item)
    kept = {item.code: mark} if mark is not None else {}
    made: Form = type("ReplyForm", (Form,), fields)(data=_kept([item], kept) | {"reply": said})
    return made


def answer_form(
    asked: Sequence[Item], said: Mapping[str, str], vetoes: Collection[str], contested: Mapping[str, str]
) -> Form:
    """What the contractor says of each item, and of each veto."""
    fields = {
        f"words_{item.code}": TextAreaField(_l("%(code)s 我们的意见", code=item.code), [LONG], filters=[tidy])
        for item in asked
    }
    for code in vetoes:
        fields[f"veto_{code}"] = TextAreaField(_l("对这一项的意见"), [LONG], filters=[tidy])
    data = {f"words_{code}": each for code, each in said.items()}
    data |= {f"veto_{code}": each for code, each in contested.items()}
    made: Form = type("AnswersForm", (Form,), fields)(data=data)
    return made


def _kept(items: Sequence[Item], marks: Mapping[str, Marked]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        mark = marks.get(item.code)
        if mark is not None:
            values = (mark.points, mark.planned, mark.actual, mark.words, mark.missing_words)
            found |= {f"{part}_{item.code}": value for part, value in zip(PARTS, values, strict=True)}
    return found
