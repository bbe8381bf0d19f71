"""Migrations make exactly the models' shape, up and down, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from models.act import Act
from models.catalogue.service import Service
from models.catalogue.taxonomy import load_taxonomy
from models.migrate import FOLDER, downgrade, is_current, upgrade
from models.session import make_sessions, transaction
from models.tables import metadata
from tests.factories import catalogue, parties


def test_migrations_match_models(own_engine: Engine) -> None:
    upgrade(own_engine)
    assert is_current(own_engine)
    with own_engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "render_as_batch": True}
        )
        assert compare_metadata(context, metadata) == []


def test_each_migration_goes_up_and_down(own_engine: Engine) -> None:
    steps = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]
    for revision in steps:
        upgrade(own_engine, revision)
        downgrade(own_engine, f"{revision}-1" if revision != steps[0] else "base")
        upgrade(own_engine, revision)
    downgrade(own_engine, "base")
    assert set(inspect(own_engine).get_table_names()) <= {"alembic_version"}


def test_an_upgrade_loses_nothing(own_engine: Engine) -> None:
    """A service that other tables point at outlives every step from the last one without dates, and back."""
    upgrade(own_engine)
    with make_sessions(own_engine)() as session, transaction(session):
        load_taxonomy(session, Act.of_system(parties.NOON, "test"))
        service_id = catalogue.service(session).id
    downgrade(own_engine, "0003")
    upgrade(own_engine)
    with make_sessions(own_engine)() as session:
        kept = session.get_one(Service, service_id)
        assert [len(part) for part in (kept.terms, kept.areas, kept.cost_options)] != [0, 0, 0]


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory(str(FOLDER)).get_heads()) == 1


def test_constraints_of_the_models_are_in_the_database(own_engine: Engine) -> None:
    upgrade(own_engine)
    found = inspect(own_engine)
    for table in metadata.sorted_tables:
        held = {str(check["name"]) for check in found.get_check_constraints(table.name)}
        wanted = {str(check.name) for check in table.constraints if type(check).__name__ == "CheckConstraint"}
        missing = {name for name in wanted if not any(name in each for each in held)}
        assert not missing, (table.name, missing)
