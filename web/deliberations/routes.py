"""Meetings: what is coming, the notice, the record, the promise."""

from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.errors import DomainError, NotFound
from models.needs import deliberating
from models.needs import deliberation_queries as queries
from models.needs.deliberation import Deliberation, MeetingType
from models.needs.meeting_rules import rule_for, rules_today
from models.needs.need import Need
from models.needs.queries import need as load_need
from models.session import transaction
from web.deliberations.forms import CancelForm, MinutesForm, NoticeForm, PaperForm, instant
from web.form import record_id
from web.guards import requires
from web.labels.strata import stratum_name

bp = Blueprint("deliberations", __name__)
TONES = {"announced": "waiting", "held": "active", "kept": "done", "cancelled": "stopped"}


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"meeting_tones": TONES, "stratum_name": stratum_name}


@bp.get("/deliberations")
@requires(Permission.DELIBERATION_RECORD)
def list_() -> str:
    """Meetings to come and to record, promises to keep, and how often each neighbourhood meets."""
    frequency = queries.frequency(g.db, g.act)
    counted = {row.meeting_type for row in frequency if row.rule.times_a_year is not None}
    return render_template(
        "deliberations/list.html",
        upcoming=queries.upcoming(g.db, g.act),
        to_record=queries.to_record(g.db, g.act),
        promises=queries.promises_open(g.db, g.act),
        frequency=frequency,
        kinds=[kind for kind in MeetingType if kind in counted],
        rules=rules_today(g.db, g.act.actor.unit_code or "", g.act),
    )


@bp.get("/deliberations/<uuid:deliberation_id>")
@requires(Permission.DELIBERATION_VIEW, load=queries.deliberation)
def show(meeting: Deliberation) -> str:
    """One meeting: notice, record, promise."""
    return page(meeting, CancelForm(formdata=None))


@bp.get("/deliberations/<uuid:deliberation_id>/notice")
@requires(Permission.DELIBERATION_VIEW, load=queries.deliberation)
def notice(meeting: Deliberation) -> str:
    """The notice as a page to print and pin up."""
    return render_template("deliberations/notice.html", meeting=meeting, rule=rule_for(g.db, meeting))


@bp.route("/needs/<uuid:need_id>/deliberations/new", methods=["GET", "POST"])
@requires(Permission.DELIBERATION_RECORD, load=load_need)
def announce(need: Need) -> str | Response | tuple[str, int]:
    """Announce a meeting about a need."""
    form = NoticeForm(data={"id": str(uuid4())})
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    made = deliberating.announce(
                        g.db,
                        need,
                        g.act,
                        id=record_id(form.id.data),
                        meeting_type=MeetingType(form.meeting_type.data),
                        place=form.place.data,
                        scheduled_at=instant(form.scheduled_at.data, form.clock.data),
                        agenda=form.agenda.data or "",
                    )
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("会议已公示。可以打印公示贴到楼道里。"))
                return redirect(url_for(".show", deliberation_id=made.id), 303)
    rules = rules_today(g.db, need.unit_code, g.act)
    return render_template("deliberations/announce.html", form=form, need=need, rules=rules), status


@bp.route("/needs/<uuid:need_id>/deliberations/paper", methods=["GET", "POST"])
@requires(Permission.DELIBERATION_RECORD, load=load_need)
def paper(need: Need) -> str | Response | tuple[str, int]:
    """Record a meeting that was announced and held on paper."""
    form = PaperForm(data={"id": str(uuid4())})
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    made = deliberating.record_past(
                        g.db,
                        need,
                        g.act,
                        id=record_id(form.id.data),
                        meeting_type=MeetingType(form.meeting_type.data),
                        place=form.place.data,
                        took_place_at=instant(form.took_place_at.data, form.clock.data),
                        noticed_on=form.noticed_on.data,
                        agenda=form.agenda.data or "",
                        minutes=form.minutes(),
                    )
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("会议记录已保存并公开。"))
                return redirect(url_for(".show", deliberation_id=made.id), 303)
    return render_template("deliberations/record.html", form=form, need=need, meeting=None), status


@bp.route("/deliberations/<uuid:deliberation_id>/record", methods=["GET", "POST"])
@requires(Permission.DELIBERATION_RECORD, load=queries.deliberation)
def record(meeting: Deliberation) -> str | Response | tuple[str, int]:
    """Record a meeting that was held."""
    form = MinutesForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    deliberating.hold(g.db, meeting, g.act, minutes=form.minutes())
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("会议记录已保存并公开。"))
                return redirect(url_for(".show", deliberation_id=meeting.id), 303)
    return render_template("deliberations/record.html", form=form, need=meeting.need, meeting=meeting), status


@bp.post("/deliberations/<uuid:deliberation_id>/cancel")
@requires(Permission.DELIBERATION_RECORD, load=queries.deliberation)
def cancel(meeting: Deliberation) -> str | Response | tuple[str, int]:
    """Cancel an announced meeting."""
    form = CancelForm()
    if not form.validate():
        return page(meeting, form), 422
    with transaction(g.db):
        deliberating.cancel(g.db, meeting, g.act, words=form.words.data)
    flash(_("会议已取消，相关的人会收到消息。"))
    return redirect(url_for(".show", deliberation_id=meeting.id), 303)


@bp.post("/deliberations/<uuid:deliberation_id>/keep")
@requires(Permission.DELIBERATION_RECORD, load=queries.deliberation)
def keep(meeting: Deliberation) -> Response:
    """Report the promise as kept."""
    with transaction(g.db):
        deliberating.keep(g.db, meeting, g.act)
    flash(_("已记下：承诺兑现了。"))
    return redirect(url_for(".show", deliberation_id=meeting.id), 303)


def page(meeting: Deliberation, cancelling: CancelForm) -> str:
    """The page of a meeting, with the form that cancels it."""
    found = queries.meeting_page(g.db, meeting.id, g.act)
    if found is None:
        raise NotFound("not_found")
    return render_template("deliberations/show.html", page=found, cancelling=cancelling)
