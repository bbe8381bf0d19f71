"""`make test` and CI: nothing is left out in silence."""

import os
import subprocess
from pathlib import Path

import pytest

from tests import run
from tests.support import browser, postgres

ROOT = Path(__file__).parents[2]


def test_a_missing_browser_is_said_with_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(browser.VARIABLE, "/no/such/chromium")
    run.announce(run.left_out())
    said = capsys.readouterr().out
    assert "LEFT OUT: the stories in a real browser" in said
    assert "apt-get install chromium" in said
    with pytest.raises(browser.Unavailable, match="apt-get install chromium"):
        browser.launch_options()


def test_a_server_handed_over_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(postgres.VARIABLE, "postgresql+psycopg://elsewhere/postgres")
    assert postgres.server() == "postgresql+psycopg://elsewhere/postgres"
    assert not any("PostgreSQL" in line for line in run.left_out())


def test_totals_add_up_over_reports(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>')
    totals = run.Run(passed=100)
    totals.add(report)
    assert (totals.passed, totals.failed, totals.skipped) == (104, 3, 3)


def test_ci_can_be_run_as_a_file_and_parses() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    assert subprocess.run(["sh", "-n", ROOT / ".ci/setup"], check=False).returncode == 0
