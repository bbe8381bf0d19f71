"""Reading needs: the public board, a need's page, my needs, the files that speak for one."""

from io import BytesIO
from uuid import UUID, uuid4

from flask import Response, g, render_template, request, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from models.access.permissions import Permission as P
from models.audit.timeline import Entry, timeline
from models.errors import NotFound
from models.evaluations.replicating import may_ask, project_of
from models.needs import queries
from models.needs.alike import alike
from models.needs.board import SORTS, USUAL_SORT
from models.needs.board import board as board_
from models.needs.mine import mine as mine_
from models.needs.need import Need
from models.needs.page import NeedPage, evidence_file, need_page
from models.rectifications.page import row_of
from models.rectifications.queries import outcomes_of
from models.tenders.lifecycle import phase_at as tender_phase_at
from models.tenders.queries import procurements, procuring
from models.tenders.tender import Tender
from models.volunteers.queries import calls_for
from web import asked
from web.guards import public, requires
from web.needs import export, listing
from web.needs.blueprint import bp
from web.rectifications.words import outcome
from web.tenders.words import tone as tender_tone

OF_THE_TENDER = frozenset({"tender.publish", "tender.complete"})
SHOWN_AS_PICTURE = frozenset({"image/png", "image/jpeg"})


@bp.get("")
@public
def board() -> str | Response:
    """Every published need, for everybody."""
    wanted = listing.board_filter(request.args)
    sort, paging = asked.sort(SORTS, USUAL_SORT), asked.paging()
    found = board_(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return export.answer(_("需求大厅"), found.rows)
    return render_template(
        "needs/board.html",
        found=found,
        paging=paging,
        sort=sort,
        options=listing.board_options(g.db, wanted),
        is_filtered=listing.is_filtered(request.args),
    )


@bp.get("/mine")
@requires(P.NEED_WRITE)
def mine() -> str | Response:
    """The needs of my neighbourhood or my area, by phase, with what happens next."""
    phases = listing.phases(request.args.get("phase"), usual=None)
    sort, paging = asked.sort(SORTS, "-updated"), asked.paging()
    found = mine_(g.db, g.act, phases=phases, sort=sort, paging=paging)
    if asked.workbook():
        return export.answer(_("我的需求"), found.shown.rows)
    return render_template(
        "needs/mine.html",
        found=found.shown,
        tenders=procurements(g.db, found.shown.rows),
        counts=found.counts,
        paging=paging,
        sort=sort,
        options=listing.phase_options(found.counts),
        is_filtered=bool(request.args.get("phase")),
    )


@bp.get("/<uuid:need_id>")
@requires(P.NEED_VIEW, load=queries.need)
def show(need: Need) -> str:
    """One need."""
    page = need_page(g.db, need.id, g.act)
    if page is None:
        raise NotFound("not_found")
    tender = procuring(g.db, need, g.act)
    return render_template(
        "needs/show.html",
        page=page,
        need=page.need,
        alike=alike(g.db, need, g.act),
        tender=tender,
        bought=tender_phase_at(tender, g.at) if tender else None,
        tender_tone=tender_tone,
        history=_history(page, tender),
        outcomes=[row_of(each, g.act) for each in outcomes_of(g.db, need)],
        outcome=outcome,
        copy_id=str(uuid4()),
        calls=calls_for(g.db, need, g.act),
        project=project_of(g.db, need, g.at),
        may_ask=may_ask(g.act, need),
        same_id=str(uuid4()),
    )


def _history(page: NeedPage, tender: Tender | None) -> list[Entry]:
    """What happened to the need, and when its tender was published and completed."""
    told = [each for each in timeline(g.db, tender) if each.action in OF_THE_TENDER] if tender else []
    return sorted([*page.history, *told], key=lambda each: each.at)


@bp.get("/<uuid:need_id>/files/<uuid:evidence_id>")
@requires(P.NEED_EVIDENCE, load=queries.need)
def file(need: Need, evidence_id: UUID) -> AnyResponse:
    """A file that speaks for the need; pictures open, everything else is saved."""
    found = evidence_file(g.db, need, evidence_id, g.act)
    if found is None:
        raise NotFound("not_found")
    return send_file(
        BytesIO(found.content),
        mimetype=found.media_type,
        as_attachment=found.media_type not in SHOWN_AS_PICTURE,
        download_name=found.name,
    )
