"""The list of evaluation agencies, and one agency's entry."""

from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.agencies import keeping, queries
from models.agencies.agency import Agency, QualificationKind
from models.agencies.ground import Ground
from models.agencies.queries import Wanted
from models.agencies.tie import AgencyTie
from models.audit.timeline import timeline
from models.calendar.clocks import local_date
from models.errors import NotFound
from models.paging import EVERYTHING
from models.parties import queries as parties
from models.parties.unit import AdministrativeUnit
from web import asked
from web.agencies import words
from web.agencies.blueprint import bp
from web.agencies.forms import AboutForm, EndForm, NewAgencyForm, QualificationForm, TieForm
from web.contracts.deed import Answer, carry_out, press
from web.exchange.workbook import respond
from web.form import record_id
from web.guards import requires
from web.labels import label

STATES = {"left": True}


@bp.get("/agencies")
@requires(P.AGENCY_VIEW)
def list_() -> str | Response:
    """The agencies of my area."""
    state = asked.among("state", STATES)
    wanted, paging = Wanted(asked.words(), has_left=state == "left"), asked.paging()
    listed = queries.agencies(g.db, g.act, wanted, paging=paging)
    resting = queries.suspended(g.db, g.at, [each.organisation_id for each in listed.rows])
    if asked.workbook():
        rows = (_row(each, is_suspended=each.organisation_id in resting) for each in listed.rows)
        return respond(_("评估机构名单"), _headings(), rows)
    return render_template(
        "agencies/list.html", listed=listed, resting=resting, wanted=wanted, state=state, paging=paging
    )


@bp.route("/agencies/new", methods=["GET", "POST"])
@requires(P.AGENCY_MANAGE)
def new() -> Answer:
    """Take an organisation onto the list."""
    form = NewAgencyForm().offer(queries.candidates(g.db, g.act))

    def verb() -> Agency:
        unit = g.db.get_one(AdministrativeUnit, g.act.actor.unit_code)
        key = _chosen(form.organisation_id.data)
        return keeping.add(g.db, unit, g.act, organisation_id=key, words=form.words.data or "")

    return carry_out(
        form,
        verb,
        title=_("加一家评估机构"),
        button=_("列入名单"),
        back=(_("评估机构名单"), url_for(".list_")),
        done=_("已列入名单。请接着登记资质和利害关系，资质齐全才会抽到。"),
        to=_page,
        lead=_(
            "评估机构要独立于采购人和承接机构，有法人资格、专业人员和内部管理制度，三年内没有重大违法记录（R77）。"
        ),
    )


@bp.get("/agencies/<uuid:agency_id>")
@requires(P.AGENCY_VIEW, load=queries.agency)
def show(agency: Agency) -> str:
    """One agency: what it has shown, what ties it, what it was given, when it was suspended."""
    key = agency.organisation_id
    return render_template(
        "agencies/show.html",
        agency=agency,
        ties=queries.ties(g.db, key),
        suspensions=queries.suspensions(g.db, key),
        assignments=queries.assignments(g.db, g.act, agency_id=key).rows,
        is_suspended=key in queries.suspended(g.db, g.at, [key]),
        events=timeline(g.db, agency),
    )


@bp.route("/agencies/<uuid:agency_id>/about", methods=["GET", "POST"])
@requires(P.AGENCY_MANAGE, load=queries.agency)
def about(agency: Agency) -> Answer:
    """What one should know of it."""
    form = AboutForm(data={"words": agency.words})
    return carry_out(
        form,
        lambda: keeping.describe(g.db, agency, g.act, words=form.words.data or ""),
        title=_("修改说明"),
        button=_("保存"),
        back=_back(agency),
        kind=agency.organisation.name,
        done=_("已保存。"),
    )


@bp.post("/agencies/<uuid:agency_id>/leave")
@requires(P.AGENCY_MANAGE, load=queries.agency)
def leave(agency: Agency) -> Response:
    """Nobody draws it from now on."""
    return press(
        lambda: keeping.leave(g.db, agency, g.act), done=_("已移出名单，以后不再抽到。"), to=_page(agency)
    )


@bp.route("/agencies/<uuid:agency_id>/qualification", methods=["GET", "POST"])
@requires(P.AGENCY_MANAGE, load=queries.agency)
def qualify(agency: Agency) -> Answer:
    """What it has shown."""
    form = QualificationForm()
    return carry_out(
        form,
        lambda: keeping.qualify(
            g.db,
            agency,
            g.act,
            kind=QualificationKind(form.kind.data),
            words=form.words.data or "",
            issued_on=form.issued_on.data,
            expires_on=form.expires_on.data,
        ),
        title=_("登记资质"),
        button=_("登记"),
        back=_back(agency),
        kind=agency.organisation.name,
        done=_("已登记。"),
        lead=_("前四项缺一项就不会抽到（R77）。"),
    )


@bp.route("/agencies/<uuid:agency_id>/tie", methods=["GET", "POST"])
@requires(P.AGENCY_MANAGE, load=queries.agency)
def tie(agency: Agency) -> Answer:
    """Note a tie."""
    found = parties.list_organisations(g.db, g.act, parties.Wanted(), paging=EVERYTHING).rows
    form = TieForm().offer(each for each in found if each.id != agency.organisation_id)
    return carry_out(
        form,
        lambda: keeping.tie(
            g.db,
            agency,
            g.act,
            organisation_id=_chosen(form.organisation_id.data),
            kind=Ground(form.kind.data),
            began_on=form.began_on.data,
            ended_on=form.ended_on.data,
        ),
        title=_("登记利害关系"),
        button=_("登记"),
        back=_back(agency),
        kind=agency.organisation.name,
        done=_("已登记。"),
        lead=_("有偿工作、任职等结束后满三年不再回避；做过调研、孵化、督导的和亲属关系一直要回避（R53）。"),
    )


@bp.route("/agency-ties/<uuid:agency_tie_id>/end", methods=["GET", "POST"])
@requires(P.AGENCY_MANAGE, load=queries.tie)
def end_tie(tie: AgencyTie) -> Answer:
    """Note when a tie ended."""
    form = EndForm()
    return carry_out(
        form,
        lambda: keeping.end_tie(g.db, tie, g.act, on=form.on.data),
        title=_("记下关系的结束"),
        button=_("记下"),
        back=_back(tie.agency),
        kind=tie.agency.organisation.name,
        done=_("已登记。"),
        lead=_("%(kind)s：%(name)s", kind=label(tie.kind), name=tie.organisation.name),
    )


def _chosen(typed: str | None) -> Any:
    found = record_id(typed)
    if found is None:
        raise NotFound("not_found", field="organisation_id")
    return found


def _page(agency: Agency) -> str:
    return url_for("agencies.show", agency_id=agency.organisation_id)


def _back(agency: Agency) -> tuple[str, str]:
    return agency.organisation.name, _page(agency)


def _headings() -> list[tuple[str, str]]:
    return [
        (_("机构"), "name"),
        (_("统一社会信用代码"), "code"),
        (_("状态"), "state"),
        (_("缺少的资质"), "lacks"),
        (_("列入日期"), "joined_on"),
        (_("移出日期"), "left_on"),
        (_("说明"), "words"),
    ]


def _row(agency: Agency, *, is_suspended: bool) -> dict[str, Any]:
    on = local_date(g.at)
    return {
        "name": agency.organisation.name,
        "code": agency.organisation.credit_code,
        "state": words.standing(agency, on, is_suspended=is_suspended)[0],
        "lacks": [label(kind) for kind in agency.lacks(on)],
        "joined_on": agency.joined_on,
        "left_on": agency.left_on,
        "words": agency.words,
    }
