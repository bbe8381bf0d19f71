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
    """What a role needs every week, as (words, endpoint): eight at most, the rest is on its home page."""
    home, board, services = (
        (_("我的首页"), "home.home"),
        (_("需求大厅"), "needs.board"),
        (_("服务目录"), "catalogue.list_"),
    )
    organisations, overview = (_("社会组织"), "parties.organisations"), (_("区域概览"), "overview.show")
    tenders, contracts = (_("采购项目"), "tenders.list_"), (_("合同"), "contracts.list_")
    evaluations, rectifications = (_("评估安排"), "evaluations.list_"), (_("整改"), "rectifications.list_")
    surveys = (_("居民评价"), "surveys.list_")
    if role == Role.COMMUNITY_WORKER:
        mine = [(_("我的需求"), "needs.mine"), (_("需求调研"), "assessments.list_")]
        return [home, *mine, surveys, rectifications, (_("互评"), "ratings.list_"), board, services]
    if role in OFFICIALS:
        queue, agenda = (_("待办需求"), "handling.queue"), (_("期限日历"), "agenda.show")
        plans = [] if role == Role.STREET_OFFICIAL else [(_("服务计划"), "planning.list_")]
        return [home, queue, overview, *plans, tenders, contracts, evaluations, agenda]
    if role == Role.ORGANISATION_STAFF:
        fitting, mine_ = (_("适合我们的需求"), "matching.fitting"), (_("我的服务"), "catalogue.mine")
        return [home, fitting, tenders, mine_, contracts, evaluations, board]
    if role == Role.ADMINISTRATOR:
        return [home, (_("人员与身份"), "people.list_"), board, services, organisations]
    if role in {Role.AUDITOR, Role.HUB}:
        watched = [home, overview, (_("供给缺口"), "matching.gaps")]
        audited = [tenders, contracts, evaluations, rectifications]
        return [*watched, *(audited if role == Role.AUDITOR else [board, services])]
    if role == Role.PANEL_MEMBER:
        return [home, (_("我的评审"), "marking.seats"), board, services, organisations]
    if role == Role.EVALUATOR:
        assignments = (_("评估任务"), "assignments.list_")
        return [home, assignments, evaluations, rectifications, surveys, board, services]
    if role is not None:
        return [home, board, services, organisations]
    results, volunteers = (_("评估结果"), "evaluations.results"), (_("志愿者招募"), "volunteers.list_")
    return [board, tenders, results, services, organisations, volunteers]


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
