"""Settling on a match, saying that nothing fits, and undoing either."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.audit.record import verify
from models.errors import Conflict, DomainError, Invalid
from models.matching import operations
from models.matching.gap import GapCause, GapEntry, GapRemedy
from models.matching.ledger import Wanted, gap_counts, gaps
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from models.outbox import Message
from models.parties.organisation import ListFlag
from tests.factories import matching, needs, parties


def phase(need: Need) -> NeedPhase:
    return phase_at(need, parties.NOON)


def told(session: Session, kind: str) -> set[object]:
    return set(session.scalars(select(Message.person_id).where(Message.kind == kind)))


def test_concluding_needs_something_accepted(session: Session) -> None:
    matching.services(session)
    by = matching.official(session)
    run = matching.run(session, by=by)
    with pytest.raises(Invalid) as refused:
        operations.conclude(session, run.need, by)
    assert refused.value.code == "nothing_accepted"


def test_concluding_tells_the_accepted_organisations_and_the_neighbourhood(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    organisation = services["meals"].organisation
    staff = parties.person(session, Role.ORGANISATION_STAFF, organisation=organisation)
    other = parties.person(session, Role.ORGANISATION_STAFF, organisation=services["kitchen"].organisation)
    worker = parties.person(session, Role.COMMUNITY_WORKER, unit=parties.NEIGHBOURHOOD)
    run = matching.run(session, by=by)
    matching.accept(session, matching.match_of(run, services["meals"]), by)
    operations.conclude(session, run.need, by)
    session.flush()
    assert phase(run.need) == NeedPhase.MATCHED
    assert told(session, "match_accepted") == {staff.id}
    assert worker.id in told(session, "need_matched")
    assert other.id not in told(session, "match_accepted") | told(session, "need_matched")
    assert verify(session).broken_at is None


def test_an_organisation_listed_after_it_was_accepted_stops_the_conclusion(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    run = matching.run(session, by=by)
    matching.accept(session, matching.match_of(run, services["meals"]), by)
    matching.put_on_list(session, services["meals"].organisation, ListFlag.DISHONEST)
    with pytest.raises(Invalid) as refused:
        operations.conclude(session, run.need, by)
    assert refused.value.code == "organisation_dishonest"


def test_saying_that_nothing_fits_opens_a_gap_by_place_and_code(session: Session) -> None:
    by, need = matching.official(session), needs.need(session)
    run = matching.run(session, need, by=by)
    entry = operations.declare_unmet(
        session, need, by, cause=GapCause.NOT_HERE, remedy=GapRemedy.INVITE, words="邻区有两家，请枢纽邀请。"
    )
    session.flush()
    assert phase(need) == NeedPhase.UNMET
    assert (entry.unit_code, entry.term_code, entry.run) == (need.unit_code, "EL-01", run)
    (row,) = gaps(session, by, Wanted(code="EL")).rows
    assert (row.entry, row.is_open) == (entry, True)
    (count,) = gap_counts(session, by, Wanted())
    assert (count.place.code, count.term.code, count.count) == (parties.STREET, "EL-01", 1)
    stranger = matching.official(session, parties.OTHER_STREET)
    assert gaps(session, stranger, Wanted()).total == 0


def test_nothing_fits_cannot_be_said_while_something_is_accepted(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    run = matching.run(session, by=by)
    matching.accept(session, matching.match_of(run, services["meals"]), by)
    with pytest.raises(Conflict) as refused:
        operations.declare_unmet(session, run.need, by, cause=GapCause.NO_SUPPLIER, remedy=GapRemedy.INCUBATE)
    assert refused.value.code == "something_accepted"


def test_another_remedy_is_told_in_words(session: Session) -> None:
    by, need = matching.official(session), needs.need(session)
    with pytest.raises(DomainError) as refused:
        operations.declare_unmet(
            session, need, by, cause=GapCause.NO_SUPPLIER, remedy=GapRemedy.OTHER, words="  "
        )
    assert refused.value.code == "gap_words_missing"


def test_reopening_closes_the_gap_and_keeps_it_in_the_ledger(session: Session) -> None:
    by, need = matching.official(session), needs.need(session)
    operations.declare_unmet(session, need, by, cause=GapCause.NO_SUPPLIER, remedy=GapRemedy.INCUBATE)
    session.flush()
    operations.reopen(session, need, by)
    session.flush()
    assert phase(need) == NeedPhase.STANDARDISED
    assert session.scalars(select(GapEntry).where(GapEntry.closed_at.is_(None))).all() == []
    assert gaps(session, by, Wanted()).total == 0
    assert gaps(session, by, Wanted(state="closed")).total == 1


def test_reopening_a_match_tells_those_who_had_been_told(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    staff = parties.person(session, Role.ORGANISATION_STAFF, organisation=services["meals"].organisation)
    run = matching.run(session, by=by)
    matching.accept(session, matching.match_of(run, services["meals"]), by)
    operations.conclude(session, run.need, by)
    session.flush()
    operations.reopen(session, run.need, by)
    session.flush()
    assert phase(run.need) == NeedPhase.STANDARDISED
    assert staff.id in told(session, "need_reopened")


def test_a_settled_need_is_no_open_gap_any_more(session: Session) -> None:
    by, need = matching.official(session), needs.need(session)
    operations.declare_unmet(session, need, by, cause=GapCause.NO_CAPACITY, remedy=GapRemedy.RAISE_BUDGET)
    session.flush()
    needs.take(session, need, by, needs.NeedMove.SETTLE)
    session.flush()
    assert gaps(session, by, Wanted()).total == 0
    (row,) = gaps(session, by, Wanted(state="closed")).rows
    assert not row.is_open
