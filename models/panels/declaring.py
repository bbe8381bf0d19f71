"""Declarations of interest against the list of bidders (R53), recusal, and the chair.

Each bidder is asked about by the grounds of 实施条例 art 9; what the data show by now is added to the answer.
Whoever has an interest is recused at once, and the next in the order of the draw takes the seat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.errors import Conflict, Invalid
from models.panels.bidders import bidders
from models.panels.drawing import fill
from models.panels.eligibility import Barred
from models.panels.holding import hold_panel
from models.panels.panel import Interest, MemberKind, PanelMember
from models.panels.pool import TieKind
from models.wording import bounded


@dataclass(frozen=True)
class Declared:
    """An interest somebody has in a bidder."""

    organisation_id: UUID
    kind: TieKind
    words: str = ""


def declare(session: Session, member: PanelMember, act: Act, *, interests: Sequence[Declared]) -> None:
    """Say for every bidder whether there is an interest; none at all is an answer too (R53)."""
    ensure(act, Permission.PANEL_MARK, member)
    hold_panel(session, member.panel, act)
    if member.recused_at is not None:
        raise Conflict("member_recused")
    if member.declared_at is not None:
        raise Conflict("member_has_declared")
    known = {organisation.id for organisation in bidders(session, member.panel.tender)}
    said = {(each.organisation_id, each.kind): each for each in interests}
    if any(key not in known for key, _kind in said):
        raise Invalid("interest_in_no_bidder", field="interests")
    member.declared_at = act.at
    for each in said.values():
        words = bounded(each.words, 4000, field="words")
        _note(member, each.organisation_id, each.kind, words=words, from_data=False)
    for bond in Barred(session, member.panel.tender, act).bonds(member.person):
        if (bond.organisation_id, bond.kind) not in said:
            _note(member, bond.organisation_id, bond.kind, words="", from_data=True)
    record(session, act, "panel_member.declare", member, interests=len(member.interests))
    if member.interests:
        reasons = dict.fromkeys(each.words for each in said.values() if each.words)
        _stand_aside(session, member, act, words="; ".join(reasons)[:4000])


def recuse(session: Session, member: PanelMember, act: Act, *, words: str) -> None:
    """Take a member off the panel, with reasons. With prices open it is for an upheld challenge alone."""
    ensure(act, Permission.PANEL_MAKE, member)
    tender = member.panel.tender
    hold_panel(session, member.panel, act)
    if member.recused_at is not None:
        raise Conflict("member_recused")
    if tender.priced_at is not None and tender.replayed_at is None:
        raise Conflict("recuse_after_prices")
    kept = bounded(words, 4000, field="words")
    if not kept:
        raise Invalid("recuse_without_words", field="words")
    _stand_aside(session, member, act, words=kept)


def choose_chair(session: Session, member: PanelMember, act: Act) -> None:
    """Note whom the members chose as their chair; the purchaser's person cannot be it (R24)."""
    ensure(act, Permission.PANEL_MAKE, member)
    hold_panel(session, member.panel, act)
    if member.recused_at is not None:
        raise Conflict("member_recused")
    if member.kind is MemberKind.PURCHASER:
        raise Invalid("chair_is_purchaser", rule="R24")
    for other in member.panel.members:
        other.is_chair = False
    session.flush()  # two chairs at a time, even for a moment, are refused by the database
    member.is_chair = True
    record(session, act, "panel_member.choose_chair", member)


def _stand_aside(session: Session, member: PanelMember, act: Act, *, words: str) -> None:
    member.recused_at, member.recused_words = act.at, words
    member.is_chair = False
    record(session, act, "panel_member.recuse", member)
    fill(session, member.panel, act)


def _note(member: PanelMember, organisation_id: UUID, kind: TieKind, *, words: str, from_data: bool) -> None:
    member.interests.append(
        Interest(organisation_id=organisation_id, kind=kind, words=words, from_data=from_data)
    )
