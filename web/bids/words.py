"""Bids in words: what is lacking where, how a bid stands, what an opening came to."""

from decimal import Decimal

from flask_babel import gettext as _
from markupsafe import Markup

from models.bids.bid import BidPhase
from models.bids.completeness import Completeness, Lack, Missing
from models.bids.desk import Desk
from models.bids.drafting import Written
from models.bids.opened import OpenedBid
from models.bids.opening import OpeningOutcome
from models.bids.queries import OwnRow
from models.errors import DomainError
from models.tenders.tender import Tender
from web.format import as_written
from web.labels import label, sentence

TONES = {
    BidPhase.SEALED: "done",
    BidPhase.REPLACED: "neutral",
    BidPhase.WITHDRAWN: "stopped",
    OpeningOutcome.OPENED: "done",
    OpeningOutcome.TOO_FEW_BIDS: "stopped",
    OpeningOutcome.BROKEN_OFF: "stopped",
}


def tone(state: BidPhase | OpeningOutcome) -> str:
    """The tone of a tag."""
    return TONES[state]


def refusal(error: DomainError) -> str:
    """Why something cannot be done."""
    return sentence(error)


def lacking(tender: Tender, missing: Missing) -> Markup:
    """What a bid still lacks, and of what."""
    titles = {each.id: each.title for each in tender.criteria}
    titles |= {each.id: each.words for each in tender.requirements}
    words = Markup("").join([label(missing.lack)])
    if missing.about is None:
        return words
    return Markup("{}{}{}").format(words, _("："), as_written(titles[missing.about]))


def anchor(missing: Missing) -> str:
    """Where in the editor it is filled in."""
    if missing.about is None:
        return "consortium" if missing.lack == Lack.CONSORTIUM_UNCONFIRMED else "price"
    kind = "met" if missing.lack == Lack.REQUIREMENT else "answer"
    return f"{kind}_{missing.about.hex}"


def done(found: Completeness, section: str, *, filled: bool = True, saved: bool = True) -> tuple[str, str]:
    """The mark of a part of the editor, with its tone; what was filled in for one is not saved yet."""
    lacks = sum(each.section == section for each in found.missing)
    if lacks:
        return _("还差 %(count)s 处", count=lacks), "waiting"
    if not filled:
        return _("可选"), "neutral"
    return (_("已填好"), "done") if saved else (_("已填，待保存"), "waiting")


def state(row: OwnRow) -> tuple[str, str]:
    """How a line of one's own list stands, with its tone."""
    if row.draft is not None:
        return _("草稿，填了 %(percent)s%%", percent=row.draft.filled), "waiting"
    if row.confirm:
        return _("更正后等您确认"), "waiting"
    assert row.phase is not None  # noqa: S101  # a bid has a phase
    return label(row.phase), tone(row.phase)


def amount(written: Written) -> Decimal:
    """The price of a draft."""
    return Decimal(written.price["price"])


def is_above_limit(desk: Desk, written: Written | None) -> bool:
    """Whether the price would make the bid invalid (R30)."""
    return written is not None and bool(written.price["price"]) and amount(written) > desk.lot.limit


def verdict(opened: OpenedBid) -> tuple[str, str]:
    """Whether an opened bid counts, with its tone."""
    if opened.invalid_reason is None:
        return _("有效"), "done"
    return label(opened.invalid_reason), "stopped"
