"""The lists' questions in the address: read with care, and offered as options of a sentence."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.calendar.clocks import local_date
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.needs.board import OPEN_PHASES, BoardFilter
from models.needs.need import Engagement, NeedPhase
from models.parties.unit import AdministrativeUnit, UnitKind
from web.form import tidy
from web.format import money_words, number
from web.labels import label
from web.labels.catalogue import term_name
from web.needs.words import month_of, month_words, months

Options = list[tuple[str, str]]
Args = Mapping[str, str]

MONEY_STEPS = (10_000, 30_000, 100_000, 300_000)
FILTERS = ("street", "place", "code", "group", "phase", "budget", "engagement", "month", "q")
ALL, OPEN = "all", "open"
PUBLIC_PHASES = tuple(phase for phase in NeedPhase if phase not in {NeedPhase.DRAFT, NeedPhase.SUBMITTED})


def board_filter(args: Args) -> BoardFilter:
    """What the address asks for; what makes no sense asks for nothing."""
    least, most = budget(args.get("budget"))
    place = tidy(args.get("place")) or ""
    street = tidy(args.get("street")) or ""
    return BoardFilter(
        unit_code=place if place.startswith(street) and place else street,
        code=tidy(args.get("code")) or "",
        group=tidy(args.get("group")) or "",
        phases=phases(args.get("phase"), usual=OPEN_PHASES),
        least_budget=least,
        most_budget=most,
        engagement=engagement(args.get("engagement")),
        month=month_of(args.get("month")),
        words=tidy(args.get("q")) or "",
    )


def is_filtered(args: Args) -> bool:
    """Whether anything is asked for."""
    return any(args.get(name) for name in FILTERS)


def phases(asked: str | None, *, usual: Collection[NeedPhase] | None) -> Collection[NeedPhase] | None:
    """The phases meant: one of them, all of them, or the usual ones."""
    if asked == ALL:
        return None
    return {NeedPhase(asked)} if asked in set(NeedPhase) else usual


def engagement(asked: str | None) -> Engagement | None:
    """The form of taking part that is meant."""
    return Engagement(asked) if asked in set(Engagement) else None


def budget(asked: str | None) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most of a range such as 10000-30000."""
    low, _dash, high = (asked or "").partition("-")
    return tuple(Decimal(part) if part.isdecimal() and len(part) < 12 else None for part in (low, high))  # type: ignore[return-value] # two parts, two bounds


def board_options(session: Session, wanted: BoardFilter) -> dict[str, Options]:
    """What each part of the board's sentence offers."""
    units = session.scalars(
        select(AdministrativeUnit)
        .where(AdministrativeUnit.kind.in_([UnitKind.STREET, UnitKind.NEIGHBOURHOOD]))
        .order_by(AdministrativeUnit.code)
    ).all()
    street = wanted.unit_code[:9]
    return {
        "street": [("", _("全区")), *((u.code, u.name) for u in units if u.kind is UnitKind.STREET)],
        "place": [
            ("", _("所有居民区")),
            *((u.code, u.name) for u in units if len(street) == 9 and u.parent_code == street),
        ],
        "code": [("", _("任何服务")), *services(session)],
        "group": [("", _("所有人群")), *named(terms(session, Taxonomy.BENEFICIARY))],
        "phase": [
            ("", _("还没结束")),
            *((phase.value, label(phase)) for phase in PUBLIC_PHASES),
            (ALL, _("所有阶段")),
        ],
        "budget": [("", _("不限")), *budgets()],
        "engagement": [("", _("任何合作方式")), *((each.value, label(each)) for each in Engagement)],
        "month": [("", _("任何时候")), *upcoming(local_date(g.at))],
    }


def services(session: Session) -> Options:
    """Each domain as a whole, then its services."""
    by_domain: dict[str, list[TaxonomyTerm]] = {}
    for term in terms(session, Taxonomy.SERVICE):
        by_domain.setdefault(term.parent_code or "", []).append(term)
    found: Options = []
    for domain in terms(session, Taxonomy.DOMAIN):
        found.append((domain.code, _("%(domain)s（全部）", domain=term_name(domain))))
        found += [(term.code, f"　{term_name(term)}") for term in by_domain.get(domain.code, [])]
    return found


def named(found: list[TaxonomyTerm]) -> Options:
    """Terms as options."""
    return [(term.code, term_name(term)) for term in found]


def budgets() -> Options:
    """Ranges of money."""
    steps = [Decimal(step) for step in MONEY_STEPS]
    words = [money_words(step) for step in steps]
    ranges = [(f"0-{steps[0]}", _("%(most)s以内", most=words[0]))]
    for index in range(len(steps) - 1):
        between = _("%(least)s到%(most)s", least=words[index], most=words[index + 1])
        ranges.append((f"{steps[index]}-{steps[index + 1]}", between))
    return [*ranges, (f"{steps[-1]}-", _("%(least)s以上", least=words[-1]))]


def upcoming(today: date) -> Options:
    """The months ahead."""
    return [(f"{month:%Y-%m}", month_words(month)) for month in months(today.replace(day=1), 18)]


def phase_options(counts: Mapping[NeedPhase, int]) -> Options:
    """Phases with how many there are of each."""
    everything = _("所有阶段（%(count)s）", count=number(sum(counts.values())))
    return [("", everything), *((p.value, f"{label(p)} {counts[p]}") for p in NeedPhase if counts.get(p))]
