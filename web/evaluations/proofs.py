"""Evidence and site visits of an evaluation, while its sheet is open."""

from datetime import datetime
from uuid import UUID

from flask import g, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.errors import NotFound
from models.evaluations import proving, queries
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.lifecycle import phase_at
from models.evaluations.marking import FILLED_IN
from models.evaluations.proving import Proof
from web.contracts.deed import Answer, carry_out, press
from web.evaluations.blueprint import bp
from web.evaluations.forms import ProofForm, VisitForm, visit_id
from web.evaluations.sheets import asked_of
from web.guards import requires


@bp.get("/evaluations/<uuid:evaluation_id>/evidence")
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def proofs(evaluation: Evaluation) -> str:
    """All evidence and visits."""
    return render_template(
        "evaluations/proofs.html",
        evaluation=evaluation,
        evidence=proving.evidence_of(g.db, evaluation),
        visits=proving.visits_of(g.db, evaluation),
        may=phase_at(evaluation, g.at) is EvaluationPhase.STARTED,
    )


@bp.route("/evaluations/<uuid:evaluation_id>/evidence/new", methods=["GET", "POST"])
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def add_proof(evaluation: Evaluation) -> Answer:
    """Add evidence."""
    visits = proving.visits_of(g.db, evaluation)
    items = [item for item in asked_of(evaluation) if item.kind in FILLED_IN]
    form = ProofForm().offer(items, visits)

    def verb() -> object:
        visit = next((each for each in visits if each.id == visit_id(form)), None)
        proof = Proof(form.chosen, form.items.data or [], form.words.data or "", form.upload, visit)
        return proving.add(g.db, evaluation, g.act, proof=proof)

    return carry_out(
        form,
        verb,
        title=_("加一份证据"),
        button=_("加入"),
        back=_back(evaluation),
        kind=evaluation.contract.award.lot.tender.title,
        done=_("证据已加入。"),
        template="evaluations/proof.html",
    )


@bp.post("/evaluations/<uuid:evaluation_id>/evidence/<uuid:evaluation_evidence_id>/removal")
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def remove_proof(evaluation: Evaluation, evaluation_evidence_id: UUID) -> Answer:
    """Take evidence out again."""
    found = queries.evidence(g.db, evaluation, evaluation_evidence_id)
    if found is None:
        raise NotFound("not_found")
    return press(lambda: proving.remove(g.db, found, g.act), done=_("证据已移除。"), to=_back(evaluation)[1])


@bp.route("/evaluations/<uuid:evaluation_id>/visits/new", methods=["GET", "POST"])
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def add_visit(evaluation: Evaluation) -> Answer:
    """Note a visit."""
    form = VisitForm()

    def verb() -> object:
        at = form.at
        assert isinstance(at, datetime)  # noqa: S101  # for the type checker: the form was validated
        return proving.note_visit(
            g.db,
            evaluation,
            g.act,
            visited_at=at,
            place=form.place.data or "",
            was_announced=form.was_announced.data,
            words=form.words.data or "",
        )

    return carry_out(
        form,
        verb,
        title=_("记一次走访"),
        button=_("保存"),
        back=_back(evaluation),
        kind=evaluation.contract.award.lot.tender.title,
        done=_("走访已记下。"),
    )


def _back(evaluation: Evaluation) -> tuple[str, str]:
    return _("证据和走访"), url_for(".proofs", evaluation_id=evaluation.id)
