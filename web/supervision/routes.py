"""Supervision of evaluators, for officials and auditors; each agency reads its own figures."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.act import Role
from models.agencies import queries
from models.agencies.agency import Agency
from models.audit.timeline import timeline
from models.calendar.clocks import local_date
from models.parties.unit import AdministrativeUnit
from models.supervision import queries as own
from models.supervision import sampling
from models.supervision.choosing import commitment
from models.supervision.figures import Gap
from models.supervision.overview import AgencyRow, of_agency, overview
from models.supervision.sample import RescoreSample
from web import asked
from web.contracts.deed import press
from web.exchange.workbook import respond
from web.guards import requires
from web.supervision import words

bp = Blueprint("supervision", __name__, url_prefix="/supervision")


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@bp.get("")
@requires(P.AGENCY_VIEW)
def show() -> str | Response:
    """All evaluators of my area; an evaluator is led to its own agency."""
    if g.act.actor.role is Role.EVALUATOR:
        return redirect(url_for(".agency", agency_id=g.act.actor.organisation_id), 303)
    found = overview(g.db, g.act)
    if asked.workbook():
        return respond(_("评估监督"), _headings(), map(_row, found.rows))
    waiting = sampling.waiting(g.db, g.act.actor.unit_code or "-", g.act)
    may = own.may_choose(g.db, g.act)
    return render_template("supervision/show.html", page=found, waiting=len(waiting), may=may)


@bp.get("/gaps")
@requires(P.AGENCY_VIEW)
def gaps() -> str | Response:
    """Finals that were marked twice, the widest gap first."""
    found = overview(g.db, g.act).gaps
    if asked.workbook():
        return respond(_("复评差距"), _gap_headings(), map(_gap_row, found))
    return render_template("supervision/gaps.html", gaps=found)


@bp.get("/<uuid:agency_id>")
@requires(P.AGENCY_VIEW, load=queries.agency)
def agency(agency: Agency) -> str:
    """One agency: agreement, leniency, drift, gaps, and what others think of it."""
    row, found = of_agency(g.db, agency, g.act)
    return render_template("supervision/agency.html", agency=agency, row=row, gaps=found)


@bp.post("/samples")
@requires(P.SAMPLE_CHOOSE)
def choose() -> Response:
    """List the finals that came in, and order second sheets of those the seed chooses."""
    unit = g.db.get_one(AdministrativeUnit, g.act.actor.unit_code)
    return press(
        lambda: sampling.choose(g.db, unit, g.act),
        done=_("已列入名单，抽中的由第二家机构复评。"),
        to=url_for(".show"),
    )


@bp.get("/samples/<uuid:sample_id>")
@requires(P.AGENCY_VIEW, load=own.sample)
def sample(sample: RescoreSample) -> str:
    """A half year's choice; its seed is shown when the half year is over."""
    return render_template(
        "supervision/sample.html",
        sample=sample,
        commitment=commitment(sample.seed),
        is_over=local_date(g.at) >= sample.ends_on,
        seconds=own.second_draws(g.db, sample),
        events=timeline(g.db, sample),
    )


def _headings() -> list[tuple[str, str]]:
    return [
        (_("机构"), "name"),
        (_("终期评估"), "finals"),
        (_("一致程度（加权 kappa）"), "agreement"),
        (_("一致程度的项数"), "agreement_n"),
        (_("比复评高多少分"), "second"),
        (_("复评份数"), "second_n"),
        (_("比其他机构高多少分"), "others"),
        (_("差距过大"), "gaps"),
        (_("他人评价（5 分）"), "ratings"),
        (_("评价份数"), "ratings_n"),
    ]


def _row(row: AgencyRow) -> dict[str, Any]:
    found = row.figures
    return {
        "name": found.agency.organisation.name,
        "finals": found.finals,
        "agreement": words.kappa(found.agreement),
        "agreement_n": found.agreement.n,
        "second": words.points(found.against_second),
        "second_n": found.against_second.n,
        "others": words.points(found.against_others),
        "gaps": found.gaps,
        "ratings": row.ratings.points if row.ratings else None,
        "ratings_n": row.ratings.count if row.ratings else None,
    }


def _gap_headings() -> list[tuple[str, str]]:
    return [
        (_("评估编号"), "reference"),
        (_("项目名称"), "title"),
        (_("评估机构"), "first_agency"),
        (_("第一次评分"), "first"),
        (_("复评评分"), "second"),
        (_("差距"), "gap"),
        (_("复评怎么来的"), "origin"),
        (_("状态"), "state"),
    ]


def _gap_row(gap: Gap) -> dict[str, Any]:
    evaluation = gap.twice.first.evaluation
    given = evaluation.assignment
    return {
        "reference": evaluation.reference,
        "title": evaluation.contract.award.lot.tender.title,
        "first_agency": given.agency.organisation.name if given else "",
        "first": gap.twice.first.score,
        "second": gap.twice.second,
        "gap": abs(gap.twice.difference),
        "origin": gap.twice.rescore.origin,
        "state": words.gap(gap)[0],
    }
