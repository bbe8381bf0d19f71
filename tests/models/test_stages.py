"""What a factory writes again is what the verbs wrote, and it is only written where they wrote it."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models.audit.record import verify
from models.session import WRITES
from models.tables import metadata
from tests.factories import contracts, parties, tenders


def alone(engine: Engine, deed: Callable[[Session], UUID]) -> tuple[UUID, dict[str, list[str]]]:
    """What a deed in a transaction of its own gives, and every row there is then; rolled back."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            given = deed(session)
            session.flush()
            rows = {
                table.name: sorted(map(repr, session.execute(select(table))))
                for table in metadata.sorted_tables
            }
            assert verify(session).broken_at is None
        outer.rollback()
    return given, rows


def test_the_same_asked_for_at_the_start_is_the_same_to_the_last_row(engine: Engine) -> None:
    first, second = (alone(engine, lambda session: contracts.contract(session).id) for _ in range(2))
    assert first == second


def test_a_stage_upon_a_stage_is_the_same_too(engine: Engine) -> None:
    def two(session: Session) -> UUID:
        tender = contracts.reported(session, invalid=[2])
        return contracts.award(session, tender).id

    assert alone(engine, two) == alone(engine, two)


def test_twice_in_one_transaction_is_two(session: Session) -> None:
    first, second = contracts.contract(session), contracts.contract(session)
    assert first.award.lot.tender_id != second.award.lot.tender_id
    assert verify(session).broken_at is None


def test_after_anything_else_the_verbs_do_it_anew(engine: Engine) -> None:
    def after_somebody_came(session: Session) -> UUID:
        parties.act_as(session)
        return tenders.tender(session).id

    known = alone(engine, lambda session: tenders.tender(session).id)[0]
    assert len({known, *(alone(engine, after_somebody_came)[0] for _ in range(2))}) == 3


def test_after_something_was_taken_back_the_verbs_do_it_anew(engine: Engine) -> None:
    def again(session: Session) -> UUID:
        with session.begin_nested() as inner:
            taken_back = tenders.tender(session).id
            inner.rollback()
        assert tenders.tender(session).id != taken_back
        return taken_back

    assert alone(engine, again)[0] == alone(engine, lambda session: tenders.tender(session).id)[0]
