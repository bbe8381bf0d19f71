"""How dates, money and counts are written, in the language of the page.

Instants come in as aware UTC and are shown in Shanghai time. Money comes in as
Decimal and is never rounded on its way to the page, except that tables show cents.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from flask import Flask, g
from flask_babel import get_locale, gettext, ngettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN_THOUSAND = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)
LAST_MINUTE = "23:59"
"""What is due by the end of a day is due in its last minute."""
DAY_PATTERNS = {"zh": "y年M月d日", "en": "d MMMM y"}


def language() -> str:
    """The language of the page, "zh" unless the reader chose English."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def local(instant: datetime) -> datetime:
    """The instant on a clock in Shanghai. A naive time has no instant and is refused."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(SHANGHAI)


def day(value: date | datetime | None) -> str:
    """2026年11月20日 or 20 November 2026."""
    if value is None:
        return gettext("未定")
    if isinstance(value, datetime):
        value = local(value)
    return format_date(value, DAY_PATTERNS[language()], locale=language())


def clock(value: datetime) -> str:
    """17:00, on the twenty-four hour clock of both languages."""
    return format_time(local(value), "HH:mm", tzinfo=SHANGHAI, locale=language())


def moment(value: datetime | None) -> str:
    """2026年11月20日 17:00 or 20 November 2026, 17:00."""
    if value is None:
        return gettext("未定")
    return gettext("%(day)s %(time)s", day=day(value), time=clock(value))


def span(length: timedelta) -> str:
    """The two largest units of a length of time: 3天4小时, 5小时20分钟, 12分钟."""
    minutes = int(length.total_seconds()) // 60
    days, hours, left = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        pair = ((days, "day"), (hours, "hour"))
    elif hours:
        pair = ((hours, "hour"), (left, "minute"))
    else:
        pair = ((left, "minute"), (0, "second"))
    (much, big), (rest, small) = pair
    first = _unit(much, big)
    if not rest:
        return first
    return gettext("%(first)s%(second)s", first=first, second=_unit(rest, small))


def _unit(amount: int, unit: str) -> str:
    """3天 or 3 days. The data for Chinese has only the short form, which is the usual one."""
    length: Literal["long", "short"] = "long" if language() == "en" else "short"
    return format_unit(amount, f"duration-{unit}", length=length, locale=language())


def remaining(value: datetime, now: datetime) -> str:
    """How long is left until the instant, or that it has passed."""
    if now >= value:
        return gettext("已截止")
    if value - now < timedelta(minutes=1):
        return gettext("不到1分钟")
    return gettext("还有%(time)s", time=span(value - now))


def deadline(value: datetime | None, now: datetime) -> str:
    """2026年11月20日 17:00（周五，还有3天4小时）."""
    return gettext("未定") if value is None else _weighed(value, moment(value), remaining(value, now))


def duty(value: datetime | None, now: datetime) -> str:
    """What somebody has to do does not close when its day has passed; a whole day is said as a day.

    2026年11月20日（周五，还有3天）; 2026年11月20日（已逾期3天）.
    """
    if value is None:
        return gettext("未定")
    if now >= value:
        return gettext("%(day)s（%(overdue)s）", day=day(value), overdue=overdue(value, now))
    left = value - now
    if left.days and clock(value) == LAST_MINUTE:
        return _weighed(value, day(value), gettext("还有%(time)s", time=span(timedelta(days=left.days))))
    return _weighed(value, moment(value), remaining(value, now))


def overdue(value: datetime, now: datetime) -> str:
    """Since how many days something should have been done."""
    days = (local(now).date() - local(value).date()).days
    return ngettext("已逾期%(num)d天", "已逾期%(num)d天", days) if days else gettext("已逾期")


def _weighed(value: datetime, said: str, remaining: str) -> str:
    width = "EEEE" if language() == "en" else "EEE"
    weekday = format_date(local(value), width, locale=language())
    return gettext(
        "%(moment)s（%(weekday)s，%(remaining)s）",
        moment=said,
        weekday=weekday,
        remaining=remaining,
    )


def number(value: int | float | Decimal | None) -> str:
    """Thousands separated, no digit lost."""
    if value is None:
        return gettext("未填")
    return format_decimal(value, locale=language(), decimal_quantization=False)


def money(value: Decimal | None) -> str:
    """¥120,000.00, for tables, where the cents must line up."""
    if value is None:
        return gettext("未填")
    sign = "-" if value < 0 else ""
    return f"{sign}¥{abs(value):,.2f}"


def money_words(value: Decimal | None) -> str:
    """12万元 in Chinese prose, ¥120,000 in English. Falls back to 元 rather than round."""
    if value is None:
        return gettext("未填")
    if language() == "en":
        return money(value).removesuffix(".00")
    for unit, word in ((HUNDRED_MILLION, "亿元"), (TEN_THOUSAND, "万元")):
        part = value / unit
        if abs(part) >= 1 and part == round(part, 2):
            return f"{_plain(part)}{word}"
    return f"{_plain(value, separate=True)}元"


def _plain(value: Decimal, *, separate: bool = False) -> str:
    text = f"{value:,f}" if separate else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def people(count: int | None) -> str:
    """47人 or 47 people."""
    if count is None:
        return gettext("未填")
    return ngettext("%(count)s人", "%(count)s人", count, count=number(count))


def percent(share: float | Decimal | None, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    if share is None:
        return gettext("未知")
    pattern = "#,##0." + "0" * digits + "%" if digits else "#,##0%"
    return format_percent(share, pattern, locale=language())


def filesize(size: int) -> str:
    """Bytes in the largest unit that leaves a whole number to read: 1.4 MB."""
    if size < 1024:
        return gettext("%(size)s 字节", size=size)
    kilo = size / 1024
    return f"{kilo:.0f} KB" if kilo < 1024 else f"{kilo / 1024:.1f} MB"


def iso(value: date | datetime) -> str:
    """The machine form, for the datetime attribute of <time>."""
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="minutes")
    return value.isoformat()


def as_written(value: object) -> Markup:
    """Words that people wrote and nobody translates: names, titles, texts.

    On an English page they are marked as Chinese, so that a screen reader changes its
    voice (WCAG 3.1.2) and the page checker knows they were not forgotten.
    """
    if value is None:
        return Markup("")
    if language() == "zh":
        return escape(value)
    return Markup('<span lang="zh-CN" translate="no">{}</span>').format(value)


def instant_of_request() -> datetime:
    """When the request came in; the clock itself is read in one other place only."""
    instant: datetime = g.at
    return instant


def _each_time(write: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, kept from Jinja's constant folding, which would fix the first reader's language."""

    @pass_context
    def filtered(_context: Context, *values: Any, **options: Any) -> Any:
        return write(*values, **options)

    return filtered


def register(app: Flask, now: Callable[[], datetime] = instant_of_request) -> None:
    """Give the templates the filters; `now` tells the instant of the request."""

    def until(value: datetime | None, at: datetime | None = None) -> str:
        return deadline(value, at or now())

    def duty_until(value: datetime | None, at: datetime | None = None) -> str:
        return duty(value, at or now())

    def left(value: datetime, at: datetime | None = None) -> str:
        return remaining(value, at or now())

    def soon(value: datetime | None, days: int = 3) -> bool:
        return value is not None and value - now() < timedelta(days=days)

    filters = {
        "date": day,
        "datetime": moment,
        "clock": clock,
        "deadline": until,
        "duty": duty_until,
        "remaining": left,
        "span": span,
        "number": number,
        "money": money,
        "money_words": money_words,
        "people": people,
        "percent": percent,
        "filesize": filesize,
        "iso": iso,
        "as_written": as_written,
    }
    app.jinja_env.filters.update({name: _each_time(filter_) for name, filter_ in filters.items()})
    app.jinja_env.tests["soon"] = soon
