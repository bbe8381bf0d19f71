"""Indicator sets: what is marked by, for everybody; an area publishes its own."""

import json
from decimal import Decimal
from io import BytesIO
from typing import Any

from flask import Response, g, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from models.access.permissions import Permission as P
from models.access.policy import can
from models.calendar.clocks import local_date
from models.errors import NotFound
from models.evaluations import indicator_sets, queries
from models.evaluations.indicators import IndicatorSet
from models.parties.unit import AdministrativeUnit
from models.scoring.grades import LINES, Grade
from models.scoring.indicators import SOURCE, Indicators, decimal, default
from web.contracts.deed import Answer, carry_out
from web.contracts.forms import words as several
from web.evaluations import words
from web.evaluations.blueprint import bp
from web.form import Day, Form, Required
from web.guards import public, requires
from web.labels import label
from web.panels.judging_forms import Score


@bp.get("/indicators")
@public
def indicators() -> str:
    """The default, and the sets of my area."""
    rows = indicator_sets.published(g.db, g.act)
    places = {row.unit_code: g.db.get(AdministrativeUnit, row.unit_code) for row in rows}
    return render_template("evaluations/indicators.html", default=default(), rows=rows, places=places)


@bp.get("/indicators/default.json")
@public
def default_file() -> Response:
    """The default as a file."""
    return _file(SOURCE.read_bytes(), "default")


@bp.get("/indicators/<uuid:indicator_set_id>")
@public
def indicator_set(indicator_set_id: Any) -> str:
    """One version of a set."""
    row = _found(indicator_set_id)
    return render_template(
        "evaluations/indicator_set.html", row=row, indicators=indicator_sets.indicators_of(row)
    )


@bp.get("/indicators/<uuid:indicator_set_id>/indicators.json")
@public
def set_file(indicator_set_id: Any) -> Response:
    """A version as a file."""
    row = _found(indicator_set_id)
    content = json.dumps(row.content, ensure_ascii=False, indent=2).encode()
    return _file(content, f"{row.unit_code or 'default'}-{row.version}")


@bp.route("/indicators/new", methods=["GET", "POST"])
@requires(P.INDICATORS_SET)
def publish_set() -> Answer:
    """Publish my area's own set: other points and lines, or a file with other items."""
    unit = g.db.get(AdministrativeUnit, g.act.actor.unit_code) if g.act.actor.unit_code else None
    if unit is None or not can(g.act, P.INDICATORS_SET, unit):
        raise NotFound("not_found")
    base = indicator_sets.base_for(g.db, unit.code, local_date(g.at))
    form: Any = _form(base)

    def verb() -> IndicatorSet:
        sent = form.file.data
        uploaded = sent.read() if getattr(sent, "filename", None) else None
        content = uploaded or indicator_sets.revised(base, form.points, form.lines)
        return indicator_sets.publish(
            g.db,
            unit,
            g.act,
            content=content,
            effective_on=form.effective_on.data,
            words=form.words.data or "",
        )

    return carry_out(
        form,
        verb,
        title=_("公布本区域的指标"),
        button=_("公布"),
        back=(_("评估指标"), url_for(".indicators")),
        done=_("指标已公布。已经排好的评估仍按原来的指标。"),
        to=lambda made: url_for(".indicator_set", indicator_set_id=made.id),
        template="evaluations/indicators_new.html",
        indicators=indicator_sets.parsed(base),
    )


class _SetForm(Form):
    """Points of each item, lines of the grades, from when, and why."""

    effective_on = Day(_l("从哪天起用"), [Required(_l("请填写日期。"))])
    words = several(_l("为什么这样定"), required=_l("请写明理由。"))
    file = FileField(
        _l("或者上传指标文件"),
        description=_l("要增减指标时用：先下载现在的指标文件，改好再上传。上传了文件，上面的分值就不用。"),
    )
    codes: tuple[str, ...] = ()

    @property
    def points(self) -> dict[str, Decimal]:
        """Points by item."""
        return {code: self[f"points_{code}"].data for code in self.codes}

    @property
    def lines(self) -> dict[Grade, Decimal]:
        """Lines by grade."""
        return {each: self[f"line_{each.value}"].data for each in LINES}


def _form(base: dict[str, Any]) -> Form:
    found: Indicators = indicator_sets.parsed(base)
    fields: dict[str, Any] = {"codes": tuple(item.code for item in found.items)}
    data: dict[str, Any] = {}
    for item in found.items:
        fields[f"points_{item.code}"] = Score(
            f"{item.code} {words.title(item)}", [Required(_l("请填写分值；不用的填 0。"))]
        )
        data[f"points_{item.code}"] = decimal(item.maximum)
    for each in LINES:
        fields[f"line_{each.value}"] = Score(label(each), [Required(_l("请填写分数线。"))])
        data[f"line_{each.value}"] = decimal(found.lines[each])
    made: Form = type("SetForm", (_SetForm,), fields)(data=data)
    return made


def _found(indicator_set_id: Any) -> IndicatorSet:
    row = queries.indicator_set(g.db, indicator_set_id, g.act)
    if row is None:
        raise NotFound("not_found")
    return row


def _file(content: bytes, name: str) -> Response:
    return send_file(
        BytesIO(content), mimetype="application/json", as_attachment=True, download_name=f"{name}.json"
    )
