"""A list of needs as a workbook: exactly what the list shows, a row a need."""

from collections.abc import Iterable

from flask import Response, g
from flask_babel import gettext as _
from flask_babel import ngettext

from models.needs.lifecycle import phase_at
from models.needs.need import Need
from models.needs.raiser import Raiser
from web.exchange.workbook import respond
from web.labels import label
from web.labels.catalogue import term_name
from web.needs.words import phase_words


def answer(name: str, needs: Iterable[Need]) -> Response:
    """The download."""
    columns = [
        (_("编号"), "reference"),
        (_("需求"), "title"),
        (_("居民区"), "place"),
        (_("街道"), "street"),
        (_("阶段"), "phase"),
        (_("服务类别"), "services"),
        (_("人群"), "groups"),
        (_("人数"), "people"),
        (_("预算（元）"), "budget"),
        (_("合作方式"), "engagement"),
        (_("开始"), "starts_on"),
        (_("结束"), "ends_on"),
        (_("谁提出的"), "raised_by"),
        (_("说明"), "description"),
    ]
    return respond(name, columns, (row(need) for need in needs))


def raiser_words(each: Raiser) -> str:
    """A group with what it covers."""
    facts = [f"{label(each.kind)} {each.name}", each.covers]
    if each.households:
        facts.append(ngettext("%(num)d 户", "%(num)d 户", each.households))
    return " · ".join(filter(None, facts))


def row(need: Need) -> dict[str, object]:
    """One need as a row."""
    return {
        "reference": need.reference,
        "title": need.heading,
        "place": need.unit.name,
        "street": need.unit.parent.name if need.unit.parent else None,
        "phase": phase_words(need, phase_at(need, g.at)),
        "services": [term_name(t.term) for t in need.terms if not t.is_group],
        "groups": [term_name(t.term) for t in need.terms if t.is_group],
        "people": need.affected_people,
        "budget": need.budget,
        "engagement": need.engagement,
        "starts_on": need.starts_on,
        "ends_on": need.ends_on,
        "raised_by": [raiser_words(each) for each in need.raisers],
        "description": need.description,
    }
