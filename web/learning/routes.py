"""Learning: the runs of my area, training, one run before and after, adopting or not, and what counts."""

from uuid import uuid4

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.audit.timeline import timeline
from models.errors import DomainError
from models.matching import learning_queries as queries
from models.matching import training
from models.matching.learning import LearningRun
from models.parties.unit import AdministrativeUnit
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.form import record_id
from web.guards import requires
from web.labels import sentence
from web.learning import sheet, words
from web.learning.forms import DecideForm, RuleForm, TrainForm

bp = Blueprint("learning", __name__, url_prefix="/learning")

Answer = str | Response | tuple[str, int]


def own_unit() -> AdministrativeUnit:
    """The unit the actor answers for."""
    return g.db.get_one(AdministrativeUnit, g.act.actor.unit_code)


@bp.get("")
@requires(Permission.LEARNING_VIEW)
def list_() -> Answer:
    """The runs of my area, and what its matching counts."""
    if asked.workbook():
        listed = queries.learning_runs(g.db, g.act, paging=asked.paging())
        return respond(_("匹配学习"), sheet.headings(), map(sheet.row, listed.rows))
    return _list()


@bp.post("/runs")
@requires(Permission.LEARNING_RUN)
def train() -> Answer:
    """Ask for a training on the reviews so far."""
    with transaction(g.db):
        made = training.ask(g.db, own_unit(), g.act, id=record_id(TrainForm().id.data))
        key = made.id
    return redirect(url_for(".show", run_id=key), 303)


@bp.post("/rule")
@requires(Permission.LEARNING_RUN)
def rule() -> Answer:
    """Switch records or learned weights on or off."""
    form, status = RuleForm(), 422
    if form.validate():
        try:
            with transaction(g.db):
                training.set_rule(
                    g.db,
                    own_unit(),
                    g.act,
                    counts_records=form.counts_records.data,
                    counts_learning=form.counts_learning.data,
                    words=form.words.data or "",
                )
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            flash(_("已改。从下一次匹配起照此计算，以前的结果不变。"))
            return redirect(url_for(".list_"), 303)
    return _list(form), status


@bp.get("/<uuid:run_id>")
@requires(Permission.LEARNING_VIEW, load=queries.learning_run)
def show(run: LearningRun) -> str:
    """One run: what would change, and for whom."""
    return _show(run)


@bp.post("/<uuid:run_id>/adopt")
@requires(Permission.LEARNING_RUN, load=queries.learning_run)
def adopt(run: LearningRun) -> Answer:
    """Weigh by it from now on."""
    return _decide(run, training.adopt, _("已采用。从下一次匹配起按新的权重计算。"))


@bp.post("/<uuid:run_id>/discard")
@requires(Permission.LEARNING_RUN, load=queries.learning_run)
def discard(run: LearningRun) -> Answer:
    """Leave everything as it is."""
    return _decide(run, training.discard, _("没有采用，匹配照旧。"))


@bp.post("/<uuid:run_id>/withdraw")
@requires(Permission.LEARNING_RUN, load=queries.learning_run)
def withdraw(run: LearningRun) -> Answer:
    """Roll back to what held before."""
    try:
        with transaction(g.db):
            training.withdraw(g.db, run, g.act)
    except DomainError as error:
        return _show(run, error=error), error.status
    flash(_("已撤回，恢复到采用之前的权重。"))
    return redirect(url_for(".show", run_id=run.id), 303)


def _decide(run: LearningRun, verb: words.Decide, said: str) -> Answer:
    form, status = DecideForm(), 422
    if form.validate():
        try:
            with transaction(g.db):
                verb(g.db, run, g.act, words=form.words.data or "")
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            flash(said)
            return redirect(url_for(".show", run_id=run.id), 303)
    return _show(run, form=form), status


def _list(form: RuleForm | None = None) -> str:
    paging = asked.paging()
    held = queries.rules(g.db, g.act)
    counts = {"counts_records": held.counts_records, "counts_learning": held.counts_learning}
    return render_template(
        "learning/list.html",
        listed=queries.learning_runs(g.db, g.act, paging=paging),
        paging=paging,
        rules=held,
        words=words,
        train_form=TrainForm(formdata=None, id=str(uuid4())),
        rule_form=form or RuleForm(formdata=None, data=counts),
    )


def _show(run: LearningRun, *, form: DecideForm | None = None, error: DomainError | None = None) -> str:
    return render_template(
        "learning/show.html",
        page=queries.learning_page(g.db, run, g.act),
        form=form or DecideForm(formdata=None),
        error=sentence(error) if error else None,
        words=words,
        events=timeline(g.db, run),
    )
