"""The commands of docs/operations.md, from nothing to an administrator who can sign in."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.portal import free_port
from web.cli import main

Duijie = Callable[..., tuple[int, str]]


@pytest.fixture
def duijie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Duijie:
    """The command line on an empty folder; gives the exit code and what was said."""
    monkeypatch.setenv("DUIJIE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DUIJIE_DATABASE_URL", raising=False)

    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["duijie", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    return run


def test_from_nothing_to_an_administrator(duijie: Duijie) -> None:
    code, said = duijie("serve", "--port", str(free_port()))
    assert code == 1
    assert "run duijie db upgrade" in said

    assert duijie("db", "upgrade")[0] == 0
    assert duijie("unit", "add", "31", "--name", "上海市") == (0, "created city 31 上海市\n")
    assert duijie("unit", "add", "310190", "--name", "临澄区")[0] == 0
    admin = ["user", "add", "admin", "--name", "王敏", "--role", "administrator", "--unit", "310190"]
    assert duijie(*admin, typed="short\n")[0] == 2
    assert duijie(*admin, typed="a password of some length\n") == (0, "created admin\n")
    assert duijie("audit", "verify")[1].startswith("whole: ")


def test_a_unit_that_fits_nowhere_is_refused(duijie: Duijie) -> None:
    assert duijie("db", "upgrade")[0] == 0
    code, said = duijie("unit", "add", "3101", "--name", "四位")
    assert code == 2
    assert "unit_code_wrong" in said


def test_what_is_kept_is_kept_from_others(duijie: Duijie, tmp_path: Path) -> None:
    assert duijie("db", "upgrade")[0] == 0
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var/secret_key").stat().st_mode & 0o077 == 0


def test_a_database_that_does_not_answer_is_one_sentence(
    duijie: Duijie, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/duijie"
    monkeypatch.setenv("DUIJIE_DATABASE_URL", address)
    code, said = duijie("serve", "--port", str(free_port()))
    assert code == 1
    assert "The database cannot be reached" in said
