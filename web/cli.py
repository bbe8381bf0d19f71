"""The command line `duijie`."""

import sys
from datetime import UTC, datetime
from getpass import getpass

import click
from sqlalchemy.orm import Session

from matcher.command import match
from matcher.fair_command import bundles_command, exposure_command
from matcher.index_command import index_command
from matcher.learn_command import learn_command
from matcher.plan.command import plan
from models.act import Act, Role
from models.audit.record import verify
from models.catalogue.taxonomy import load_taxonomy
from models.errors import DomainError
from models.migrate import upgrade
from models.parties import accounts
from models.parties.unit import CODE_LENGTH, AdministrativeUnit, CommunityType, UnitKind
from models.session import make_engine, make_sessions, transaction
from web import demo, serve
from web.archive.command import verify_file
from web.config import Config
from web.evaluations.evaluate_command import evaluate_command
from web.jobs.command import jobs
from web.panels.rank_command import rank_command
from web.rulebook.command import deadlines_command


@click.group()
@click.version_option(package_name="duijie")
def cli() -> None:
    """对接 Duijie: what a neighbourhood needs, and who can do it."""


cli.add_command(match)
cli.add_command(index_command)
cli.add_command(learn_command)
cli.add_command(plan)
cli.add_command(exposure_command)
cli.add_command(bundles_command)
cli.add_command(deadlines_command)
cli.add_command(demo.demo)
cli.add_command(serve.command)
cli.add_command(rank_command)
cli.add_command(evaluate_command)
cli.add_command(jobs)


def system_act() -> Act:
    """The act of whoever sits at this machine."""
    return Act.of_system(datetime.now(UTC), "cli")


def open_session() -> Session:
    """A session on the configured database."""
    return make_sessions(make_engine(Config.from_environment().database_url))()


@cli.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest shape and load the taxonomy."""
    engine = make_engine(Config.from_environment().database_url)
    upgrade(engine)
    with make_sessions(engine)() as session, transaction(session):
        terms = load_taxonomy(session, system_act())
    click.echo(f"database is current; {terms} taxonomy terms changed")


@cli.group()
def unit() -> None:
    """Cities, districts, streets and neighbourhoods."""


@unit.command("add")
@click.argument("code")
@click.option("--name", required=True)
@click.option(
    "--type",
    "community_type",
    type=click.Choice([each.value for each in CommunityType]),
    help="of a neighbourhood",
)
def unit_add(code: str, name: str, community_type: str | None) -> None:
    """Create a unit below the one whose code it begins with; its level is told by the length of its code."""
    kind = next((kind for kind, length in CODE_LENGTH.items() if length == len(code)), UnitKind.NEIGHBOURHOOD)
    with open_session() as session, transaction(session):
        above = [code[:length] for length in CODE_LENGTH.values() if length < len(code)]
        parents = [parent for parent in above if session.get(AdministrativeUnit, parent) is not None]
        accounts.create_unit(
            session,
            system_act(),
            code=code,
            kind=kind,
            name=name,
            parent_code=parents[-1] if parents else None,
            community_type=CommunityType(community_type) if community_type else None,
        )
    click.echo(f"created {kind.value} {code} {name}")


@cli.group()
def user() -> None:
    """Accounts."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True)
@click.option(
    "--role", type=click.Choice([role.value for role in Role if role is not Role.SYSTEM]), required=True
)
@click.option("--unit", help="code of the administrative unit, e.g. 310190001")
def user_add(login: str, name: str, role: str, unit: str | None) -> None:
    """Create an account with a role; the password is asked for, or read from standard input."""
    password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    with open_session() as session, transaction(session):
        act = system_act()
        person = accounts.create_person(session, act, login=login, name=name, password=password)
        found = session.get(AdministrativeUnit, unit) if unit else None
        accounts.give_role(session, person, act, role=Role(role), unit=found)
    click.echo(f"created {login}")


@cli.group()
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
@click.argument("file", required=False)
def audit_verify(file: str | None) -> None:
    """Prove that nothing was changed: in the database's chain, or in FILE, the archive of a project.

    Exit code 1 when something was. FILE needs no database.
    """
    if file is not None:
        verify_file(file)
        return
    with open_session() as session:
        found = verify(session)
    if found.broken_at is not None:
        click.echo(f"BROKEN at event {found.broken_at}; {found.events} events before it are whole", err=True)
        sys.exit(1)
    click.echo(f"whole: {found.events} events, head {found.head}")


def main() -> None:
    """Run a command; a refusal is one sentence and exit code 2."""
    try:
        cli()
    except DomainError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
