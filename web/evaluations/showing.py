"""One evaluation: what its reader may see of it, its file to compute the score from, its evidence."""

from io import BytesIO
from uuid import UUID, uuid4

from flask import Response, g, render_template, send_file
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.access.policy import can
from models.audit.timeline import timeline
from models.errors import NotFound
from models.evaluations import queries
from models.evaluations.compiling import compiled
from models.evaluations.evaluation import Evaluation
from models.evaluations.filing import standing_report
from models.evaluations.page import evaluation_page
from models.evaluations.proving import evidence_of
from models.evaluations.replicating import models_of
from web import asked
from web.evaluations import export
from web.evaluations.blueprint import bp
from web.exchange.workbook import respond
from web.guards import requires

PICTURES = frozenset({"image/png", "image/jpeg"})


@bp.get("/evaluations/<uuid:evaluation_id>")
@requires(P.EVALUATION_VIEW, load=queries.evaluation)
def show(evaluation: Evaluation) -> str | Response:
    """The page of an evaluation; when it is published, for everybody."""
    if asked.workbook():
        if not queries.may_read_evidence(g.db, evaluation, g.act):
            raise NotFound("not_found")
        rows = map(export.evidence_row, evidence_of(g.db, evaluation))
        return respond(_("证据清单"), export.evidence_headings(), rows)
    return render_template(
        "evaluations/show.html",
        page=evaluation_page(g.db, evaluation, g.act),
        events=timeline(g.db, evaluation),
        models=[(need, str(uuid4())) for need in models_of(g.db, evaluation, g.act)],
    )


@bp.get("/evaluations/<uuid:evaluation_id>/evaluation.json")
@requires(P.EVALUATION_VIEW, load=queries.evaluation)
def document(evaluation: Evaluation) -> Response:
    """The file `duijie evaluate` takes: of the report that stands, or for its agency the sheet as it is."""
    report = standing_report(g.db, evaluation)
    if report is not None:
        content = report.question.encode()
    elif can(g.act, P.EVALUATION_MARK, evaluation):
        content = compiled(g.db, evaluation, g.act)
    else:
        raise NotFound("not_found")
    name = f"{evaluation.reference}.json"
    return send_file(BytesIO(content), mimetype="application/json", as_attachment=True, download_name=name)


@bp.get("/evaluations/<uuid:evaluation_id>/evidence/<uuid:evaluation_evidence_id>")
@requires(P.EVALUATION_VIEW, load=queries.evaluation)
def evidence(evaluation: Evaluation, evaluation_evidence_id: UUID) -> Response:
    """A file that an evaluation rests on."""
    if not queries.may_read_evidence(g.db, evaluation, g.act):
        raise NotFound("not_found")
    return evidence_file(evaluation, evaluation_evidence_id)


def evidence_file(evaluation: Evaluation, evidence_id: UUID) -> Response:
    """The file; pictures open, everything else is saved."""
    found = queries.evidence(g.db, evaluation, evidence_id)
    if found is None or found.file is None:
        raise NotFound("not_found")
    return send_file(
        BytesIO(found.file.content),
        mimetype=found.file.media_type,
        as_attachment=found.file.media_type not in PICTURES,
        download_name=found.file.name,
    )
