"""Between a need and the pages of its form: what is filled in already, and what comes back."""

from datetime import date

from flask import g
from flask_babel import gettext as _
from wtforms import SelectChoice, SelectField

from models.calendar.clocks import local_date
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.needs import operations, parts
from models.needs.assessment import Assessment
from models.needs.assessment_queries import in_force
from models.needs.details import EvidenceKind, FundingSource, ResourceKind
from models.needs.engagement import ProposedEngagement, propose_engagement
from models.needs.mine import neighbourhoods
from models.needs.need import Engagement, Need
from models.needs.raiser import RaiserKind
from models.needs.raising import Group, own_raiser, set_raiser
from models.parties.unit import AdministrativeUnit
from web.form import revision
from web.labels.catalogue import term_name
from web.needs.forms import SINCE, TICKED, WhatForm, WhenForm, WhoForm
from web.needs.words import last_day, month_of, month_words, months

AHEAD = 25
"""How many months ahead a need can be planned."""


def what_form(need: Need | None) -> WhatForm:
    """Page 1 with what is known."""
    form = WhatForm(
        data={
            "id": str(need.id) if need else None,
            "revision": need.revision if need else "",
            "unit_code": need.unit_code if need else None,
            "description": need.description if need else "",
            "title": need.title if need else "",
            "codes": codes_of(need) if need else [],
            "groups": groups_of(need) if need else [],
        }
    )
    services = terms(g.db, Taxonomy.SERVICE)
    form.codes.choices = as_choices(services)
    form.groups.choices = [
        SelectChoice(term.code, term_name(term)) for term in terms(g.db, Taxonomy.BENEFICIARY)
    ]
    form.other_code.choices = by_domain(services)
    return form


def as_choices(found: list[TaxonomyTerm]) -> list[SelectChoice]:
    """Terms as boxes to tick."""
    return [SelectChoice(term.code, term_name(term)) for term in found]


def by_domain(services: list[TaxonomyTerm]) -> list[SelectChoice]:
    """The services as options under their domains."""
    names = {domain.code: term_name(domain) for domain in terms(g.db, Taxonomy.DOMAIN)}
    found = [SelectChoice(t.code, term_name(t), optgroup=names[t.parent_code or ""]) for t in services]
    return [SelectChoice("", _("不用再加")), *found]


def offer_units(form: WhatForm) -> list[AdministrativeUnit]:
    """The neighbourhoods one may write for; with only one there is nothing to pick."""
    units = neighbourhoods(g.db, g.act)
    offered = [
        SelectChoice(unit.code, unit.name, optgroup=unit.parent.name if unit.parent else None)
        for unit in units
    ]
    # Nobody files a need under the first of a hundred by mistake.
    form.unit_code.choices = [SelectChoice("", _("请选择")), *offered]
    return units


def save_what(need: Need, form: WhatForm) -> None:
    """Page 1 into the need; `revision` is empty where the page made the need itself."""
    operations.edit(
        g.db,
        need,
        g.act,
        revision=revision(form.revision.data) if form.revision.data else None,
        description=form.description.data or "",
        title=form.title.data or "",
    )
    chosen = [*(form.codes.data or []), *([form.other_code.data] if form.other_code.data else [])]
    parts.set_terms(g.db, need, g.act, codes=chosen, groups=form.groups.data or [])
    if form.file.data:
        content = form.file.data.read()
        parts.attach(g.db, need, g.act, name=form.file.data.filename or "", content=content)


def who_form(need: Need) -> WhoForm:
    """Page 2 with what is known; the assessment in force is proposed the first time."""
    held = {row.kind: row for row in need.evidence if row.file_id is None}
    fresh = need.severity is None and not held
    raiser = own_raiser(need)
    values = {
        "revision": need.revision,
        "raiser_kind": raiser.kind if raiser else "",
        "raiser_name": raiser.name if raiser else "",
        "raiser_covers": raiser.covers if raiser else "",
        "raiser_households": raiser.households if raiser else None,
        "groups": groups_of(need),
        "affected_people": need.affected_people,
        "severity": None if need.severity is None else str(need.severity),
        "urgency": None if need.urgency is None else str(need.urgency),
        "since": since_choice(need.since),
        "assessment": need.assessment_id is not None or (fresh and proposed_assessment(need) is not None),
        "evidence": [kind.value for kind in held if kind in TICKED],
        "existing_supply": need.existing_supply,
        "resources": [row.kind.value for row in need.resources],
    }
    values |= {f"count_{kind}": row.count for kind, row in held.items()}
    values |= {f"words_{row.kind}": row.words for row in need.resources}
    form = WhoForm(data=values)
    form.groups.choices = [
        SelectChoice(term.code, term_name(term)) for term in terms(g.db, Taxonomy.BENEFICIARY)
    ]
    return form


def proposed_assessment(need: Need) -> Assessment | None:
    """The assessment the need stands on, or the one in force for its place."""
    return need.assessment or in_force(g.db, need.unit_code, g.at)


def save_who(need: Need, form: WhoForm) -> None:
    """Page 2 into the need."""
    assessment = proposed_assessment(need) if form.assessment.data else None
    operations.edit(
        g.db,
        need,
        g.act,
        revision=revision(form.revision.data),
        affected_people=form.affected_people.data,
        severity=_digit(form.severity.data),
        urgency=_digit(form.urgency.data),
        since=since_day(form.since.data, need.since),
        existing_supply=form.existing_supply.data or "",
        assessment_id=assessment.id if assessment else None,
    )
    parts.set_terms(g.db, need, g.act, groups=form.groups.data or [])
    set_raiser(g.db, need, g.act, group=_raiser(form))
    held = {row.kind: row for row in need.evidence if row.file_id is None}
    sources = []
    for kind in (EvidenceKind(value) for value in form.evidence.data or []):
        told = held.get(kind)
        words, seen_on = (told.words, told.seen_on) if told else ("", None)
        sources.append(parts.Source(kind, words, form[f"count_{kind}"].data, seen_on))
    parts.set_evidence(g.db, need, g.act, sources=sources)
    chosen = [ResourceKind(value) for value in form.resources.data or []]
    told_words = {kind: form[f"words_{kind}"].data or "" for kind in chosen}
    parts.set_resources(g.db, need, g.act, resources=told_words)


def _raiser(form: WhoForm) -> Group | None:
    """The group that was named; none where the committee speaks for itself."""
    if not form.raiser_kind.data:
        return None
    name, covers = form.raiser_name.data or "", form.raiser_covers.data or ""
    return Group(RaiserKind(form.raiser_kind.data), name, covers, form.raiser_households.data)


def when_form(need: Need) -> WhenForm:
    """Page 3 with what is known."""
    proposed = proposed_engagement(need)
    form = WhenForm(
        data={
            "revision": need.revision,
            "starts": f"{need.starts_on:%Y-%m}" if need.starts_on else "",
            "ends": f"{need.ends_on:%Y-%m}" if need.ends_on else "",
            "budget": need.budget,
            "engagement": need.engagement or (proposed.engagement if proposed else ""),
            "budget_unknown": need.budget is None and need.starts_on is not None,
            "funding": [row.source.value for row in need.funding],
        }
    )
    _offer_months(form.starts, need.starts_on)
    _offer_months(form.ends, need.ends_on)
    return form


def proposed_engagement(need: Need) -> ProposedEngagement | None:
    """The form of taking part that the need's own words speak of, until somebody has answered page 3."""
    if need.engagement or need.funding or need.starts_on:
        return None
    return propose_engagement(f"{need.title} {need.description}", codes_of(need))


def save_when(need: Need, form: WhenForm) -> None:
    """Page 3 into the need."""
    first, last = month_of(form.starts.data), month_of(form.ends.data)
    kept = need.starts_on if need.starts_on and first == need.starts_on.replace(day=1) else first
    ends = need.ends_on if need.ends_on and last == need.ends_on.replace(day=1) else last and last_day(last)
    operations.edit(
        g.db,
        need,
        g.act,
        revision=revision(form.revision.data),
        starts_on=kept,
        ends_on=ends,
        budget=form.budget.data,
        engagement=Engagement(form.engagement.data) if form.engagement.data else None,
    )
    amounts = {row.source: row.amount for row in need.funding}
    chosen = [FundingSource(value) for value in form.funding.data or []]
    parts.set_funding(g.db, need, g.act, funding={source: amounts.get(source) for source in chosen})


def codes_of(need: Need) -> list[str]:
    """The need's service codes."""
    return [row.term_code for row in need.terms if not row.is_group]


def groups_of(need: Need) -> list[str]:
    """The need's groups."""
    return [row.term_code for row in need.terms if row.is_group]


def since_choice(day: date | None) -> str | None:
    """Which answer a day belongs to."""
    if day is None:
        return None
    today = local_date(g.at)
    ago = (today.year - day.year) * 12 + today.month - day.month
    return next((key for key, months_ago in SINCE.items() if ago <= months_ago * 1.5), "120")


def since_day(choice: str | None, held: date | None) -> date | None:
    """The day an answer means; a day that already means it stays."""
    if not choice:
        return None
    if since_choice(held) == choice:
        return held
    today = local_date(g.at)
    whole = today.year * 12 + today.month - 1 - SINCE[choice]
    return date(whole // 12, whole % 12 + 1, 1)


def _offer_months(field: SelectField, held: date | None) -> None:
    offered = list(months(local_date(g.at).replace(day=1), AHEAD))
    if held is not None and held.replace(day=1) not in offered:
        offered = sorted([held.replace(day=1), *offered])
    months_ = [SelectChoice(f"{month:%Y-%m}", month_words(month)) for month in offered]
    field.choices = [SelectChoice("", _("还没有定")), *months_]


def _digit(value: str | None) -> int | None:
    return int(value) if value else None
