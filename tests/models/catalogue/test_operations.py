"""Writing the catalogue: what is refused, what a save keeps, and how an entry moves."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.catalogue import operations
from models.catalogue.entry import Capacity, Price
from models.catalogue.lifecycle import phase_at
from models.catalogue.service import CostUnit, Service, ServiceStatus
from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.parties.organisation import Organisation
from tests.factories import catalogue, parties
from tests.factories.catalogue import entry, staff_act
from tests.factories.parties import DISTRICT, NEIGHBOURHOOD, NOON, STREET, act_as

TODAY = date(2026, 11, 20)


@pytest.fixture
def ours(session: Session) -> Organisation:
    return parties.organisation(session)


@pytest.fixture
def act(ours: Organisation) -> Act:
    return staff_act(ours, NOON)


def prices(*amounts: str) -> tuple[Price, ...]:
    units = list(CostUnit)
    return tuple(Price(Decimal(amount), units[index]) for index, amount in enumerate(amounts))


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        ({"title": "  "}, "service_title_missing", "title"),
        ({"title": "长" * 201}, "words_too_long", "title"),
        ({"description": ""}, "service_description_missing", "description"),
        ({"description": "长" * 4001}, "words_too_long", "description"),
        ({"licences": "长" * 201}, "words_too_long", "licences"),
        ({"terms": ("EL-99",)}, "term_unknown", "service_codes"),
        ({"terms": ("C1",)}, "term_unknown", "service_codes"),
        ({"terms": ("EL",)}, "term_unknown", "service_codes"),
        ({"terms": [f"B{n:02d}" for n in range(1, 14)]}, "service_terms_too_many", "service_codes"),
        ({"areas": ("310190999",)}, "unit_unknown", "areas"),
        ({"prices": prices("-0.01")}, "price_negative", "prices"),
        ({"prices": prices("0.005")}, "price_wrong", "prices"),
        ({"prices": prices("100000000.01")}, "price_wrong", "prices"),
        ({"prices": prices(*"1234567")}, "prices_too_many", "prices"),
        ({"prices": prices("1")[:1] * 2}, "price_twice", "prices"),
        ({"capacities": (Capacity(CostUnit.HOUR, 0),)}, "capacity_wrong", "capacities"),
        ({"capacities": (Capacity(CostUnit.HOUR, -1),)}, "capacity_wrong", "capacities"),
        ({"capacities": (Capacity(CostUnit.HOUR, 10, 11),)}, "capacity_available_wrong", "capacities"),
        ({"capacities": (Capacity(CostUnit.HOUR, 10, -1),)}, "capacity_available_wrong", "capacities"),
        ({"capacities": (Capacity(CostUnit.HOUR, 1),) * 2}, "capacity_twice", "capacities"),
        ({"minimum_age": -1}, "age_wrong", "minimum_age"),
        ({"maximum_age": 121}, "age_wrong", "maximum_age"),
        ({"minimum_age": 60, "maximum_age": 59}, "ages_turned", "maximum_age"),
        (
            {"available_from": date(2027, 7, 2), "available_to": date(2027, 7, 1)},
            "dates_turned",
            "available_to",
        ),
    ],
)
def test_an_entry_that_cannot_be_is_refused_beside_its_field(
    session: Session, act: Act, values: dict[str, Any], error: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        operations.create(session, act, entry(**values))
    assert (refused.value.code, refused.value.field) == (error, field)


@pytest.mark.parametrize(
    "values",
    [
        {"prices": ()},
        {"prices": prices("0")},
        {"prices": prices("0.01", "100000000")},
        {"capacities": (Capacity(CostUnit.HOUR, 1, 0),)},
        {"capacities": ()},
        {"minimum_age": 60, "maximum_age": 60},
        {"available_from": date(2027, 7, 1), "available_to": date(2027, 7, 1)},
        {"available_to": date(2027, 7, 1)},
        {"minimum_age": 0, "maximum_age": 120},
        {"title": "😀𠮷" * 100},
        {"description": "长" * 4000},
    ],
)
def test_what_is_unusual_but_possible_is_kept(session: Session, act: Act, values: dict[str, Any]) -> None:
    made = operations.create(session, act, entry(**values))
    operations.publish(session, made, act)
    session.commit()
    session.expire_all()
    assert made.title == entry(**values).title


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"terms": ("B03",)}, "service_code_missing"),
        ({"terms": ("EL-01",)}, "service_group_missing"),
        ({"areas": ()}, "service_area_missing"),
    ],
)
def test_a_draft_may_be_unfinished_but_the_public_sees_it_whole(
    session: Session, act: Act, values: dict[str, Any], error: str
) -> None:
    made = operations.create(session, act, entry(**values))
    session.commit()
    with pytest.raises(Invalid, match=error):
        operations.publish(session, made, act)
    session.rollback()
    assert phase_at(made, NOON) == ServiceStatus.DRAFT
    operations.edit(session, made, act, entry())
    operations.publish(session, made, act)
    with pytest.raises(Invalid, match=error):
        operations.edit(session, made, act, entry(**values))


def test_an_area_inside_another_of_the_same_entry_is_left_out(session: Session, act: Act) -> None:
    made = operations.create(session, act, entry(areas=(NEIGHBOURHOOD, DISTRICT, STREET, DISTRICT)))
    assert [area.unit_code for area in made.areas] == [DISTRICT]


def test_an_entry_is_written_anew_as_a_whole(session: Session, act: Act) -> None:
    made = operations.create(session, act, entry())
    session.flush()
    before = made.revision
    later = Act(act.actor, NOON + timedelta(days=1))
    changed = entry(
        title="老人晚餐",
        terms=("EL-02", "B02", "EL-01"),
        areas=(STREET,),
        prices=prices("20", "600"),
        capacities=(Capacity(CostUnit.PERSON_TIME, 20000, 300), Capacity(CostUnit.HOUR, 5)),
    )
    operations.edit(session, made, later, changed, revision=before)
    session.commit()
    session.expire_all()
    assert [each.term_code for each in made.terms] == ["EL-02", "B02", "EL-01"]
    assert [each.unit_code for each in made.areas] == [STREET]
    assert [each.amount for each in made.cost_options] == [Decimal("20.00"), Decimal("600.00")]
    assert {each.unit: each.available for each in made.capacities} == {
        CostUnit.PERSON_TIME: 300,
        CostUnit.HOUR: 5,
    }
    assert made.verified_on == TODAY + timedelta(days=1)
    assert made.revision == before + 1
    assert "晚餐" in made.search_text


def test_a_change_of_terms_alone_makes_an_open_form_stale(session: Session, act: Act) -> None:
    made = operations.create(session, act, entry())
    session.flush()
    before = made.revision
    operations.edit(session, made, act, entry(terms=("EL-02", "B03")), revision=before)
    with pytest.raises(Conflict, match="stale"):
        operations.edit(session, made, act, entry(), revision=before)


def test_capacity_keeps_the_instant_it_last_changed(session: Session, act: Act) -> None:
    made = operations.create(session, act, entry())
    later = Act(act.actor, NOON + timedelta(hours=1))
    operations.edit(session, made, later, entry(title="改了名字"))
    assert made.capacities[0].updated_at == NOON
    operations.edit(session, made, later, entry(capacities=(Capacity(CostUnit.PERSON_TIME, 20000, 1),)))
    assert made.capacities[0].updated_at == NOON + timedelta(hours=1)


def test_a_double_click_writes_one_draft(session: Session, act: Act) -> None:
    key = uuid4()
    first = operations.create(session, act, entry(), id=key)
    assert operations.create(session, act, entry(), id=key) is first
    assert session.query(Service).count() == 1


def test_an_id_of_another_organisation_gives_nothing_away(session: Session, act: Act) -> None:
    key = uuid4()
    operations.create(session, act, entry(), id=key)
    stranger = staff_act(parties.organisation(session, name="另一家"), NOON)
    with pytest.raises(NotAllowed):
        operations.create(session, stranger, entry(), id=key)


def test_references_are_given_in_order(session: Session, act: Act) -> None:
    first, second = (operations.create(session, act, entry()).reference for _time in range(2))
    assert first.startswith("FW-2026-")
    assert int(second[-4:]) == int(first[-4:]) + 1


@pytest.mark.parametrize("role", sorted(set(parties.USUAL_UNIT)))
def test_only_staff_write_the_catalogue(session: Session, role: Role, act: Act) -> None:
    made = operations.create(session, act, entry())
    stranger = act_as(session, role)
    with pytest.raises(NotAllowed):
        operations.create(session, stranger, entry())
    for verb in (operations.publish, operations.retire, operations.restore, operations.confirm):
        with pytest.raises(NotAllowed):
            verb(session, made, stranger)


def test_another_organisation_changes_nothing(session: Session, act: Act) -> None:
    made = operations.create(session, act, entry())
    stranger = staff_act(parties.organisation(session, name="另一家"), NOON)
    with pytest.raises(NotAllowed):
        operations.edit(session, made, stranger, entry())
    with pytest.raises(NotAllowed):
        operations.publish(session, made, stranger)


DRAFT, ACTIVE, RETIRED = ServiceStatus
MOVES = {
    operations.publish: {DRAFT: ACTIVE},
    operations.retire: {ACTIVE: RETIRED},
    operations.restore: {RETIRED: ACTIVE},
    operations.confirm: {ACTIVE: ACTIVE},
}


@pytest.mark.parametrize("phase", ServiceStatus)
@pytest.mark.parametrize("verb", MOVES)
def test_an_entry_moves_only_as_its_table_says(
    session: Session, act: Act, ours: Organisation, verb: Any, phase: ServiceStatus
) -> None:
    made = catalogue.service(session, organisation=ours, published=phase != DRAFT)
    if phase == RETIRED:
        operations.retire(session, made, staff_act(ours))
    assert phase_at(made, NOON) == phase
    if phase in MOVES[verb]:
        verb(session, made, act)
        assert phase_at(made, NOON) == MOVES[verb][phase]
        return
    with pytest.raises(Conflict):
        verb(session, made, act)


def test_a_retired_entry_is_not_edited(session: Session, act: Act, ours: Organisation) -> None:
    made = catalogue.service(session, organisation=ours)
    operations.retire(session, made, act)
    with pytest.raises(DomainError, match="service_retired"):
        operations.edit(session, made, act, entry())


def test_an_entry_is_stale_after_a_year_without_a_word(
    session: Session, act: Act, ours: Organisation
) -> None:
    made = catalogue.service(session, organisation=ours)
    assert not made.is_stale(made.verified_on + timedelta(days=365))
    assert made.is_stale(made.verified_on + timedelta(days=366))
    operations.confirm(session, made, act)
    assert made.verified_on == TODAY
