"""How dates, money and counts are written in both languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.web.gallery.app import create_gallery
from web import format as formats

CLOSES = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # five in the afternoon in Shanghai


@pytest.fixture(scope="module")
def gallery():
    return create_gallery()


@pytest.fixture
def in_language(gallery):
    """`in_language("en")` puts the test into an English request, and out of the one before."""
    contexts = []

    def leave():
        while contexts:
            contexts.pop().pop()

    def enter(locale):
        leave()
        contexts.append(gallery.test_request_context(f"/gallery?locale={locale}"))
        contexts[0].push()
        gallery.preprocess_request()

    yield enter
    leave()


@pytest.mark.parametrize(
    ("locale", "write", "value", "written"),
    [
        ("zh", formats.day, date(2026, 11, 20), "2026年11月20日"),
        ("en", formats.day, date(2026, 11, 20), "20 November 2026"),
        ("zh", formats.day, datetime(2026, 11, 20, 16, 30, tzinfo=UTC), "2026年11月21日"),
        ("zh", formats.day, None, "未定"),
        ("zh", formats.moment, CLOSES, "2026年11月20日 17:00"),
        ("en", formats.moment, CLOSES, "20 November 2026, 17:00"),
        ("zh", formats.clock, CLOSES, "17:00"),
        ("zh", formats.number, 1234567, "1,234,567"),
        ("zh", formats.number, Decimal("1234.567890"), "1,234.56789"),
        ("en", formats.number, None, "Not given"),
        ("zh", formats.money, Decimal(120000), "¥120,000.00"),
        ("en", formats.money, Decimal("-0.5"), "-¥0.50"),
        ("zh", formats.money_words, Decimal(120000), "12万元"),
        ("zh", formats.money_words, Decimal("125500.00"), "12.55万元"),
        ("zh", formats.money_words, Decimal(123456), "123,456元"),
        ("zh", formats.money_words, Decimal(8000), "8,000元"),
        ("zh", formats.money_words, Decimal("0.10"), "0.1元"),
        ("zh", formats.money_words, Decimal(150000000), "1.5亿元"),
        ("zh", formats.money_words, Decimal(100), "100元"),
        ("en", formats.money_words, Decimal("120000.00"), "¥120,000"),
        ("en", formats.money_words, Decimal("120000.50"), "¥120,000.50"),
        ("zh", formats.people, 47, "47人"),
        ("en", formats.people, 1, "1 person"),
        ("en", formats.people, 1260, "1,260 people"),
        ("zh", formats.percent, 0.475, "48%"),
        ("en", formats.filesize, 900, "900 bytes"),
        ("zh", formats.filesize, 300 * 1024, "300 KB"),
        ("zh", formats.filesize, int(1.4 * 1024 * 1024), "1.4 MB"),
        ("zh", formats.iso, CLOSES, "2026-11-20T17:00+08:00"),
        ("zh", formats.iso, date(2026, 11, 20), "2026-11-20"),
    ],
)
def test_values_are_written_as_people_write_them(in_language, locale, write, value, written):
    in_language(locale)
    assert write(value) == written


def test_a_share_shows_the_digits_asked_for(in_language):
    in_language("zh")
    assert formats.percent(Decimal("0.4756"), digits=1) == "47.6%"


@pytest.mark.parametrize(
    ("before", "chinese", "english"),
    [
        (timedelta(days=3, hours=4, minutes=59), "还有3天4小时", "3 days 4 hours left"),
        (timedelta(days=1), "还有1天", "1 day left"),
        (timedelta(hours=5, minutes=20), "还有5小时20分钟", "5 hours 20 minutes left"),
        (timedelta(minutes=1), "还有1分钟", "1 minute left"),
        (timedelta(seconds=59), "不到1分钟", "less than a minute left"),
        (timedelta(microseconds=1), "不到1分钟", "less than a minute left"),
        (timedelta(0), "已截止", "closed"),
        (timedelta(microseconds=-1), "已截止", "closed"),
    ],
)
def test_time_left_is_told_to_the_instant(in_language, before, chinese, english):
    in_language("zh")
    assert formats.remaining(CLOSES, CLOSES - before) == chinese
    in_language("en")
    assert formats.remaining(CLOSES, CLOSES - before) == english


def test_a_deadline_names_the_weekday_and_the_time_left(in_language):
    now = CLOSES - timedelta(days=3, hours=4)
    in_language("zh")
    assert formats.deadline(CLOSES, now) == "2026年11月20日 17:00（周五，还有3天4小时）"
    in_language("en")
    assert formats.deadline(CLOSES, now) == "20 November 2026, 17:00 (Friday, 3 days 4 hours left)"


def test_a_naive_time_is_refused(in_language):
    in_language("zh")
    with pytest.raises(ValueError, match="time zone"):
        formats.moment(datetime(2026, 11, 20, 17, 0))  # noqa: DTZ001  # what is refused


def test_words_people_wrote_are_escaped_and_marked_as_chinese_on_an_english_page(in_language):
    in_language("zh")
    assert formats.as_written("午饭 <b>") == "午饭 &lt;b&gt;"
    in_language("en")
    assert formats.as_written("午饭 <b>") == '<span lang="zh-CN" translate="no">午饭 &lt;b&gt;</span>'


def test_a_filter_on_a_constant_follows_the_language_of_each_page(gallery, in_language):
    template = gallery.jinja_env.from_string("{{ 47|people }}")
    in_language("zh")
    assert template.render() == "47人"
    in_language("en")
    assert template.render() == "47 people"


@pytest.mark.parametrize(
    ("days", "soon"), [(2, True), (3, False), (-1, True)], ids=["in two days", "in three days", "past"]
)
def test_soon_is_less_than_three_days(gallery, in_language, days, soon):
    in_language("zh")
    template = gallery.jinja_env.from_string("{{ 1 if at is soon else 0 }}")
    from_now = datetime(2026, 11, 17, 4, 50, tzinfo=UTC) + timedelta(days=days)
    assert template.render(at=from_now) == str(int(soon))
