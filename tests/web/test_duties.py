"""What somebody has to do does not close: it is overdue; and refusals write days as pages do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from models.contracts.challenge import ChallengeStage
from models.errors import Invalid
from web.format import clock, day, deadline, duty
from web.i18n import speaking
from web.labels import _said, sentence

DUE = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)  # a Friday, 23:59 in Shanghai
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("locale", "after", "said"),
    [
        ("zh", -timedelta(days=3, hours=4), "还有3天）"),
        ("zh", -timedelta(days=1), "还有1天）"),
        ("zh", MINUTE - timedelta(days=1), "还有23小时59分钟"),
        ("zh", -MINUTE, "还有1分钟"),
        ("zh", timedelta(0), "已逾期"),
        ("zh", MINUTE, "已逾期1天"),
        ("zh", timedelta(days=3), "已逾期3天"),
        ("en", -timedelta(days=3, hours=4), "3 days left)"),
        ("en", -MINUTE, "1 minute"),
        ("en", MINUTE, "1 day overdue"),
        ("en", timedelta(days=3), "3 days overdue"),
    ],
)
def test_a_duty_is_overdue_from_the_day_after(app: Flask, locale: str, after: timedelta, said: str) -> None:
    with speaking(app, locale):
        words = duty(DUE, DUE + after)
        assert said in words
        assert day(DUE) in words
        assert (clock(DUE) in words) == (-timedelta(days=1) < after < timedelta(0))
        closed = "已截止" if locale == "zh" else "closed"
        assert closed not in words
        assert (closed in deadline(DUE, DUE + after)) == (after >= timedelta(0))


@pytest.mark.parametrize(("locale", "said"), [("zh", "2026年12月28日"), ("en", "28 December 2026")])
def test_a_refusal_writes_days_as_pages_do(app: Flask, locale: str, said: str) -> None:
    error = Invalid("challenge_too_late", until=date(2026, 12, 28), rule="R58")
    with speaking(app, locale):
        assert said in sentence(error)
        assert "2026-12-28" not in sentence(error)


def test_a_refusal_writes_instants_and_codes_in_words(app: Flask) -> None:
    with speaking(app, None):
        assert _said(DUE) == "2026年11月20日 23:59"
        assert _said(ChallengeStage.RESULT) == "采购结果"
        assert _said(3) == 3
