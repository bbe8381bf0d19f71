"""Between a draft and the fields of the editor: what is filled in already, and what comes back."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import g
from wtforms import SelectChoice

from models.bids.desk import Desk
from models.bids.documents import Document, words_of
from models.bids.drafting import Written, load
from models.bids.prefill import Known, known
from models.parties.organisation import Certificate
from web.bids.forms import EditorForm, editor_form
from web.bids.prefill_words import proposed
from web.form import tidy
from web.keeper import keeper
from web.labels import label

LINES, SPARE = 4, 2


@dataclass(frozen=True)
class Proposal:
    """What the profile and the catalogue offer, by field; marked as reused while it is unchanged."""

    known: Known
    words: dict[UUID, str] = field(default_factory=dict, repr=False)

    def is_reused(self, key: UUID, typed: str | None) -> bool:
        """Whether a field says just what is known."""
        return bool(typed) and tidy(self.words.get(key)) == tidy(typed)


def proposal(desk: Desk) -> Proposal:
    """What there is to begin with."""
    found = known(g.db, desk.lot, desk.organisation, g.act)
    by_kind = proposed(found)
    tender = desk.lot.tender
    words = {each.id: by_kind[each.kind] for each in tender.requirements if by_kind.get(each.kind)}
    return Proposal(found, words | found.answers)


def written(desk: Desk) -> Written | None:
    """What the draft says, if there is one."""
    return load(g.db, desk.draft, g.act, keeper=keeper()) if desk.draft else None


def begun(desk: Desk, offer: Proposal) -> Written:
    """What the draft will say if what is filled in already is saved."""
    form = editor(desk, offer, sent=False)
    return Written(technical(form, desk), price(form))


def editor(desk: Desk, offer: Proposal, *, sent: bool = True) -> EditorForm:
    """The editor with what is written, or with what is known where nothing is; and with what was sent."""
    found = written(desk)
    items = found.price["items"] if found else []
    kind = editor_form(desk.lot.tender, max(LINES, len(items) + SPARE))
    data = _data(desk, offer, found)
    form = kind(data=data) if sent else kind(formdata=None, data=data)
    form.workers.choices = [SelectChoice(key, _worker_words(key)) for key in _worker_keys(offer.known, found)]
    form.workers.validate_choice = False  # whoever has left since is kept or dropped by `documents`
    return form


def technical(form: EditorForm, desk: Desk) -> Document:
    """The technical document as it was filled in."""
    tender = desk.lot.tender
    return {
        "answers": [
            {"criterion": str(each.id), "words": form.answer(each.id).data or ""} for each in tender.criteria
        ],
        "requirements": [
            {"requirement": str(each.id), "words": form.met(each.id).data or ""}
            for each in tender.requirements
        ],
        "workers": [_worker(key) for key in form.workers.data or ()],
        "subcontracting": form.subcontracting.data or "",
    }


def price(form: EditorForm) -> Document:
    """The price document as it was filled in."""
    rows = [(words.data or "", amount.data) for words, amount in form.rows]
    return {
        "price": "" if form.price.data is None else str(form.price.data),
        "items": [
            {"words": words, "amount": "" if amount is None else str(amount)}
            for words, amount in rows
            if words or amount is not None
        ],
    }


def _data(desk: Desk, offer: Proposal, found: Written | None) -> dict[str, Any]:
    tender = desk.lot.tender
    data: dict[str, Any] = {"revision": desk.draft.revision if desk.draft else 0}
    if found is None:
        answers = {str(key): words for key, words in offer.words.items()}
        met, workers = answers, [_key(each.name, each.certificate) for each in offer.known.staff]
    else:
        answers = words_of(found.technical["answers"], "criterion")
        met = words_of(found.technical["requirements"], "requirement")
        workers = [_key(each["name"], each["certificate"]) for each in found.technical["workers"]]
        data |= {"subcontracting": found.technical["subcontracting"], "price": _decimal(found.price["price"])}
        for number, item in enumerate(found.price["items"], start=1):
            data |= {f"item_words_{number}": item["words"], f"item_amount_{number}": Decimal(item["amount"])}
    data |= {f"answer_{each.id.hex}": answers.get(str(each.id), "") for each in tender.criteria}
    data |= {f"met_{each.id.hex}": met.get(str(each.id), "") for each in tender.requirements}
    return data | {"workers": workers}


def _decimal(typed: str) -> Decimal | None:
    return Decimal(typed) if typed else None


def _key(name: str, certificate: str | None) -> str:
    return f"{certificate or ''}|{name}"


def _worker(key: str) -> Document:
    certificate, _bar, name = key.partition("|")
    return {"name": name, "certificate": certificate or None}


def _worker_keys(found: Known, draft: Written | None) -> list[str]:
    own = [_key(each.name, each.certificate) for each in found.organisation.staff]
    named = draft.technical["workers"] if draft else []
    return list(dict.fromkeys([*own, *(_key(each["name"], each["certificate"]) for each in named)]))


def _worker_words(key: str) -> str:
    worker = _worker(key)
    certificate = worker["certificate"]
    return f"{worker['name']}（{label(Certificate(certificate))}）" if certificate else worker["name"]
