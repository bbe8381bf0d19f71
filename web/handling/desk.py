"""One need on the desk: its page with all forms, of which one may have been refused."""

from dataclasses import replace
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _

from models.access.permissions import Permission
from models.access.policy import can
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.errors import Invalid
from models.matching.neighbours import Likeness, likeness
from models.needs.details import IndicatorCode
from models.needs.engagement import propose_engagement
from models.needs.handling import MERGE_TARGETS
from models.needs.handling_page import HandlingPage, handling_page, merge_targets
from models.needs.lifecycle import phase_at
from models.needs.need import Need
from web import asked
from web.deliberations.routes import TONES
from web.handling.comparing import compared
from web.handling.forms import MergeForm, ReturnForm, RouteForm, SettleForm, StandardForm, named
from web.labels import label, sentence
from web.labels.catalogue import term_name
from web.needs.proposals import Offer, offer


def show(need: Need, refused: Any = None) -> str:
    """The page; a form that was refused takes the place of the fresh one and is open."""
    like = likeness(g.db, need, g.act)
    page = _completed(handling_page(g.db, need, g.act), like)
    proposals = _offer(need)
    forms = {
        "standard": standard_form(need, page, proposals),
        "return": ReturnForm(formdata=None, data=_current(need)),
        "merge": MergeForm(formdata=None, targets=targets(need, proposals), data=_current(need)),
        "route": RouteForm(formdata=None, routes=terms(g.db, Taxonomy.ROUTE), data=_routed(need, proposals)),
        "settle": SettleForm(formdata=None, data=_current(need)),
    }
    opened = "standard"
    if refused is not None:
        opened = next(name for name, form in forms.items() if type(form) is type(refused))
        forms[opened] = refused
        if opened == "standard":
            offer_choices(refused, proposals)
    if request.args.get("merge") is not None:
        opened = "merge"
    return render_template(
        "handling/show.html",
        page=page,
        need=page.need,
        offer=proposals,
        compared=compared(like),
        forms=forms,
        opened=opened,
        targets={str(each.id): each for each in targets(need, proposals)},
        searched=asked.words("merge"),
        refusal=sentence(Invalid(page.refusal)) if page.refusal else None,
        names=lambda codes: [label(code) for code in codes],
        meeting_tones=TONES,
    )


def standard_form(
    need: Need, page: HandlingPage | None = None, proposals: Offer | None = None
) -> StandardForm:
    """The standard form: filled with what the need says when it is fresh, with what was sent otherwise."""
    services, groups = terms(g.db, Taxonomy.SERVICE), terms(g.db, Taxonomy.BENEFICIARY)
    if page is None or proposals is None:
        return StandardForm(codes=services, groups=groups)
    notes = {row.code: row.note for row in need.indicators}
    data: dict[str, Any] = _current(need) | {
        "title": need.heading,
        "codes": [row.term_code for row in need.terms if not row.is_group],
        "groups": [row.term_code for row in need.terms if row.is_group],
        "affected_people": need.affected_people,
        "engagement": need.engagement or _wanted_form(need),
    }
    for code in IndicatorCode:
        value = page.values.get(code)
        data[named(code)] = "" if value is None else str(value)
        data[f"note_{named(code)}"] = notes.get(code, "")
    form = StandardForm(codes=services, groups=groups, formdata=None, data=data)
    offer_choices(form, proposals)
    return form


def offer_choices(form: StandardForm, proposals: Offer) -> None:
    """Offer what the need has, what its words suggest, and what was ticked."""
    form.codes.choices = _choices(form.codes.data, [one.term for one in proposals.codes])
    form.groups.choices = _choices(form.groups.data, [one.term for one in proposals.groups])


def targets(need: Need, proposals: Offer) -> list[Need]:
    """Needs to merge into: found by the words that were typed, or else the similar ones."""
    words = asked.words("merge")
    found = merge_targets(g.db, need, g.act, words)
    if words:
        return found
    alike = [g.db.get(Need, one.id) for one in proposals.similar]
    near = [
        each
        for each in alike
        if each is not None
        and each.id != need.id
        and can(g.act, Permission.NEED_STANDARDISE, each)
        and phase_at(each, g.at) in MERGE_TARGETS
    ]
    return list(dict.fromkeys([*near, *found]))


def merge_form(need: Need) -> MergeForm:
    """The merge form as it was sent; any open need may be its target, not only those now offered."""
    form = MergeForm(targets=targets(need, _offer(need)))
    form.into.validate_choice = False
    return form


def _completed(page: HandlingPage, like: Likeness) -> HandlingPage:
    """The page with N4 as the neighbourhoods of the type propose it; what an official set stays."""
    if like.value is None:
        return page
    follows = {IndicatorCode.N4: like.value}
    return replace(page, proposed=page.proposed | follows, values=follows | page.values)


def _wanted_form(need: Need) -> str:
    """The form of taking part that the need's words speak of, where nobody has said it yet."""
    codes = [row.term_code for row in need.terms if not row.is_group]
    found = propose_engagement(f"{need.title} {need.description}", codes)
    return found.engagement if found else ""


def _offer(need: Need) -> Offer:
    text = f"{need.title} {need.description}"
    codes = [row.term_code for row in need.terms if not row.is_group]
    groups = [row.term_code for row in need.terms if row.is_group]
    return offer(text, need.unit_code, codes, groups, exclude=need.id)


def _choices(ticked: list[str] | None, proposed: list[TaxonomyTerm]) -> list[tuple[str, str]]:
    known = {term.code: term for term in proposed}
    for code in ticked or []:
        term = known.get(code) or g.db.get(TaxonomyTerm, code)
        if term is not None:
            known[code] = term
    return [
        (code, _("%(name)s（%(code)s）", name=term_name(term), code=code)) for code, term in known.items()
    ]


def _current(need: Need) -> dict[str, Any]:
    return {"revision": str(need.revision)}


def _routed(need: Need, proposals: Offer) -> dict[str, Any]:
    """The route the words suggest, picked beforehand."""
    hint = proposals.routes[0].code if proposals.routes else ""
    return _current(need) | {"route_code": hint}
