"""Rectifications: the list, findings, plan, report, re-check, the official's last word, evidence files."""

from io import BytesIO

from flask import Blueprint, g, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.audit.timeline import timeline
from models.errors import NotFound
from models.evaluations.evaluation import Evaluation
from models.evaluations.indicator_sets import indicators_of
from models.evaluations.queries import evaluation as load_evaluation
from models.rectifications import checking, issuing, mending, queries
from models.rectifications.mending import to_mend
from models.rectifications.page import Wanted, board, findings_in, page
from models.rectifications.proposing import proposals
from models.rectifications.rectification import Rectification, RectificationPhase, Remedy
from web import asked
from web.contracts.deed import Answer, carry_out
from web.contracts.forms import WordsForm
from web.exchange.workbook import respond
from web.guards import requires
from web.rectifications import links, sheet, words
from web.rectifications.forms import MORE, ROWS, check_form, findings_form, plan_form

bp = Blueprint("rectifications", __name__)
bp.app_context_processor(lambda: {"after_evaluation": links.after})


@bp.get("/rectifications")
@requires(P.RECTIFICATION_VIEW)
def list_() -> str | Response:
    """The rectifications that concern me, what is due first standing first."""
    wanted = Wanted(
        phase=asked.member("phase", RectificationPhase),
        words=asked.words(),
        overdue=asked.among("due", ("late",)) is not None,
    )
    paging = asked.paging()
    found = board(g.db, g.act, wanted, paging=paging)
    if asked.workbook():
        rows = [line for each in findings_in(found.rows) for line in sheet.finding_rows(each)]
        findings = (_("问题清单"), sheet.finding_headings(), rows)
        return respond(_("整改"), sheet.headings(), map(sheet.row, found.rows), findings)
    return render_template(
        "rectifications/list.html",
        board=found,
        wanted=wanted,
        paging=paging,
        words=words,
        to_issue=queries.to_issue(g.db, g.act),
    )


@bp.get("/rectifications/<uuid:rectification_id>")
@requires(P.RECTIFICATION_VIEW, load=queries.rectification)
def show(rectification: Rectification) -> str:
    """One rectification."""
    found = page(g.db, rectification, g.act)
    events = timeline(g.db, rectification)
    return render_template("rectifications/show.html", page=found, words=words, events=events)


@bp.route("/evaluations/<uuid:evaluation_id>/findings", methods=["GET", "POST"])
@requires(P.FINDING_ISSUE, load=load_evaluation)
def issue(evaluation: Evaluation) -> Answer:
    """The list of findings."""
    items = indicators_of(evaluation.indicator_set).items
    lines, wants_more = request.values.get("lines", ROWS, type=int), "more" in request.form
    lines = min(max(lines, ROWS) + (MORE if wants_more else 0), issuing.MOST)
    form = findings_form(items, lines, proposals(g.db, evaluation))()
    shown = {
        "title": _("出具问题清单"),
        "button": _("出具清单，通知机构"),
        "back": (_("整改"), url_for(".list_")),
        "lead": _("报告定稿后 5 个工作日内出具。一条写一个问题，机构要逐条回答。"),
        "evaluation": evaluation,
        "due": words.due_findings(evaluation),
        "lines": lines,
        "most": issuing.MOST,
    }
    template = "rectifications/findings.html"
    if wants_more:
        return render_template(template, form=form, **shown)
    return carry_out(
        form,
        lambda: issuing.issue(g.db, evaluation, g.act, found=form.found, words=form.words.data or ""),
        done=_("问题清单已出具，机构收到了通知。"),
        to=_address,
        template=template,
        **shown,
    )


@bp.route("/evaluations/<uuid:evaluation_id>/no-findings", methods=["GET", "POST"])
@requires(P.FINDING_ISSUE, load=load_evaluation)
def clear(evaluation: Evaluation) -> Answer:
    """Nothing was found."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: issuing.clear(g.db, evaluation, g.act, words=form.words.data or ""),
        title=_("没有要整改的问题"),
        button=_("写明没有问题"),
        back=(_("整改"), url_for(".list_")),
        kind=evaluation.contract.award.lot.tender.title,
        done=_("已写明没有要整改的问题，机构收到了通知。"),
        to=_address,
        lead=_("结果会公开给居委会和居民，写下之后不能再出具问题清单。"),
    )


@bp.route("/rectifications/<uuid:rectification_id>/plan", methods=["GET", "POST"])
@requires(P.RECTIFICATION_PLAN, load=queries.rectification)
def plan(rectification: Rectification) -> Answer:
    """The plan, a finding at a time."""
    findings = to_mend(rectification)
    form = plan_form(findings)()
    return carry_out(
        form,
        lambda: mending.plan(g.db, rectification, g.act, planned=form.planned(findings)),
        title=_("整改方案"),
        button=_("提交方案"),
        back=(rectification.reference, _address(rectification)),
        kind=rectification.evaluation.contract.award.lot.tender.title,
        done=_("整改方案已提交。请按写的日期改完，改完后来报告。"),
        lead=_("每个问题都要写明怎么改、谁负责、哪天改完。提交之后不能改。"),
        template="rectifications/plan.html",
        findings=findings,
        items=_items(rectification),
        say=words,
    )


@bp.route("/rectifications/<uuid:rectification_id>/done", methods=["GET", "POST"])
@requires(P.RECTIFICATION_PLAN, load=queries.rectification)
def done(rectification: Rectification) -> Answer:
    """It is done."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: mending.report(g.db, rectification, g.act, words=form.words.data or ""),
        title=_("报告整改完成"),
        button=_("报告完成，请来复查"),
        back=(rectification.reference, _address(rectification)),
        kind=rectification.evaluation.contract.award.lot.tender.title,
        done=_("已报告完成，评估机构收到了通知，会在 30 天内来复查。"),
        lead=_("写明每个问题改成了什么样、材料放在哪里。"),
    )


@bp.route("/rectifications/<uuid:rectification_id>/recheck", methods=["GET", "POST"])
@requires(P.RECTIFICATION_CHECK, load=queries.rectification)
def recheck(rectification: Rectification) -> Answer:
    """The re-check, a finding at a time."""
    findings = to_mend(rectification)
    form = check_form(findings)()
    return carry_out(
        form,
        lambda: checking.recheck(g.db, rectification, g.act, seen=form.seen(findings)),
        title=_("复查"),
        button=_("提交复查结论"),
        back=(rectification.reference, _address(rectification)),
        kind=rectification.evaluation.contract.award.lot.tender.title,
        done=_("复查结论已提交，机构和采购人收到了通知。"),
        lead=_("全部通过，结果就公开给居委会和居民；有一条没有通过，机构要交第二次方案。提交之后不能改。"),
        template="rectifications/recheck.html",
        findings=findings,
        items=_items(rectification),
        say=words,
    )


@bp.route("/rectifications/<uuid:rectification_id>/conclusion", methods=["GET", "POST"])
@requires(P.CONSEQUENCE_DECIDE, load=queries.rectification)
def conclude(rectification: Rectification) -> Answer:
    """What was not mended is brought to an end."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: checking.conclude(g.db, rectification, g.act, words=form.words.data or ""),
        title=_("结束没有改好的整改"),
        button=_("结束整改，公开结果"),
        back=(rectification.reference, _address(rectification)),
        kind=rectification.evaluation.contract.award.lot.tender.title,
        done=_("整改已结束，结果已公开。要处理机构，请另作处理决定并写明理由。"),
        lead=_("结束之后不能恢复，没有改好的问题会公开给居委会和居民。"),
        danger=True,
    )


@bp.get("/rectification-files/<uuid:remedy_id>")
@requires(P.RECTIFICATION_VIEW, load=queries.remedy)
def file(remedy: Remedy) -> Response:
    """What was seen at a re-check: for those concerned, never for the public."""
    if remedy.file is None:
        raise NotFound("not_found")
    return send_file(
        BytesIO(remedy.file.content),
        mimetype=remedy.file.media_type,
        as_attachment=True,
        download_name=remedy.file.name,
    )


def _items(rectification: Rectification) -> dict[str, object]:
    return {each.code: each for each in indicators_of(rectification.evaluation.indicator_set).items}


def _address(rectification: Rectification) -> str:
    return url_for("rectifications.show", rectification_id=rectification.id)
