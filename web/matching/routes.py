"""The review of a need's matches: run, decide on each, settle, say that nothing fits, undo."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.audit.timeline import timeline
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy
from models.errors import DomainError
from models.matching import fitting as own
from models.matching import ledger, operations, queries
from models.matching.closing import closings
from models.matching.gap import GapCause, GapRemedy
from models.matching.page import ReviewPage
from models.matching.propose import SimilarNeed, similar_needs
from models.matching.recommending import ranks, recommended_for
from models.matching.review import Decision
from models.matching.run import Match, MatchRun
from models.needs.need import Need
from models.needs.queries import need as load_need
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.form import record_id
from web.guards import requires
from web.matching import closing, gap_sheet, marking, supposing, what_if, words
from web.matching.comparison import comparison
from web.matching.forms import ReviewForm, UnmetForm
from web.matching.what_if import WhatIfForm

bp = Blueprint("matching", __name__)


@bp.get("/needs/<uuid:need_id>/matching")
@requires(Permission.MATCH_VIEW, load=load_need)
def show(need: Need) -> tuple[str, int]:
    """A need, what the matcher found for it, and what it would find if the need were another."""
    supposed = what_if.asked(need)
    status = 200 if not supposed.is_asked or supposed.validate() else 422
    return page(need, run_id=record_id(request.args.get("run")), supposed=supposed), status


def page(
    need: Need,
    *,
    run_id: UUID | None = None,
    failed: Any = None,
    unmet: Any = None,
    supposed: WhatIfForm | None = None,
) -> str:
    """The review page; `failed` is (match id, form) of a decision that was refused."""
    found: ReviewPage = queries.review_page(g.db, need, g.act, run_id=run_id)
    supposed = supposed or what_if.asked(need)
    outcome = what_if.answer(found.run, supposed)
    wanted = {record_id(each) for each in request.args.getlist("compare")}
    recommended = recommended_for(g.db, need, g.act)
    return render_template(
        "matching/show.html",
        recommended=recommended,
        ranked_too=ranks(g.db, found.run.id if found.run else None, recommended),
        page=found,
        words=words,
        marking=marking,
        supposing=supposing,
        Decision=Decision,
        new_id=uuid4(),
        failed=failed,
        review_form=ReviewForm(formdata=None),
        unmet_form=unmet or UnmetForm(formdata=None),
        picked=wanted,
        supposed=supposed,
        outcome=outcome,
        places=found.places | (queries.places_in(g.db, outcome.told) if outcome else {}),
        alike=alike(need) if request.args.get("similar") else None,
        events=timeline(g.db, need, *[line.run for line in found.runs]),
        compared=comparison([each for each in found.shown if each.match.id in wanted], found.terms),
    )


def alike(need: Need) -> list[SimilarNeed]:
    """Open needs like this one."""
    return similar_needs(
        g.db,
        g.act,
        current_app.extensions["matching"],
        text=f"{need.title}\n{need.description}",
        unit_code=need.unit_code,
        term_codes=tuple(term.term_code for term in need.terms),
        exclude=need.id,
    )


@bp.post("/needs/<uuid:need_id>/matching/run")
@requires(Permission.MATCH_RUN, load=load_need)
def run(need: Need) -> Response:
    """Match against the catalogue of this moment."""
    with transaction(g.db):
        made: MatchRun = operations.run(
            g.db, need, g.act, current_app.extensions["matching"], id=record_id(request.form.get("id"))
        )
        size = made.catalogue_size
    flash(_("已与 %(size)d 项服务比较。请逐项审核。", size=size))
    return to_page(need)


@bp.post("/matches/<uuid:match_id>/review")
@requires(Permission.MATCH_REVIEW, load=queries.match)
def review(match: Match) -> Response | tuple[str, int]:
    """Accept, shortlist or reject one service."""
    form, need, status = ReviewForm(), match.run.need, 422
    if form.validate():
        try:
            with transaction(g.db):
                operations.review(
                    g.db,
                    match,
                    g.act,
                    decision=Decision(form.decision.data),
                    reason=form.chosen_reason,
                    words=form.words.data or "",
                    replaces=record_id(form.replaces.data),
                )
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            return to_page(need, match)
    return page(need, failed=(match.id, form)), status


@bp.post("/matches/<uuid:match_id>/withdraw")
@requires(Permission.MATCH_REVIEW, load=queries.match)
def withdraw(match: Match) -> Response:
    """Take a decision back."""
    with transaction(g.db):
        operations.withdraw(g.db, match, g.act, replaces=record_id(request.form.get("replaces")))
    flash(_("决定已撤销，可以重新审核。"))
    return to_page(match.run.need, match)


@bp.post("/needs/<uuid:need_id>/matching/conclude")
@requires(Permission.MATCH_REVIEW, load=load_need)
def conclude(need: Need) -> Response:
    """Settle on what was accepted, and tell those it concerns."""
    with transaction(g.db):
        operations.conclude(g.db, need, g.act)
    flash(_("匹配完成。已通知被采纳的机构和居委会。"))
    return to_page(need)


@bp.post("/needs/<uuid:need_id>/matching/unmet")
@requires(Permission.MATCH_REVIEW, load=load_need)
def declare_unmet(need: Need) -> Response | tuple[str, int]:
    """Say that nothing suitable exists."""
    form, status = UnmetForm(), 422
    if form.validate():
        try:
            with transaction(g.db):
                operations.declare_unmet(
                    g.db,
                    need,
                    g.act,
                    cause=GapCause(form.cause.data),
                    remedy=GapRemedy(form.remedy.data),
                    words=form.words.data or "",
                )
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            flash(_("已记入供给缺口，并通知了居委会。"))
            return to_page(need)
    return page(need, unmet=form), status


@bp.post("/needs/<uuid:need_id>/matching/reopen")
@requires(Permission.MATCH_REVIEW, load=load_need)
def reopen(need: Need) -> Response:
    """Undo the result, and begin again."""
    with transaction(g.db):
        operations.reopen(g.db, need, g.act)
    flash(_("已重新打开，可以继续审核或重新匹配。"))
    return to_page(need)


@bp.get("/gaps")
@requires(Permission.GAP_VIEW)
def gaps() -> str | Response:
    """What nobody can supply, by place and code."""
    domains = terms(g.db, Taxonomy.DOMAIN)
    streets = ledger.streets(g.db, g.act)
    wanted = ledger.Wanted(
        unit_code=asked.among("street", [unit.code for unit in streets]) or "",
        code=asked.among("domain", [domain.code for domain in domains]) or "",
        cause=asked.member("cause", GapCause),
        state=asked.among("state", ["open", "closed", "all"]) or "open",
    )
    sort, paging = asked.sort(("opened", "place", "code", "people"), "-opened"), asked.paging()
    listed = ledger.gaps(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("供给缺口"), gap_sheet.headings(), map(gap_sheet.row, listed.rows))
    return render_template(
        "matching/gaps.html",
        listed=listed,
        counts=ledger.gap_counts(g.db, g.act, wanted),
        wanted=wanted,
        sort=sort,
        paging=paging,
        streets=streets,
        domains=domains,
        causes=GapCause,
    )


@bp.get("/gaps/closing")
@requires(Permission.GAP_VIEW)
def gaps_closing() -> str | Response:
    """By street and code, what would close the open gaps."""
    rows = closings(g.db, g.act, ledger.Wanted())
    if asked.workbook():
        return respond(_("怎样补上缺口"), closing.headings(), closing.rows(rows))
    return render_template("matching/closing.html", rows=rows, closing=closing)


@bp.get("/fitting")
@requires(Permission.SERVICE_EDIT)
def fitting() -> str:
    """Needs that fit my organisation, and what keeps it from others."""
    found = own.fitting(g.db, g.act, current_app.extensions["matching"])
    return render_template("matching/fitting.html", page=found, words=words)


def to_page(need: Need, match: Match | None = None) -> Response:
    """Back to the review, at the service that was decided on."""
    anchor = f"match-{match.id}" if match is not None else None
    return redirect(url_for("matching.show", need_id=need.id, _anchor=anchor), 303)
