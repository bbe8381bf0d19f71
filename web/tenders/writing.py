"""Writing a draft: the whole of it with what is still to do, its first section, and its items one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.errors import DomainError, NotFound
from models.needs.need import Need
from models.parties.organisation import Organisation
from models.session import transaction
from models.tenders import checking, drafting, ending, queries
from models.tenders.content import (
    CriterionContent,
    Level,
    LotContent,
    MilestoneContent,
    RequirementContent,
)
from models.tenders.page import tender_page
from models.tenders.publishing import usual_deadline
from models.tenders.tender import Tender
from web.guards import requires
from web.tenders.blueprint import bp
from web.tenders.forms import BasicsForm
from web.tenders.forms_parts import CriterionForm, LotForm, MilestoneForm, RequirementForm
from web.tenders.words import remarks

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Part:
    """A section of items: their form, how they stand, and the verb that writes them whole."""

    form: Any
    rows: Callable[[Tender], list[Any]]
    verb: Callable[..., None]
    name: LazyString
    numbered: LazyString
    new: LazyString


def _lots(tender: Tender) -> list[LotContent]:
    return [
        LotContent(
            each.title,
            each.budget,
            tuple(row.need_id for row in each.needs),
            each.description,
            each.ceiling,
            each.quantity,
            each.quantity_unit,
        )
        for each in tender.lots
    ]


def _criteria(tender: Tender) -> list[CriterionContent]:
    return [
        CriterionContent(
            each.title,
            each.weight,
            tuple(Level(level.words, level.points) for level in each.levels),
            each.description,
            each.is_objective,
        )
        for each in tender.criteria
    ]


def _requirements(tender: Tender) -> list[RequirementContent]:
    return [RequirementContent(each.kind, each.words, each.evidence_words) for each in tender.requirements]


def _milestones(tender: Tender) -> list[MilestoneContent]:
    return [
        MilestoneContent(each.title, each.due_days, each.percent, each.deliverable)
        for each in tender.milestones
    ]


PARTS = {
    "lots": Part(LotForm, _lots, drafting.set_lots, _l("采购包"), _l("采购包 %(number)s"), _l("新的采购包")),
    "criteria": Part(
        CriterionForm,
        _criteria,
        drafting.set_criteria,
        _l("评分项"),
        _l("评分项 %(number)s"),
        _l("新的评分项"),
    ),
    "requirements": Part(
        RequirementForm,
        _requirements,
        drafting.set_requirements,
        _l("资格条件"),
        _l("资格条件 %(number)s"),
        _l("新的资格条件"),
    ),
    "milestones": Part(
        MilestoneForm,
        _milestones,
        drafting.set_milestones,
        _l("付款节点"),
        _l("付款节点 %(number)s"),
        _l("新的付款节点"),
    ),
}
ITEM = "/<uuid:tender_id>/<any(lots,criteria,requirements,milestones):part>/<int:number>"


@bp.get("/<uuid:tender_id>/write")
@requires(P.TENDER_WRITE, load=queries.tender)
def write(tender: Tender) -> Answer:
    """The whole draft, with everything that is still to do at its place."""
    page = tender_page(g.db, tender, g.act)
    if not page.may_write:
        return redirect(url_for(".show", tender_id=tender.id), 303)
    until = usual_deadline(page.tender.method, g.at)
    found = remarks(
        page.tender,
        checking.tasks(g.db, page.tender, g.act),
        checking.findings(g.db, page.tender, g.act, bids_until=until),
    )
    return render_template("tenders/write.html", page=page, tender=page.tender, remarks=found)


@bp.route("/<uuid:tender_id>/basics", methods=["GET", "POST"])
@requires(P.TENDER_WRITE, load=queries.tender)
def basics(tender: Tender) -> Answer:
    """The first section."""
    form = BasicsForm.of(tender, g.db.scalars(select(Organisation).order_by(Organisation.name)))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    drafting.edit(g.db, tender, g.act, basics=form.content(), revision=form.seen)
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                return _saved(tender, "basics")
    return render_template("tenders/basics.html", form=form, tender=tender), status


@bp.route(ITEM, methods=["GET", "POST"])
@requires(P.TENDER_WRITE, load=queries.tender)
def item(tender: Tender, part: str, number: int) -> Answer:
    """One item of a section; the number after the last is a new one."""
    kind = PARTS[part]
    rows = kind.rows(tender)
    if not 1 <= number <= len(rows) + 1:
        raise NotFound("not_found")
    is_new = number == len(rows) + 1
    data = {} if is_new else kind.form.data_of(rows[number - 1])
    form = kind.form(data=data | {"revision": tender.revision})
    if hasattr(form, "offer"):
        form.offer(_needs(tender))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    rows[number - 1 : number] = [form.content()]
                    kind.verb(g.db, tender, g.act, **{part: _apart(rows, number)}, revision=form.seen)
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                return _saved(tender, part)
    return render_template(
        "tenders/item.html", form=form, tender=tender, part=part, number=number, kind=kind, is_new=is_new
    ), status


@bp.post(ITEM + "/remove")
@requires(P.TENDER_WRITE, load=queries.tender)
def remove(tender: Tender, part: str, number: int) -> Answer:
    """Take an item out of its section."""
    rows = PARTS[part].rows(tender)
    if not 1 <= number <= len(rows):
        raise NotFound("not_found")
    del rows[number - 1]
    with transaction(g.db):
        PARTS[part].verb(g.db, tender, g.act, **{part: rows})
    flash(_("已删除。"))
    return redirect(url_for(".write", tender_id=tender.id, _anchor=part), 303)


@bp.post("/<uuid:tender_id>/drop")
@requires(P.TENDER_END, load=queries.tender)
def drop(tender: Tender) -> Response:
    """Drop a draft; its needs are free again."""
    if not tender.is_draft:
        return redirect(url_for(".end", tender_id=tender.id), 303)
    with transaction(g.db):
        ending.cancel(g.db, tender, g.act)
    flash(_("草稿已作废，需求可以重新组成采购项目。"))
    return redirect(url_for(".list_"), 303)


def _needs(tender: Tender) -> list[Need]:
    """The needs a lot can have: those the tender has already, then the free ones."""
    own = [row.need for lot in tender.lots for row in lot.needs]
    return [*own, *queries.ready_needs(g.db, tender.unit_code, g.act)]


def _apart(rows: Sequence[Any], number: int) -> list[Any]:
    """The lots, each without the needs that the one just written has taken."""
    written = rows[number - 1]
    if not isinstance(written, LotContent):
        return list(rows)
    return [
        row if row is written else replace(row, needs=tuple(n for n in row.needs if n not in written.needs))
        for row in rows
    ]


def _saved(tender: Tender, anchor: str) -> Response:
    flash(_("已保存。"))
    return redirect(url_for(".write", tender_id=tender.id, _anchor=anchor), 303)
