"""A member's own pages: the declaration, the marking sheet, and for the chair the check of the bids.

Whose bid it is stands on none of them but the declaration, where names are in no order that tells an alias.
"""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, jsonify, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.errors import Conflict, DomainError, NotFound
from models.panels import declaring, marking_desk, queries
from models.panels.bidders import bidders, opened_bids
from models.panels.marking import Mark
from models.panels.marking_desk import Cell
from models.panels.overview import overview
from models.panels.panel import PanelMember
from models.session import transaction
from web.form import Form
from web.guards import requires, signed_in
from web.labels import sentence
from web.needs.writing import wants_json
from web.panels import words
from web.panels.checking import filled, find, kept
from web.panels.judging_forms import DeclareForm, MarkForm

bp = Blueprint("marking", __name__, url_prefix="/marking")
Answer = str | Response | tuple[str | Response, int]


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@bp.get("")
@signed_in
def seats() -> str:
    """My seats."""
    found = queries.seats(g.db, g.act)
    return render_template("panels/seats.html", seats=found, judging=judging)


@bp.get("/<uuid:panel_member_id>")
@requires(Permission.PANEL_MARK, load=queries.seat)
def seat(member: PanelMember) -> Answer:
    """My seat: what is to be done on it now."""
    return _seat(member)


@bp.post("/<uuid:panel_member_id>/declare")
@requires(Permission.PANEL_MARK, load=queries.seat)
def declare(member: PanelMember) -> Answer:
    """Declare my interests."""
    form = DeclareForm().offer(bidders(g.db, member.panel.tender))
    if not form.validate():
        return _seat(member, form=form), 422
    try:
        with transaction(g.db):
            declaring.declare(g.db, member, g.act, interests=form.interests)
    except DomainError as error:
        form.refuse(error)
        return _seat(member, form=form), error.status
    flash(_("您的申报已记录。"))
    return redirect(url_for(".seat", panel_member_id=member.id), 303)


@bp.get("/<uuid:panel_member_id>/sheet/<int:number>")
@requires(Permission.PANEL_MARK, load=queries.seat)
def sheet(member: PanelMember, number: int) -> Answer:
    """One bid by one criterion."""
    cells, place = _cell(member, number)
    kept_mark = _marks(member).get(_key(cells[place]))
    form = MarkForm(points=kept_mark.points if kept_mark else None, note=kept_mark.note if kept_mark else "")
    return _sheet(member, cells, place, form)


@bp.post("/<uuid:panel_member_id>/sheet/<int:number>")
@requires(Permission.PANEL_MARK, load=queries.seat)
def save(member: PanelMember, number: int) -> Answer:
    """Keep a mark, and go on to the next; while one writes it is kept without going anywhere."""
    cells, place = _cell(member, number)
    form = MarkForm()
    status = 200 if form.validate() else 422
    if status == 200:
        bid, criterion = cells[place]
        try:
            with transaction(g.db):
                marking_desk.save_mark(
                    g.db,
                    member,
                    g.act,
                    bid=bid,
                    criterion=criterion,
                    points=form.points.data,
                    note=form.note.data or "",
                )
        except DomainError as error:
            form.refuse(error)
            status = error.status
    if wants_json():
        return jsonify(errors=form.errors if status != 200 else {}), status
    if status != 200:
        return _sheet(member, cells, place, form), status
    if number < len(cells):
        return redirect(url_for(".sheet", panel_member_id=member.id, number=number + 1), 303)
    flash(_("已到最后一项。请检查一遍，再提交全部评分。"))
    return redirect(url_for(".seat", panel_member_id=member.id), 303)


@bp.post("/<uuid:panel_member_id>/submit")
@requires(Permission.PANEL_MARK, load=queries.seat)
def submit(member: PanelMember) -> Answer:
    """Hand in all marks."""
    try:
        with transaction(g.db):
            marking_desk.submit(g.db, member, g.act)
    except DomainError as error:
        return _seat(member, error=error), error.status
    flash(_("您的评分已提交。"))
    return redirect(url_for(".seat", panel_member_id=member.id), 303)


@bp.get("/<uuid:panel_member_id>/marks")
@requires(Permission.PANEL_MARK, load=queries.seat)
def marks(member: PanelMember) -> Answer:
    """All marks, once all are in."""
    rows = overview(g.db, member.panel, g.act)
    return render_template(
        "panels/marks.html", panel=member.panel, tender=member.panel.tender, rows=rows, member=member
    )


@bp.get("/<uuid:panel_member_id>/files/<uuid:attachment_id>")
@requires(Permission.PANEL_MARK, load=queries.seat)
def file(member: PanelMember, attachment_id: UUID) -> Response:
    """An attachment under a name that says nothing."""
    found = queries.attachment(g.db, member.panel, attachment_id)
    gone = member.recused_at is not None or member.panel.superseded_at is not None
    if found is None or gone or member.declared_at is None:
        raise NotFound("not_found")
    ending = found.file.name.rsplit(".", 1)[-1].lower()
    return send_file(
        BytesIO(found.file.content),
        mimetype=found.file.media_type,
        as_attachment=True,
        download_name=f"{words.attachment(found.position)}.{ending}",
    )


@bp.route("/<uuid:panel_member_id>/check/<uuid:opened_id>", methods=["GET", "POST"])
@requires(Permission.PANEL_MARK, load=queries.seat)
def check(member: PanelMember, opened_id: UUID) -> Answer:
    """The chair checks a bid without knowing whose it is."""
    if not member.is_chair or member.declared_at is None:
        raise NotFound("not_found")
    bid = find(member.panel, opened_id)
    form = filled(member.panel, bid)
    status = 200
    if form.is_submitted():
        status = kept(member.panel, bid, form)
        if status == 200:
            flash(_("已保存。"))
            return redirect(url_for(".seat", panel_member_id=member.id, _anchor="checks"), 303)
    shown = render_template(
        "panels/chair_check.html",
        member=member,
        tender=member.panel.tender,
        bid=bid,
        form=form,
        may=judging(member) and member.panel.qualified_at is None and bid.invalid_at is None,
    )
    return (shown, status) if status != 200 else shown


def judging(member: PanelMember) -> bool:
    """Whether the member's panel is at work, and the member on it."""
    return queries.is_at_work(member, g.act)


def _seat(member: PanelMember, *, form: DeclareForm | None = None, error: DomainError | None = None) -> str:
    """The page: what is refused is said on it."""
    tender = member.panel.tender
    is_open = judging(member)
    asks = is_open and member.declared_at is None
    ready = is_open and member.declared_at is not None
    kept_marks = list(_marks(member).values()) if ready else []
    return render_template(
        "panels/seat.html",
        member=member,
        tender=tender,
        is_open=is_open,
        form=(form or DeclareForm(formdata=None).offer(bidders(g.db, tender))) if asks else None,
        cells=marking_desk.cells(g.db, tender) if ready and member.panel.qualified_at else [],
        marks={(mark.bid_id, mark.criterion_id): mark for mark in kept_marks},
        needs_note=marking_desk.needs_note,
        progress=marking_desk.progress_of(g.db, member, kept_marks) if ready else None,
        submitted=marking_desk.submitted(member.panel) if member.is_chair else None,
        marks_in=marking_desk.all_submitted(member.panel),
        bids=opened_bids(g.db, tender) if ready and member.is_chair else [],
        error=sentence(error) if error else None,
    )


def _cell(member: PanelMember, number: int) -> tuple[list[Cell], int]:
    """The cells of the sheet, and the place of the one with this number."""
    if member.declared_at is None:
        raise Conflict("mark_before_declaring")
    if member.recused_at is not None:
        raise Conflict("mark_by_recused")
    if member.panel.qualified_at is None:
        raise Conflict("mark_before_check")
    cells = marking_desk.cells(g.db, member.panel.tender)
    if not 1 <= number <= len(cells):
        raise NotFound("not_found")
    return cells, number - 1


def _key(cell: Cell) -> tuple[UUID, UUID]:
    return cell[0].bid_id, cell[1].id


def _marks(member: PanelMember) -> dict[tuple[UUID, UUID], Mark]:
    return {(mark.bid_id, mark.criterion_id): mark for mark in marking_desk.marks_of(g.db, member)}


def _sheet(member: PanelMember, cells: list[Cell], place: int, form: Form) -> str:
    bid, criterion = cells[place]
    progress = marking_desk.progress_of(g.db, member, list(_marks(member).values()))
    return render_template(
        "panels/sheet.html",
        member=member,
        tender=member.panel.tender,
        bid=bid,
        criterion=criterion,
        form=form,
        number=place + 1,
        progress=progress,
        may=judging(member) and member.submitted_at is None,
    )
