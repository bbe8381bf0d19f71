"""Surveys: the list, a contract's surveys, one survey from its draw to its result."""

from datetime import timedelta

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.audit.timeline import timeline
from models.calendar.clocks import local_date
from models.errors import Invalid
from models.rulebook.stages import Stage, window
from models.session import transaction
from models.surveys import drawing, queries, reviewing, running
from models.surveys.progress import survey_page
from models.surveys.seeing import Register, Seen
from models.surveys.survey import SurveyPhase
from web import asked
from web.contracts.deed import Answer, carry_out, press
from web.contracts.forms import WordsForm
from web.exchange.workbook import respond
from web.guards import public, requires
from web.surveys import lists, words
from web.surveys.forms import ExtendForm, OpenForm, OpinionForm, VoidForm

bp = Blueprint("surveys", __name__)
UNTOLD = frozenset({"survey.answer", "survey.enter"})
"""Not in a timeline: when an answer came is nobody's business."""
MOMENT = timedelta(microseconds=1)


@bp.get("/surveys")
@public
def list_() -> str | Response:
    """The surveys I may see: for everybody, those whose result is published."""
    wanted = queries.Wanted(
        phase=asked.member("phase", SurveyPhase), stage=asked.member("stage", Stage), words=asked.words()
    )
    paging = asked.paging()
    listed = queries.surveys(g.db, g.act, wanted, paging=paging)
    rows = [lists.row_of(g.db, survey, g.act) for survey in listed.rows]
    if asked.workbook():
        return respond(_("居民评价"), lists.columns(), map(lists.cells, rows))
    return render_template(
        "surveys/list.html",
        rows=rows,
        total=listed.total,
        wanted=wanted,
        kinds={"phases": SurveyPhase, "stages": Stage},
        paging=paging,
        words=words,
    )


@bp.get("/contracts/<uuid:contract_id>/surveys")
@requires(P.SURVEY_VIEW, load=queries.desk)
def desk(register: Register) -> str:
    """What residents are asked about a contract, stage by stage."""
    contract = register.contract
    surveys = [lists.row_of(g.db, survey, g.act) for survey in queries.surveys_of(g.db, contract)]
    standing = {row.survey.stage: row for row in surveys if row.phase is not SurveyPhase.WITHDRAWN}
    return render_template(
        "surveys/desk.html",
        register=register,
        stages=[(stage, window(stage, contract.starts_on, contract.ends_on)) for stage in Stage],
        standing=standing,
        withdrawn=[row for row in surveys if row.phase is SurveyPhase.WITHDRAWN],
        served=len(drawing.population(g.db, contract.id, local_date(g.at))),
        meetings=reviewing.meetings(g.db, contract, g.act),
        opinions=reviewing.opinions(g.db, contract),
        words=words,
    )


@bp.post("/contracts/<uuid:contract_id>/surveys")
@requires(P.SURVEY_RUN, load=queries.desk)
def draw(register: Register) -> Response:
    """Draw the sample of a stage."""
    stage = next((each for each in Stage if each.value == request.form.get("stage")), None)
    if stage is None:
        raise Invalid("survey_stage_unknown")
    with transaction(g.db):
        survey = drawing.draw(g.db, register, g.act, stage=stage, key=words.key())
    flash(_("已抽取样本。请核对以后开始调查。"))
    return redirect(url_for(".show", survey_id=survey.id), 303)


@bp.get("/surveys/<uuid:survey_id>")
@requires(P.SURVEY_VIEW, load=queries.survey)
def show(seen: Seen) -> str | Response:
    """One survey: how far it is, and what it says once it is closed."""
    page = survey_page(g.db, seen, g.act)
    if asked.workbook():
        return respond(_("居民评价结果"), lists.result_columns(), lists.result_rows(page))
    return render_template(
        "surveys/show.html",
        page=page,
        lists=lists,
        as_drawn=drawing.is_as_drawn(seen.survey),
        events=timeline(g.db, seen.survey, without=UNTOLD),
        words=words,
    )


@bp.route("/surveys/<uuid:survey_id>/open", methods=["GET", "POST"])
@requires(P.SURVEY_RUN, load=queries.survey)
def open_(seen: Seen) -> Answer:
    """Begin to ask."""
    survey = seen.survey
    least = running.least_until(local_date(g.at)).day
    form = OpenForm(data={"closes_on": least, "telephone": queries.last_telephone(g.db, survey)})
    return carry_out(
        form,
        lambda: running.open_(
            g.db,
            survey,
            g.act,
            telephone=form.telephone.data or "",
            closes_on=form.closes_on.data,
        ),
        title=_("开始调查"),
        button=_("开始调查"),
        back=(survey.reference, _page(seen)),
        kind=survey.contract.award.lot.tender.title,
        done=_("调查已开始。请打印问卷，送到抽到的居民手里。"),
        lead=_("至少开放 %(days)s 个工作日，节假日不算。", days=running.LEAST_WORKDAYS),
    )


@bp.route("/surveys/<uuid:survey_id>/extension", methods=["GET", "POST"])
@requires(P.SURVEY_RUN, load=queries.survey)
def extend(seen: Seen) -> Answer:
    """Ask longer."""
    closes_at = seen.survey.closes_at
    form = ExtendForm(data={"closes_on": local_date(closes_at - MOMENT) if closes_at else None})
    return carry_out(
        form,
        lambda: running.extend(g.db, seen.survey, g.act, closes_on=form.closes_on.data),
        title=_("延长调查"),
        button=_("延长"),
        back=(seen.survey.reference, _page(seen)),
        kind=seen.survey.contract.award.lot.tender.title,
        done=_("已延长。"),
    )


@bp.post("/surveys/<uuid:survey_id>/close")
@requires(P.SURVEY_RUN, load=queries.survey)
def close(seen: Seen) -> Answer:
    """End it."""
    return press(
        lambda: running.close(g.db, seen.survey, g.act), done=_("调查已结束，可以看结果。"), to=_page(seen)
    )


@bp.post("/surveys/<uuid:survey_id>/publication")
@requires(P.SURVEY_RUN, load=queries.survey)
def publish(seen: Seen) -> Response:
    """Show its result to everybody."""
    return press(lambda: running.publish(g.db, seen.survey, g.act), done=_("结果已公开。"), to=_page(seen))


@bp.route("/surveys/<uuid:survey_id>/withdrawal", methods=["GET", "POST"])
@requires(P.SURVEY_RUN, load=queries.survey)
def withdraw(seen: Seen) -> Answer:
    """Withdraw it."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: running.withdraw(g.db, seen.survey, g.act, words=form.words.data or ""),
        title=_("作废这次调查"),
        button=_("作废"),
        back=(seen.survey.reference, _page(seen)),
        kind=seen.survey.contract.award.lot.tender.title,
        done=_("已作废，链接全部失效。可以重新抽样。"),
        lead=_("已经收到的回答不再使用。作废的调查和原因留在记录里。"),
        danger=True,
    )


@bp.route("/surveys/<uuid:survey_id>/void", methods=["GET", "POST"])
@requires(P.SURVEY_RUN, load=queries.survey)
def void(seen: Seen) -> Answer:
    """Withdraw one sheet."""
    form = VoidForm()
    return carry_out(
        form,
        lambda: running.void(
            g.db, seen.survey, g.act, number=form.number.data or 0, words=form.words.data or ""
        ),
        title=_("作废一份问卷"),
        button=_("作废"),
        back=(seen.survey.reference, _page(seen)),
        kind=seen.survey.contract.award.lot.tender.title,
        done=_("这份问卷已作废，链接失效。"),
        lead=_("如本人已经搬走、问卷送错了人。作废的仍算在发出的份数里。"),
    )


@bp.route("/contracts/<uuid:contract_id>/opinions/new", methods=["GET", "POST"])
@requires(P.SURVEY_ENTER, load=queries.desk)
def opinion(register: Register) -> Answer:
    """What a review meeting said."""
    found = reviewing.meetings(g.db, register.contract, g.act)
    form = OpinionForm().offer(found)
    return carry_out(
        form,
        lambda: reviewing.write_down(g.db, register, g.act, meeting=form.chosen(found), opinion=form.opinion),
        title=_("登记评议会的意见"),
        button=_("登记"),
        back=(_("居民评价"), url_for(".desk", contract_id=register.contract.id)),
        kind=register.contract.award.lot.tender.title,
        done=_("已登记。"),
        lead=_("只列出已经开过、还没有登记的评议会。意见单独列出，不和问卷合在一起算。"),
    )


def _page(seen: Seen) -> str:
    return url_for("surveys.show", survey_id=seen.survey.id)
