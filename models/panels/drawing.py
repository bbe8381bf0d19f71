"""Drawing a panel: size and share of experts by rule (R24, R40), members by lot, replayed by anybody.

Experts who know what the tender asks for are preferred only when there are so many of them that the lot still
decides: then the first list is of them alone, and of all others when it is used up.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import OFFICIALS, Act
from models.audit.record import record
from models.errors import Conflict, Invalid
from models.panels.bidders import opened_bids
from models.panels.current import current_panel, sat_before
from models.panels.eligibility import Barred, drawable, may_sit
from models.panels.holding import hold_evaluation, hold_panel
from models.panels.lottery import digest, new_seed, ordering
from models.panels.panel import Interest, MemberKind, Panel, PanelMember
from models.panels.pool import Expert
from models.parties.person import Person
from models.rulebook.methods import METHODS, Method, PanelSize
from models.tenders.tender import Tender

AMPLE = 3
"""So many knowing experts for each seat leave enough to the lot."""


def draw(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    purchaser: Sequence[UUID] = (),
    size: int | None = None,
) -> Panel:
    """Draw the panel of a tender whose technical envelopes are open; once, for there is no second throw.

    Only an upheld challenge against a panel asks for another, of people who did not sit on it (R58).
    """
    ensure(act, Permission.PANEL_MAKE, tender)
    hold_evaluation(session, tender, act)
    if current_panel(session, tender) is not None:
        raise Conflict("panel_drawn")
    if not opened_bids(session, tender):
        raise Conflict("panel_without_bids")
    rules = panel_size(tender.method)
    size = _size(rules, tender, size)
    people = _purchasers(session, tender, act, list(dict.fromkeys(purchaser)), size, rules)
    wanted = size - len(people)
    pool = [_first_list(tender, drawable(session, tender, act), wanted, rules)]
    panel = _drawn(tender, act, size, wanted, pool)
    for position, person in enumerate(people, wanted):
        _seat(panel, person.id, position, MemberKind.PURCHASER)
    session.add(panel)
    facts = {"size": size, "experts": wanted, "seed": panel.seed, "pool": panel.pool_digest}
    record(session, act, "panel.draw", panel, **facts)
    _tell(session, panel.members, act)
    return panel


def redraw(session: Session, panel: Panel, act: Act) -> list[PanelMember]:
    """Fill every empty seat with the next in the order; refused with figures when nobody is left."""
    ensure(act, Permission.PANEL_MAKE, panel)
    hold_panel(session, panel, act)
    if len(panel.seated) == panel.size:
        raise Conflict("panel_is_full")
    found = fill(session, panel, act)
    if len(panel.seated) < panel.size:
        raise Invalid("panel_pool_exhausted", missing=panel.size - len(panel.seated), size=panel.size)
    return found


def fill(session: Session, panel: Panel, act: Act) -> list[PanelMember]:
    """Fill empty seats as far as there are experts; whom the data bar by now is recused at once."""
    barred = Barred(session, panel.tender, act)
    seated: list[PanelMember] = []
    while len(panel.seated) < panel.size:
        person = _next(session, panel, act)
        if person is None:
            break
        member = _seat(panel, person.id, 1 + max(each.position for each in panel.members), MemberKind.EXPERT)
        bonds = barred.bonds(person)
        member.interests = [
            Interest(organisation_id=b.organisation_id, kind=b.kind, from_data=True) for b in bonds
        ]
        if bonds or not may_sit(person, act):
            member.recused_at, member.recused_words = act.at, ""
            continue
        seated.append(member)
    session.flush()  # the members get their ids, and the index on chairs is asked before another is set
    experts = [member for member in panel.seated if member.kind is MemberKind.EXPERT]
    if experts and not any(member.is_chair for member in experts):
        experts[0].is_chair = True
    record(session, act, "panel.redraw", panel, seated=[member.id for member in seated])
    _tell(session, seated, act)
    return seated


def replay(panel: Panel) -> list[UUID]:
    """The experts as the seed and the lists give them, in the order in which they were drawn."""
    drawn = sum(member.kind is MemberKind.EXPERT for member in panel.members)
    return [UUID(key) for key in ordering(panel.seed, panel.pool)[:drawn]]


def is_as_drawn(panel: Panel) -> bool:
    """Whether the panel is what its seed and lists give, and the lists are those that were recorded."""
    experts = [member.person_id for member in panel.members if member.kind is MemberKind.EXPERT]
    return digest(panel.pool) == panel.pool_digest and replay(panel) == experts


def panel_size(method: Method) -> PanelSize:
    """The figures of the method; a method without its own keeps to those of a consultation (R40)."""
    found = METHODS[method].panel or METHODS[Method.COMPETITIVE_CONSULTATION].panel
    if found is None:
        raise ValueError(method)
    return found


def _drawn(tender: Tender, act: Act, size: int, experts: int, pool: list[list[str]]) -> Panel:
    """The lists are fixed; now the seed is made, and the first of the order sit, the very first as chair."""
    panel = Panel(
        tender=tender,
        size=size,
        experts=experts,
        seed=new_seed(),
        pool=pool,
        pool_digest=digest(pool),
        drawn_at=act.at,
        drawn_by=act.actor.person_id,
    )
    for position, key in enumerate(ordering(panel.seed, pool)[:experts]):
        _seat(panel, UUID(key), position, MemberKind.EXPERT)
    panel.members[0].is_chair = True
    return panel


def _size(rules: PanelSize, tender: Tender, size: int | None) -> int:
    least = rules.least(tender.budget)
    size = least if size is None else size
    if size < least:
        raise Invalid("panel_too_small", field="size", least=least, rule=rules.rule)
    if size % 2 == 0:
        raise Invalid("panel_not_odd", field="size", size=size, rule=rules.rule)
    return size


def _purchasers(
    session: Session, tender: Tender, act: Act, ids: list[UUID], size: int, rules: PanelSize
) -> list[Person]:
    most = size - rules.experts_of(size)
    if len(ids) > most:
        raise Invalid("panel_too_many_purchasers", field="purchaser", most=most, size=size, rule=rules.rule)
    barred, before = Barred(session, tender, act), sat_before(session, tender)
    found = []
    for key in ids:
        person = session.get(Person, key)
        if person is None or not may_sit(person, act) or not is_official_of(person, tender, act):
            raise Invalid("purchaser_without_role", field="purchaser")
        if barred.bonds(person):
            raise Invalid("purchaser_is_tied", field="purchaser", rule="R53")
        if person.id in before:
            raise Invalid("purchaser_sat_before", field="purchaser")
        found.append(person)
    return found


def is_official_of(person: Person, tender: Tender, act: Act) -> bool:
    """Whether the person works for the purchaser: holds an official's role in the tender's unit."""
    held = (membership for membership in person.memberships if membership.is_open(act.at))
    return any(each.role in OFFICIALS and each.unit_code == tender.unit_code for each in held)


def _first_list(tender: Tender, experts: Sequence[Expert], wanted: int, rules: PanelSize) -> list[str]:
    """The list to draw from: of those who know the field, if there are plenty; else of everybody."""
    if len(experts) < wanted:
        raise Invalid("panel_too_few_experts", wanted=wanted, found=len(experts), rule=rules.rule)
    codes = {term.term_code for lot in tender.lots for part in lot.needs for term in part.need.terms}
    knowing = [expert for expert in experts if _knows(expert, codes)]
    return [str(each.person_id) for each in (knowing if len(knowing) >= AMPLE * wanted else experts)]


def _knows(expert: Expert, codes: set[str]) -> bool:
    """Whether one of the expert's codes is one of the tender's, or the domain of one."""
    known = {term.term_code for term in expert.terms}
    return any(code in known or code.split("-")[0] in known for code in codes)


def _next(session: Session, panel: Panel, act: Act) -> Person | None:
    """The next in the order who has no seat yet; a new list is fixed when the lists are used up."""
    drawn = sum(member.kind is MemberKind.EXPERT for member in panel.members)
    order = ordering(panel.seed, panel.pool)
    if drawn == len(order):
        listed = set(order) | {str(member.person_id) for member in panel.members}
        more = [
            str(e.person_id) for e in drawable(session, panel.tender, act) if str(e.person_id) not in listed
        ]
        if not more:
            return None
        panel.pool = [*panel.pool, more]
        panel.pool_digest = digest(panel.pool)
        order = ordering(panel.seed, panel.pool)
    return session.get_one(Person, UUID(order[drawn]))


def _tell(session: Session, members: Sequence[PanelMember], act: Act) -> None:
    for member in members:
        reference = member.panel.tender.reference
        outbox.add(session, act, "panel_seat", member, to=[member.person_id], reference=reference)


def _seat(panel: Panel, person_id: UUID, position: int, kind: MemberKind) -> PanelMember:
    member = PanelMember(person_id=person_id, position=position, kind=kind, is_chair=False)
    panel.members.append(member)
    return member
