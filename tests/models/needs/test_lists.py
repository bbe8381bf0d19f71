"""The board and my needs: what is listed is what may be seen, filtered and sorted in SQL."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act, Role
from models.needs import operations
from models.needs.board import OPEN_PHASES, BoardFilter, board
from models.needs.lifecycle import phase_at
from models.needs.mine import in_phase, last_budget, mine, neighbourhoods
from models.needs.need import Need, NeedPhase
from models.needs.page import evidence_file, need_page
from models.needs.queries import need as load
from models.needs.queries import visible, writable
from models.paging import EVERYTHING, Paging
from tests.factories import needs, parties
from tests.factories.parties import (
    DISTRICT,
    ELSEWHERE,
    NEIGHBOURHOOD,
    NEXT_DOOR,
    NOON,
    STREET,
    act_as,
    nobody,
)


def one_of_each(session: Session) -> list[Need]:
    made = [needs.need(session, phase) for phase in NeedPhase]
    made += [needs.need(session, phase, unit=ELSEWHERE) for phase in (NeedPhase.DRAFT, NeedPhase.MATCHED)]
    withdrawn = needs.need(session, NeedPhase.SUBMITTED, unit=NEXT_DOOR)
    operations.withdraw(session, withdrawn, needs.worker(session, NEXT_DOOR, NOON))
    returned = needs.need(session, NeedPhase.DELIBERATING)
    needs.take(session, returned, needs.official(session, at=NOON), needs.NeedMove.RETURN)
    session.flush()
    return [*made, withdrawn, returned]


def whoever(session: Session, role: Role | None) -> Act:
    if role is None:
        return nobody()
    works_for = parties.organisation(session) if role in parties.accounts.ORGANISATION_ROLES else None
    return act_as(session, role, organisation=works_for)


ROLES = [None, *(role for role in Role if role is not Role.SYSTEM)]


@pytest.mark.parametrize("role", ROLES)
def test_what_is_listed_is_what_may_be_seen(session: Session, role: Role | None) -> None:
    made = one_of_each(session)
    act = whoever(session, role)
    for condition, permission in (
        (visible(act), Permission.NEED_VIEW),
        (writable(act), Permission.NEED_WRITE),
    ):
        listed = set(session.scalars(select(Need.id).where(condition)))
        assert listed == {need.id for need in made if can(act, permission, need)}, permission
    assert {row.id for row in mine(session, act, paging=EVERYTHING).shown.rows} == {
        need.id for need in made if can(act, Permission.NEED_WRITE, need)
    }


@pytest.mark.parametrize("role", [None, Role.COMMUNITY_WORKER, Role.DISTRICT_OFFICIAL])
def test_the_board_shows_everybody_what_a_visitor_may_see(session: Session, role: Role | None) -> None:
    made = one_of_each(session)
    listed = board(session, whoever(session, role), BoardFilter(), paging=EVERYTHING)
    assert {row.id for row in listed.rows} == {
        need.id for need in made if can(nobody(), Permission.NEED_VIEW, need)
    }
    assert listed.total == len(listed.rows)


def test_a_draft_is_known_to_its_own_side_alone(session: Session) -> None:
    draft = needs.need(session, NeedPhase.DRAFT)
    for act in (nobody(), needs.worker(session, NEXT_DOOR), whoever(session, Role.ORGANISATION_STAFF)):
        assert load(session, draft.id, act) is None
        assert need_page(session, draft.id, act) is None
    assert load(session, draft.id, needs.worker(session)) is draft
    assert load(session, draft.id, needs.official(session)) is draft


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (BoardFilter(unit_code=STREET), ["午饭", "理发"]),
        (BoardFilter(unit_code=ELSEWHERE), ["晚托"]),
        (BoardFilter(code="EL-01"), ["午饭"]),
        (BoardFilter(code="EL"), ["午饭", "理发"]),
        (BoardFilter(code="E"), []),
        (BoardFilter(group="B06"), ["晚托"]),
        (BoardFilter(phases={NeedPhase.UNMET}), ["晚托"]),
        (BoardFilter(phases=OPEN_PHASES), ["午饭", "晚托", "理发"]),
        (BoardFilter(least_budget=Decimal(30000), most_budget=Decimal(60000)), ["午饭"]),
        (BoardFilter(month=date(2027, 8, 15)), ["午饭", "晚托", "理发"]),
        (BoardFilter(month=date(2027, 9, 1)), []),
        (BoardFilter(month=date(2027, 2, 28)), []),
        (BoardFilter(words="澄江 午饭"), ["午饭"]),
        (BoardFilter(words="%"), []),
        (BoardFilter(words="午 托"), []),
    ],
)
def test_a_filter_finds_what_it_says(session: Session, wanted: BoardFilter, titles: list[str]) -> None:
    needs.need(session, NeedPhase.STANDARDISED, title="午饭", budget=Decimal(60000))
    needs.need(session, NeedPhase.MATCHED, title="理发", codes=["EL-02"], budget=Decimal("29999.99"))
    needs.need(
        session,
        NeedPhase.UNMET,
        unit=ELSEWHERE,
        title="晚托",
        codes=["WF-02"],
        groups=["B06"],
        budget=None,
    )
    listed = board(session, nobody(), wanted, sort="title", paging=EVERYTHING)
    assert sorted(row.title for row in listed.rows) == sorted(titles)


@pytest.mark.parametrize(
    ("sort", "people"),
    [
        ("people", [5, 20, 300]),
        ("-people", [300, 20, 5]),
        ("budget", [20, 5, 300]),
        ("-budget", [5, 20, 300]),
        ("-priority", [300, 20, 5]),
        ("starts", [300, 20, 5]),
        ("; drop table need", [5, 20, 300]),
    ],
)
def test_a_list_is_sorted_and_unknown_amounts_come_last(
    session: Session, sort: str, people: list[int]
) -> None:
    numbers = ((5, Decimal(900), 0), (20, Decimal(100), 1), (300, None, 4))
    for step, (count, budget, severity) in enumerate(numbers):
        needs.need(
            session,
            NeedPhase.STANDARDISED,
            affected_people=count,
            budget=budget,
            severity=severity,
            starts_on=date(2027, 5 - step, 1),
            at=NOON - timedelta(days=30 + step),
        )
    found = [row.affected_people for row in board(session, nobody(), BoardFilter(), sort=sort).rows]
    assert found == people


def test_pages_hold_each_need_once(session: Session) -> None:
    made = {needs.need(session, NeedPhase.STANDARDISED).id for _ in range(5)}
    seen = []
    for page in (1, 2, 3, 4):
        listed = board(session, nobody(), BoardFilter(), paging=Paging(page, 2))
        assert listed.total == 5
        seen += [row.id for row in listed.rows]
    assert len(seen) == 5
    assert set(seen) == made


def test_my_needs_are_counted_by_phase(session: Session) -> None:
    one_of_each(session)
    found = mine(session, needs.worker(session, at=NOON), phases={NeedPhase.DRAFT})
    assert [phase_at(row, NOON) for row in found.shown.rows] == [NeedPhase.DRAFT]
    assert found.counts[NeedPhase.RETURNED] == 2
    assert sum(found.counts.values()) == 9
    assert len(in_phase(session, needs.worker(session, at=NOON), NeedPhase.RETURNED)) == 2


def test_one_writes_for_the_neighbourhoods_of_ones_area(session: Session) -> None:
    codes = {Role.COMMUNITY_WORKER: 1, Role.STREET_OFFICIAL: 2, Role.DISTRICT_OFFICIAL: 3}
    for role, number in codes.items():
        assert len(neighbourhoods(session, act_as(session, role))) == number
    assert neighbourhoods(session, nobody()) == []


def test_the_last_budget_is_of_the_same_place_and_kind(session: Session) -> None:
    needs.need(session, NeedPhase.SUBMITTED, budget=Decimal(42000))
    needs.need(session, NeedPhase.SUBMITTED, budget=Decimal(9), codes=["CU-01"])
    needs.need(session, NeedPhase.SUBMITTED, budget=Decimal(8), unit=NEXT_DOOR)
    draft = needs.need(session, NeedPhase.DRAFT)
    assert last_budget(session, draft) == Decimal(42000)


def test_a_page_says_what_its_reader_may_do(session: Session) -> None:
    submitted = needs.need(session, NeedPhase.SUBMITTED)
    page = need_page(session, submitted.id, needs.worker(session, at=NOON))
    assert page is not None
    assert (page.may_write, page.may_submit, page.may_withdraw, page.may_copy) == (False, False, True, True)
    assert page.due is not None
    assert [entry.action for entry in page.history] == ["need.start", "need.submit"]
    public = needs.need(session, NeedPhase.STANDARDISED)
    seen = need_page(session, public.id, nobody())
    assert seen is not None
    flags = (seen.may_write, seen.may_submit, seen.may_withdraw, seen.may_copy, seen.may_see_evidence)
    assert not any((*flags, seen.is_own))


def test_evidence_files_are_not_public_even_when_the_need_is(session: Session) -> None:
    act = needs.worker(session)
    draft = needs.draft(session, act)
    row = needs.parts.attach(session, draft, act, name="现场.png", content=b"\x89PNG\r\n\x1a\n...")
    operations.submit(session, draft, act)
    needs.take(session, draft, needs.official(session, at=NOON), needs.NeedMove.STANDARDISE)
    session.flush()
    other = needs.need(session, NeedPhase.STANDARDISED)
    for reader in (nobody(), needs.worker(session, NEXT_DOOR), act_as(session, Role.HUB, unit=DISTRICT)):
        assert evidence_file(session, draft, row.id, reader) is None
    assert evidence_file(session, draft, row.id, needs.official(session)) is row.file
    assert evidence_file(session, other, row.id, needs.official(session)) is None
    assert draft.unit_code == NEIGHBOURHOOD
