"""The rules of meetings of my area: what holds today, publishing an own one, every one published."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.errors import DomainError
from models.needs.deliberation import MeetingType
from models.needs.meeting_rule import MeetingRuleVersion
from models.needs.meeting_rules import history, publish_rule, rules_today
from models.parties.unit import AdministrativeUnit
from models.session import transaction
from web import asked
from web.deliberations.forms import RuleForm
from web.exchange.workbook import respond
from web.guards import requires
from web.labels import label

bp = Blueprint("meeting_rules", __name__, url_prefix="/deliberations/rules")

Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.MEETING_RULE_SET)
def list_() -> Answer:
    """What holds in my area today, and every rule published for it."""
    if asked.workbook():
        return respond(_("会议规则"), _headings(), map(_row, history(g.db, g.act.actor.unit_code, g.act)))
    return _page(RuleForm(formdata=None))


@bp.post("")
@requires(Permission.MEETING_RULE_SET)
def publish() -> Answer:
    """Publish a rule for my area."""
    form = RuleForm()
    if not form.validate():
        return _page(form), 422
    try:
        with transaction(g.db):
            publish_rule(
                g.db,
                _own_unit(),
                g.act,
                meeting_type=MeetingType(form.meeting_type.data),
                notice_days=form.notice_days.data or 0,
                times_a_year=form.times_a_year.data,
                least_present=form.least_present.data or 0,
                invited=form.invited.data or "",
                valid_from=form.valid_from.data,
                reason=form.reason.data or "",
            )
    except DomainError as error:
        form.refuse(error)
        return _page(form), error.status
    flash(_("规则已公布，从生效那天起的会议按它办。"))
    return redirect(url_for(".list_"), 303)


def _own_unit() -> AdministrativeUnit:
    return g.db.get_one(AdministrativeUnit, g.act.actor.unit_code)


def _page(form: RuleForm) -> str:
    unit = _own_unit()
    return render_template(
        "deliberations/rules.html",
        form=form,
        unit=unit,
        rules=rules_today(g.db, unit.code, g.act),
        rows=history(g.db, unit.code, g.act),
    )


def _headings() -> list[tuple[str, str]]:
    return [
        (_("什么会"), "kind"),
        (_("至少提前几天公示"), "notice_days"),
        (_("一年至少几次"), "times_a_year"),
        (_("至少到会几人"), "least_present"),
        (_("应邀请谁"), "invited"),
        (_("谁定的"), "unit"),
        (_("从哪天起"), "valid_from"),
        (_("为什么这样定"), "reason"),
        (_("录入人"), "who"),
        (_("录入时间"), "entered_at"),
    ]


def _row(row: MeetingRuleVersion) -> dict[str, object]:
    return {
        "kind": str(label(row.meeting_type)),
        "notice_days": row.notice_days,
        "times_a_year": row.times_a_year,
        "least_present": row.least_present,
        "invited": row.invited,
        "unit": row.unit.name,
        "valid_from": row.valid_from,
        "reason": row.reason,
        "who": row.author.name if row.author else "—",
        "entered_at": row.entered_at,
    }
