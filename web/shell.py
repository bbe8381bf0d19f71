"""What every page's frame knows: who I am, where I am, the places of my role."""

from dataclasses import dataclass, field
from importlib.metadata import version

from flask import Flask, g, request, url_for
from flask_babel import gettext as _

from models import outbox
from models.act import OFFICIALS, Role
from web.happened import happened
from web.i18n import language
from web.labels import label
from web.labels.catalogue import price_words, term_name, unit_words
from web.labels.parties import only_chinese, place_words, unit_name

VERSION = version("duijie")


@dataclass(frozen=True)
class Shell:
    """The frame around a page."""

    locale: str
    version: str
    nav: list[tuple[str, str, bool]] = field(default_factory=list)
    person_name: str | None = None
    place: str | None = None
    role_label: str | None = None
    inbox_count: int = 0
    roles: list[tuple[str, str]] = field(default_factory=list)


def places(role: Role | None) -> list[tuple[str, str]]:
    """The places of a role: (words, endpoint), five at most."""
    board, services, organisations = (
        (_("需求大厅"), "needs.board"),
        (_("服务目录"), "catalogue.list_"),
        (_("社会组织"), "parties.organisations"),
    )
    home = (_("我的首页"), "home.home")
    tenders, evaluations = (_("采购项目"), "tenders.list_"), (_("评估安排"), "evaluations.list_")
    if role == Role.COMMUNITY_WORKER:
        return [home, (_("我的需求"), "needs.mine"), (_("需求调研"), "assessments.list_"), board, services]
    plans = (_("服务计划"), "planning.list_")
    if role in OFFICIALS:
        return [
            home,
            (_("待办需求"), "handling.queue"),
            (_("区域概览"), "overview.show"),
            tenders,
            evaluations if role == Role.STREET_OFFICIAL else plans,
        ]
    if role == Role.ORGANISATION_STAFF:
        fitting, mine = (_("适合我们的需求"), "matching.fitting"), (_("我的服务"), "catalogue.mine")
        return [home, fitting, tenders, mine, board]
    if role == Role.ADMINISTRATOR:
        return [home, (_("人员与身份"), "people.list_"), board, services, organisations]
    if role in {Role.AUDITOR, Role.HUB}:
        watched = [home, (_("区域概览"), "overview.show"), (_("供给缺口"), "matching.gaps")]
        return [*watched, *([tenders, evaluations] if role == Role.AUDITOR else [board, services])]
    if role == Role.PANEL_MEMBER:
        return [home, (_("我的评审"), "marking.seats"), board, services, organisations]
    if role == Role.EVALUATOR:
        return [
            home,
            (_("我的评估"), "evaluations.list_"),
            (_("评估任务"), "assignments.list_"),
            (_("整改"), "rectifications.list_"),
            (_("居民评价"), "surveys.list_"),
        ]
    if role is not None:
        return [home, board, services, organisations]
    return [board, tenders, services, organisations]


def shell() -> Shell:
    """The frame for this request."""
    sign_in = g.get("sign_in")
    locale = language()
    role = g.act.actor.role if "act" in g else None
    nav = [(words, url_for(endpoint), request.endpoint == endpoint) for words, endpoint in places(role)]
    if sign_in is None:
        return Shell(locale=locale, version=VERSION, nav=nav)
    membership = sign_in.membership
    scope = None
    if membership is not None:
        scope = membership.unit or membership.organisation
    return Shell(
        locale=locale,
        version=VERSION,
        nav=nav,
        person_name=sign_in.person.name,
        place=scope.name if scope else None,
        role_label=label(role) if role else None,
        inbox_count=outbox.unread(g.db, g.act),
        roles=[
            (" · ".join((label(m.role), (m.unit or m.organisation).name)), str(m.id))
            for m in sign_in.person.memberships
            if m.is_open(g.at) and m.id != sign_in.membership_id
        ],
    )


def init_app(app: Flask) -> None:
    """Give every template its frame and the words for codes."""
    app.context_processor(lambda: {"shell": shell(), "label": label})
    app.jinja_env.globals.update(term_name=term_name, unit_name=unit_name, happened=happened)
    app.jinja_env.globals.update(place_words=place_words, only_chinese=only_chinese)
    app.jinja_env.globals.update(price_words=price_words, unit_words=unit_words)
