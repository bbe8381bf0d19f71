"""What templates of needs may ask, and what a reader can do with a need."""

from collections.abc import Mapping
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Role
from models.matching.recommending import OPEN
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from models.needs.page import NeedPage
from models.needs.priority import priority_of
from models.tenders.writing import READY, holder
from models.volunteers.calling import may_call
from web.happened import happened
from web.labels import label
from web.labels.catalogue import term_name
from web.labels.needs import COUNTED_IN, SEVERITY, URGENCY
from web.needs import words
from web.needs.blueprint import bp

HANDLED = frozenset({NeedPhase.SUBMITTED, NeedPhase.DELIBERATING})
MATCHING = frozenset({NeedPhase.STANDARDISED, NeedPhase.MATCHED, NeedPhase.UNMET})


@bp.app_context_processor
def _words() -> Mapping[str, Any]:
    """Words about needs, for every template that speaks of one."""
    return {
        "COUNTED_IN": COUNTED_IN,
        "SEVERITY": SEVERITY,
        "URGENCY": URGENCY,
        "month_words": words.month_words,
        "period": words.period,
        "phase_of": phase_of,
        "phase_words": words.phase_words,
        "tone": words.tone,
        "what_next": words.what_next,
    }


@bp.context_processor
def _page() -> Mapping[str, Any]:
    """What only the pages of needs ask."""
    return {
        "can_do": can_do,
        "happened": happened,
        "names": lambda codes: [label(code) for code in codes],
        "priority_of": priority_of,
        "services_of": services_of,
    }


def phase_of(need: Need) -> NeedPhase:
    """The phase at the instant of the request."""
    return phase_at(need, g.at)


def services_of(need: Need) -> str:
    """The names of the services a need asks for."""
    return _("、").join(term_name(row.term) for row in need.terms if not row.is_group)


def can_do(page: NeedPage, copy_id: str) -> list[dict[str, Any]]:
    """The reader's actions, the main one first; what cannot be done yet says why."""
    need, found = page.need, []
    if page.may_submit:
        found.append(_link(_("继续填写"), "needs.what", need, style="primary"))
        if page.lacks:
            found.append({"label": _("提交"), "reason": _("还差 %(count)s 项没有填", count=len(page.lacks))})
        else:
            found.append(_link(_("看一遍并提交"), "needs.check", need))
    if page.phase in HANDLED and can(g.act, P.NEED_STANDARDISE, need):
        found.append(_link(_("去处理"), "handling.show", need, style="primary"))
    if page.phase in HANDLED | MATCHING and can(g.act, P.DELIBERATION_RECORD, need):
        found.append(_link(_("公示一次会议"), "deliberations.announce", need))
        found.append(_link(_("补录纸面记录"), "deliberations.paper", need))
    if page.phase in MATCHING and can(g.act, P.MATCH_VIEW, need):
        found.append(_link(_("看推荐的服务"), "matching.show", need, style="primary"))
    if page.phase in OPEN and can(g.act, P.MATCH_RECOMMEND, need):
        found.append(_link(_("推荐一项服务"), "recommending.page", need, style="primary"))
    if page.phase in READY and can(g.act, P.TENDER_WRITE, need) and holder(g.db, need.id) is None:
        found.append({"label": _("为它起草采购项目"), "url": url_for("tenders.new", need=need.id)})
    if page.phase is NeedPhase.STANDARDISED and g.act.actor.role is Role.ORGANISATION_STAFF:
        found.append({"label": _("看看适合我们的需求"), "url": url_for("matching.fitting")})
    if may_call(need, g.act):
        found.append(_link(_("招募志愿者"), "volunteers.for_need", need))
    if page.may_copy and page.phase is not NeedPhase.DRAFT:
        found.append(_post(_("照这份再写一份"), "needs.copy", need, fields={"id": copy_id}))
    if page.may_withdraw:
        asked = _("撤回后不能恢复，要重新写。确定撤回吗？")
        found.append(_post(_("撤回"), "needs.withdraw", need, style="danger", confirm=asked))
    return found


def _link(words_: str, endpoint: str, need: Need, *, style: str = "secondary") -> dict[str, Any]:
    return {"label": words_, "url": url_for(endpoint, need_id=need.id), "style": style}


def _post(words_: str, endpoint: str, need: Need, **more: Any) -> dict[str, Any]:
    return {"label": words_, "url": url_for(endpoint, need_id=need.id), "method": "post", **more}
