"""Migrations make exactly the models' shape, up and down, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from models.catalogue.service import Service
from models.contracts.challenge import Challenge, ChallengeStage, Complaint, ReplayStep
from models.migrate import FOLDER, downgrade, is_current, upgrade
from models.panels.panel import Panel
from models.session import make_sessions, transaction
from models.tables import metadata
from tests.factories import catalogue, panels, parties


def test_migrations_match_models(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    assert is_current(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "render_as_batch": True}
        )
        assert compare_metadata(context, metadata) == []


def test_each_migration_goes_up_and_down(empty_engine: Engine) -> None:
    steps = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]
    for revision in steps:
        upgrade(empty_engine, revision)
        downgrade(empty_engine, f"{revision}-1" if revision != steps[0] else "base")
        upgrade(empty_engine, revision)
    downgrade(empty_engine, "base")
    assert set(inspect(empty_engine).get_table_names()) <= {"alembic_version"}


def test_an_upgrade_loses_nothing(own_engine: Engine) -> None:
    """A service that other tables point at outlives every step from the last one without dates, and back."""
    with make_sessions(own_engine)() as session, transaction(session):
        service_id = catalogue.service(session).id
    downgrade(own_engine, "0003")
    upgrade(own_engine)
    with make_sessions(own_engine)() as session:
        kept = session.get_one(Service, service_id)
        assert [len(part) for part in (kept.terms, kept.areas, kept.cost_options)] != [0, 0, 0]


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory(str(FOLDER)).get_heads()) == 1


def test_constraints_of_the_models_are_in_the_database(own_engine: Engine) -> None:
    found = inspect(own_engine)
    for table in metadata.sorted_tables:
        held = {str(check["name"]) for check in found.get_check_constraints(table.name)}
        wanted = {str(check.name) for check in table.constraints if type(check).__name__ == "CheckConstraint"}
        missing = {name for name in wanted if not any(name in each for each in held)}
        assert not missing, (table.name, missing)


def test_a_panel_and_a_challenge_outlive_the_change_of_their_constraints(own_engine: Engine) -> None:
    """0008 makes the tables anew on SQLite, and rows that point at them stay."""
    with make_sessions(own_engine)() as session, transaction(session):
        panel = panels.drawn(session)
        challenge = Challenge(
            reference="ZY-2026-0001",
            tender=panel.tender,
            organisation=parties.organisation(session),
            stage=ChallengeStage.RESULT,
            points="评分有误。",
            remedy="重新评审。",
            filed_at=parties.NOON,
            replay_from=ReplayStep.MARKING,
        )
        complaint = Complaint(challenge=challenge, filed_at=parties.NOON, words="对答复不满意。")
        session.add(complaint)
        session.flush()
        panel_id, complaint_id, size = panel.id, complaint.id, panel.size
    downgrade(own_engine, "0007")
    upgrade(own_engine)
    with make_sessions(own_engine)() as session:
        assert len(session.get_one(Panel, panel_id).members) == size
        assert session.get_one(Complaint, complaint_id).challenge.replay_from == ReplayStep.MARKING
        if own_engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA foreign_keys")) == 1
