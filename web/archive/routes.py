"""The whole file of a project: what is in it, who has taken it, and the archive itself."""

from io import BytesIO

from flask import Blueprint, Response, g, render_template, send_file

from models.access.permissions import Permission as P
from models.archive.packing import closed, pack
from models.audit.timeline import timeline
from models.contracts.queries import contracts_of
from models.panels.overview import overview
from models.panels.page import panel_page
from models.panels.queries import panel_of
from models.session import transaction
from models.tenders import queries
from models.tenders.page import tender_page
from models.tenders.tender import Tender
from web.contracts.deed_paper import contract_paper
from web.guards import requires
from web.panels.report_paper import report_paper
from web.papers.word import word
from web.tenders.document import document

bp = Blueprint("archive", __name__)


@bp.get("/tenders/<uuid:public_tender_id>/file")
@requires(P.PROJECT_FILE, load=queries.tender)
def show(tender: Tender) -> str:
    """What the archive holds, and every time it was taken."""
    taken = [each for each in timeline(g.db, tender) if each.action == "project.pack"]
    return render_template("archive/show.html", tender=tender, ready=closed(tender), taken=taken)


@bp.post("/tenders/<uuid:public_tender_id>/file")
@requires(P.PROJECT_FILE, load=queries.tender)
def take(tender: Tender) -> Response:
    """The archive."""
    out = BytesIO()
    with transaction(g.db):
        pack(g.db, tender, g.act, out, papers=papers(tender))
    out.seek(0)
    name = f"{tender.reference}.zip"
    return send_file(out, mimetype="application/zip", as_attachment=True, download_name=name)


def papers(tender: Tender) -> dict[str, bytes]:
    """The documents people read, in Chinese: tender, panel's report, contracts."""
    found = {f"{tender.reference} 采购文件.docx": word(document(tender_page(g.db, tender, g.act)))}
    panel = panel_of(g.db, tender, g.act)
    if panel is not None and tender.reported_at is not None:
        report = report_paper(panel_page(g.db, panel, g.act), overview(g.db, panel, g.act))
        found[f"{tender.reference} 评审报告.docx"] = word(report)
    for contract in contracts_of(g.db, tender):
        found[f"{contract.reference} 合同.docx"] = word(contract_paper(contract))
    return found
