"""The kernel: lifecycle, audit chain, references, transactions."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.act import Role
from models.audit.record import record, verify
from models.base import Money
from models.catalogue.term import TaxonomyTerm
from models.errors import Invalid, NotAllowed
from models.needs.need import Need
from models.parties import accounts
from models.parties.unit import AdministrativeUnit
from models.reference import next_reference
from models.session import transaction
from tests.factories.parties import NEIGHBOURHOOD, NOON, act_as, place, system


def test_the_chain_is_whole_after_ordinary_work(session: Session) -> None:
    place(session)
    session.commit()
    found = verify(session)
    assert found.broken_at is None
    assert found.events >= 7


def test_a_changed_event_breaks_the_chain_where_it_stands(session: Session, connection: Connection) -> None:
    place(session)
    last = record(session, system(), "test.event", session.get(AdministrativeUnit, NEIGHBOURHOOD), votes=3)
    session.commit()
    number = last.number
    lift_the_guard(connection)
    connection.execute(text("UPDATE audit_event SET action = 'test.forged' WHERE number = :n"), {"n": number})
    session.expire_all()
    assert verify(session).broken_at == number


def test_a_removed_last_event_is_noticed(session: Session, connection: Connection) -> None:
    place(session)
    session.commit()
    lift_the_guard(connection)
    last = verify(session).events
    connection.execute(text("DELETE FROM audit_event WHERE number = :n"), {"n": last})
    session.expire_all()
    assert verify(session).broken_at == last


def lift_the_guard(connection: Connection) -> None:
    """What only somebody with the database itself in hand could do."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_event_no_{verb}"))
    else:
        connection.execute(text("DROP TRIGGER audit_event_append_only ON audit_event"))


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"])
def test_audit_events_can_be_neither_changed_nor_deleted(
    session: Session, connection: Connection, statement: str
) -> None:
    place(session)
    session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(statement))


def test_a_raise_undoes_everything_in_the_transaction(session: Session) -> None:
    place(session)
    session.commit()
    before = verify(session).events
    with pytest.raises(Invalid), transaction(session):  # noqa: PT012  # the verb and its refusal are the point
        record(session, system(), "test.event", session.get(AdministrativeUnit, NEIGHBOURHOOD))
        raise Invalid("not_found")
    assert verify(session).events == before


def test_only_advance_sets_a_decision() -> None:
    need = Need(description="楼道灯不亮")
    with pytest.raises(TypeError, match="only advance"):
        need.submitted_at = NOON


def test_references_count_up_within_the_local_year(session: Session) -> None:
    last_hour_of_2026 = NOON.replace(month=12, day=31, hour=15, minute=59)
    assert next_reference(session, "TS", last_hour_of_2026) == "TS-2026-0001"
    assert next_reference(session, "TS", last_hour_of_2026) == "TS-2026-0002"
    assert next_reference(session, "TS", last_hour_of_2026 + timedelta(minutes=1)) == "TS-2027-0001"


def test_money_keeps_fen_and_refuses_less() -> None:
    column = Money()
    assert column.process_bind_param(Decimal("12000.50"), None) == 1200050
    assert column.process_result_value(1200050, None) == Decimal("12000.50")
    with pytest.raises(ValueError, match="two decimals"):
        column.process_bind_param(Decimal("0.005"), None)


def test_a_stranger_may_not_create_accounts(session: Session) -> None:
    act = act_as(session, Role.COMMUNITY_WORKER)
    with pytest.raises(NotAllowed):
        accounts.create_person(session, act, login="somebody", name="某人")


def test_the_taxonomy_has_its_72_services_and_20_groups(session: Session) -> None:
    terms = session.query(TaxonomyTerm).all()
    assert sum(term.taxonomy == "service" for term in terms) == 72
    assert sum(term.taxonomy == "beneficiary" for term in terms) == 20
