"""`make demo` never overwrites, never guesses, and says in a sentence what stands in its way."""

import socket
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.parties.passwords import matches
from models.parties.person import Person
from seed_data.load import WaitingPhrase
from seed_data.workbooks import FOLDER
from tests.factories import parties
from web import demo, demo_accounts
from web.demo_accounts import Account
from web.serve import refuse_unusable

SHEET = [
    Account("社区工作者 community worker", "li.na", "aaaa-bbbb-cccc", "李娜", "澄江一村"),
    Account("审计监督 auditor", "zhang.yi", "dddd-eeee-ffff", "张一", "临澄区"),
]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_in_use_is_said_before_any_work(taken: int) -> None:
    with pytest.raises(click.ClickException, match=f"Port {taken} is in use: .* make demo"):
        refuse_unusable("127.0.0.1", taken, hint="make demo PORT=8001")


def test_a_free_port_is_not_refused(taken: int) -> None:
    refuse_unusable("127.0.0.2", taken, hint="")


def test_a_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(click.ClickException, match="Cannot write to"), demo.alone(tmp_path / "var"):
        pass


def test_two_demos_do_not_share_a_folder(tmp_path: Path) -> None:
    with (
        demo.alone(tmp_path),
        pytest.raises(click.ClickException, match="stop it first"),
        demo.alone(tmp_path),
    ):
        pass
    with demo.alone(tmp_path):
        pass  # free again


def test_fresh_puts_the_old_data_aside_and_deletes_nothing(tmp_path: Path) -> None:
    for name in ("duijie.db", "duijie.db-wal", "demo-accounts.txt", "demo-phrases.txt", "secret_key"):
        (tmp_path / name).write_text(name)
    demo.put_aside(tmp_path)
    (old,) = tmp_path.glob("old-*")
    assert {path.name: path.read_text() for path in old.iterdir()} == {
        name: name for name in ("duijie.db", "duijie.db-wal", "demo-accounts.txt", "demo-phrases.txt")
    }
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["secret_key"]


def test_fresh_on_nothing_leaves_no_empty_folder(tmp_path: Path) -> None:
    demo.put_aside(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "duijie.db").write_text("a district's own")
    with pytest.raises(click.ClickException, match="is not a demo's and was left alone"):
        demo.prepare(tmp_path, FOLDER)
    assert (tmp_path / "duijie.db").read_text() == "a district's own"


def test_accounts_are_kept_where_only_their_owner_can_read_them(tmp_path: Path) -> None:
    file = tmp_path / "demo-accounts.txt"
    demo_accounts.write(file, SHEET)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert demo_accounts.read(file) == SHEET


def test_phrases_are_kept_where_only_their_owner_can_read_them(tmp_path: Path) -> None:
    file, until = tmp_path / demo.PHRASES, datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
    given = [
        WaitingPhrase("CG-2026-0020", "助餐服务采购", until, "li.na", "academic acid"),
        WaitingPhrase("CG-2026-0020", "助餐服务采购", until, "", "academic agency"),
    ]
    demo_accounts.keep(file, demo.phrase_rows(given))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    _, *lines = file.read_text(encoding="utf-8").splitlines()
    assert [line.split("\t") for line in lines] == [
        ["CG-2026-0020", "助餐服务采购", "2026-11-19 16:00", "li.na", "academic acid"],
        ["CG-2026-0020", "助餐服务采购", "2026-11-19 16:00", "托管信封 escrow", "academic agency"],
    ]


def test_officers_who_are_to_open_bids_get_passwords_too(session: Session) -> None:
    parties.place(session)
    officers = [
        parties.person(session, Role.STREET_OFFICIAL, unit=parties.STREET, name=f"经办人{number}")
        for number in (1, 2)
    ]
    sheet = demo_accounts.give_passwords(
        session, parties.system(), officers=[person.login for person in officers]
    )
    assert {row.login for row in sheet} == {person.login for person in officers}


def test_the_table_lines_up_where_chinese_is_two_columns_wide() -> None:
    lines = demo_accounts.table(SHEET).splitlines()
    assert lines == [
        "  角色 role                    登录名 login  密码 password   姓名 name  所属 where",
        "  社区工作者 community worker  li.na         aaaa-bbbb-cccc  李娜       澄江一村",
        "  审计监督 auditor             zhang.yi      dddd-eeee-ffff  张一       临澄区",
    ]


def test_each_role_gets_a_password_of_its_own_and_only_its_hash_is_stored(session: Session) -> None:
    parties.place(session)
    people = {
        role: parties.person(session, role, unit=parties.USUAL_UNIT[role]) for role in parties.USUAL_UNIT
    }
    sheet = demo_accounts.give_passwords(session, parties.system())
    assert {row.login for row in sheet} == {person.login for person in people.values()}
    assert len({row.password for row in sheet}) == len(sheet)
    for row in sheet:
        hashed = session.query(Person.password_hash).filter_by(login=row.login).scalar()
        assert row.password not in hashed
        assert matches(hashed, row.password)


def test_every_role_somebody_can_hold_has_a_name_in_the_table() -> None:
    assert set(demo_accounts.ROLES) == set(Role) - {Role.SYSTEM}
