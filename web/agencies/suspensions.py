"""Suspensions with reasons, appeals that somebody else decides, and the rules of rotation."""

from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.agencies import queries, rotating, suspending
from models.agencies.agency import Agency
from models.agencies.rotation import rotation_at
from models.agencies.suspension import AgencySuspension
from models.audit.timeline import timeline
from models.calendar.clocks import local_date
from models.parties.unit import AdministrativeUnit
from web.agencies.blueprint import bp
from web.agencies.forms import DecisionForm, RotationForm, SuspensionForm
from web.contracts.deed import Answer, carry_out
from web.contracts.forms import WordsForm
from web.guards import requires


@bp.route("/agencies/<uuid:agency_id>/suspension", methods=["GET", "POST"])
@requires(P.AGENCY_MANAGE, load=queries.agency)
def suspend(agency: Agency) -> Answer:
    """Suspend an agency."""
    form = SuspensionForm()
    back = url_for(".show", agency_id=agency.organisation_id)
    return carry_out(
        form,
        lambda: suspending.suspend(
            g.db, agency, g.act, reasons=form.reasons.data or "", until_on=form.until_on.data
        ),
        title=_("暂停抽取"),
        button=_("暂停"),
        back=(agency.organisation.name, back),
        kind=agency.organisation.name,
        done=_("已暂停，机构收到了通知，可以申诉。"),
        to=_page,
        lead=_("暂停期间不会抽到，已经承担的项目不变。机构申诉的，由另一人处理。"),
        danger=True,
    )


@bp.get("/agency-suspensions/<uuid:suspension_id>")
@requires(P.AGENCY_VIEW, load=queries.suspension)
def suspension(suspension: AgencySuspension) -> str:
    """One suspension with its appeal."""
    return render_template(
        "agencies/suspension.html", suspension=suspension, events=timeline(g.db, suspension)
    )


@bp.route("/agency-suspensions/<uuid:suspension_id>/appeal", methods=["GET", "POST"])
@requires(P.AGENCY_APPEAL, load=queries.suspension)
def appeal(suspension: AgencySuspension) -> Answer:
    """Appeal."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: suspending.appeal(g.db, suspension, g.act, words=form.words.data or ""),
        title=_("对暂停提出申诉"),
        button=_("提出申诉"),
        back=(_("暂停抽取"), _page(suspension)),
        kind=suspension.agency.organisation.name,
        done=_("申诉已提出，由作出暂停以外的人处理。"),
        lead=_("只能申诉一次，请把理由写全。申诉期间暂停继续有效。"),
    )


@bp.route("/agency-suspensions/<uuid:suspension_id>/decision", methods=["GET", "POST"])
@requires(P.AGENCY_MANAGE, load=queries.suspension)
def decide(suspension: AgencySuspension) -> Answer:
    """Decide an appeal."""
    form = DecisionForm()
    return carry_out(
        form,
        lambda: suspending.decide(
            g.db, suspension, g.act, upheld=form.upheld.data == "yes", words=form.words.data or ""
        ),
        title=_("处理申诉"),
        button=_("决定"),
        back=(_("暂停抽取"), _page(suspension)),
        kind=suspension.agency.organisation.name,
        done=_("已决定，机构收到了通知。"),
        lead=suspension.appeal_words,
    )


@bp.route("/agency-suspensions/<uuid:suspension_id>/lifting", methods=["GET", "POST"])
@requires(P.AGENCY_MANAGE, load=queries.suspension)
def lift(suspension: AgencySuspension) -> Answer:
    """Take a suspension back."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: suspending.lift(g.db, suspension, g.act, words=form.words.data or ""),
        title=_("撤回暂停"),
        button=_("撤回"),
        back=(_("暂停抽取"), _page(suspension)),
        kind=suspension.agency.organisation.name,
        done=_("已解除，机构收到了通知。"),
    )


@bp.get("/rotation")
@requires(P.AGENCY_VIEW)
def rotation() -> str:
    """The rule in force in my area, and every one before and after it."""
    code = _area()
    return render_template(
        "agencies/rotation.html",
        rule=rotation_at(g.db, code, local_date(g.at)),
        history=rotating.history(g.db, code),
    )


@bp.route("/rotation/new", methods=["GET", "POST"])
@requires(P.AGENCY_MANAGE)
def set_rotation() -> Answer:
    """Set the rule of my area from a day on."""
    held = rotation_at(g.db, _area(), local_date(g.at))
    names = ("most_consecutive", "most_years_in_street", "rescore_share", "rescore_gap")
    form = RotationForm(data={name: getattr(held, name) for name in names})
    return carry_out(
        form,
        lambda: rotating.set_rule(
            g.db, g.db.get_one(AdministrativeUnit, _area()), g.act, **_given(form, names)
        ),
        title=_("制定轮换和复评规则"),
        button=_("制定"),
        back=(_("轮换和复评规则"), url_for(".rotation")),
        done=_("已制定。以前的规则留在记录里。"),
        lead=_("已经抽取的不受影响。没有全国统一的数字，由本地区决定（R84）。"),
    )


def _given(form: RotationForm, names: tuple[str, ...]) -> dict[str, Any]:
    found = {name: form[name].data for name in names}
    return {**found, "effective_on": form.effective_on.data, "words": form.words.data or ""}


def _area() -> str:
    """The actor's unit; that of an evaluator's agency."""
    if g.act.actor.unit_code:
        return str(g.act.actor.unit_code)
    own = queries.agency(g.db, g.act.actor.organisation_id, g.act)
    return own.unit_code if own else ""


def _page(suspension: AgencySuspension) -> str:
    return url_for("agencies.suspension", suspension_id=suspension.id)
