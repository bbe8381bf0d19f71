"""Groups below the committee raise needs, and stay named when needs merge (demand 30)."""

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.errors import Invalid
from models.exchange.cells import Row
from models.exchange.needs import take
from models.needs import handling, operations
from models.needs.need import Need, NeedPhase
from models.needs.raiser import RaiserKind
from models.needs.raising import Group, own_raiser, set_raiser
from tests.factories import needs
from tests.factories.parties import NEIGHBOURHOOD, NOON, act_as, place

BUILDING = Group(RaiserKind.BUILDING, "三号楼组", "3号楼、5号楼", 48)
OWNERS = Group(RaiserKind.OWNERS, "加梯业主小组", "7号楼", 12)


def raised(session: Session, group: Group | None, phase: NeedPhase = NeedPhase.SUBMITTED) -> Need:
    """A need raised by a group, then brought where it is."""
    need = needs.need(session, NeedPhase.DRAFT)
    set_raiser(session, need, needs.worker(session, at=NOON), group=group)
    if phase is not NeedPhase.DRAFT:
        operations.submit(session, need, needs.worker(session, at=NOON))
    session.flush()
    return need


def groups(need: Need) -> list[Group]:
    return [Group(row.kind, row.name, row.covers, row.households) for row in need.raisers]


def official(session: Session) -> Act:
    return act_as(session, Role.STREET_OFFICIAL)


def test_a_need_says_which_group_raised_it_or_that_the_committee_did(session: Session) -> None:
    need, act = raised(session, BUILDING, NeedPhase.DRAFT), needs.worker(session, at=NOON)
    assert groups(need) == [BUILDING]
    set_raiser(session, need, act, group=OWNERS)
    assert groups(need) == [OWNERS]
    before = need.revision
    set_raiser(session, need, act, group=OWNERS)
    session.flush()
    assert need.revision == before
    set_raiser(session, need, act, group=None)
    assert groups(need) == []


def test_a_merged_needs_groups_stay_named_each_once(session: Session) -> None:
    into, one, again = raised(session, BUILDING), raised(session, OWNERS), raised(session, OWNERS)
    for need in (one, again):
        handling.merge(session, need, official(session), into=into)
    session.flush()
    assert groups(into) == [BUILDING, OWNERS]
    set_raiser(session, into, official(session), group=None)
    session.flush()
    assert groups(into) == [OWNERS]  # what was brought is nobody's to take away
    assert own_raiser(into) is None


def test_a_folded_drafts_group_stays_named(session: Session) -> None:
    into, draft = raised(session, None), raised(session, BUILDING, NeedPhase.DRAFT)
    operations.fold(session, draft, needs.worker(session, at=NOON), into=into)
    assert groups(into) == [BUILDING]


@pytest.mark.parametrize(
    ("group", "code"),
    [
        (Group(RaiserKind.LANE, " "), "raiser_name_missing"),
        (Group(RaiserKind.LANE, "永泰里", "", 1), "raiser_households"),
        (Group(RaiserKind.LANE, "永泰里", "", 20_001), "raiser_households"),
        (Group(RaiserKind.LANE, "永泰里", "里" * 201), "words_too_long"),
    ],
)
def test_a_group_that_cannot_be_is_refused(session: Session, group: Group, code: str) -> None:
    need = needs.need(session, NeedPhase.DRAFT)
    with pytest.raises(Invalid) as refused:
        set_raiser(session, need, needs.worker(session, at=NOON), group=group)
    assert refused.value.code == code
    assert groups(need) == []


def test_a_group_is_no_larger_than_its_neighbourhood(session: Session) -> None:
    need, act = needs.need(session, NeedPhase.DRAFT), needs.worker(session, at=NOON)
    need.unit.households = 48
    set_raiser(session, need, act, group=BUILDING)
    need.unit.households = 47
    with pytest.raises(Invalid, match="raiser_households_above"):
        set_raiser(session, need, act, group=Group(RaiserKind.BUILDING, "三号楼组", "", 48))


def test_a_workbook_names_the_group(session: Session) -> None:
    place(session)
    cells = {
        "unit_code": NEIGHBOURHOOD,
        "description": "独居老人吃饭难",
        "raiser_kind": "楼组",
        "raiser_name": "三号楼组",
        "raiser_covers": "3号楼、5号楼",
        "raiser_households": "48",
    }
    assert groups(take(session, needs.worker(session, at=NOON), Row(cells))) == [BUILDING]
    with pytest.raises(Invalid, match="cell_missing"):
        take(session, needs.worker(session, at=NOON), Row(cells | {"raiser_name": ""}))
