"""Challenges: filed by those who bid, answered by the purchaser, complaints recorded after them."""

from flask import Blueprint, g, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.audit.timeline import timeline
from models.contracts import challenging, complaining, queries
from models.contracts.challenge import Challenge
from models.contracts.challenge_page import ChallengeDesk, challenge_desk, challenge_page, challenge_row
from models.errors import NotFound
from web.contracts import words
from web.contracts.deed import Answer, carry_out, press
from web.contracts.forms import AnswerForm, ChallengeForm, ComplaintForm
from web.guards import requires

bp = Blueprint("challenges", __name__)


@bp.get("/challenges")
@requires(P.CHALLENGE_VIEW)
def list_() -> str:
    """The challenges I may see: of my area, or of my organisation."""
    rows = [challenge_row(each, g.act.at) for each in queries.challenges(g.db, g.act)]
    return render_template("contracts/challenges.html", rows=rows, words=words)


@bp.route("/results/<uuid:result_id>/challenge", methods=["GET", "POST"])
@requires(P.CHALLENGE_FILE, load=challenge_desk)
def new(desk: ChallengeDesk) -> Answer:
    """File a challenge, as long as one can."""
    form = ChallengeForm().offer(desk)

    def verb() -> None:
        window = desk.open[int(form.window.data)]
        challenging.file(
            g.db,
            desk.tender,
            g.act,
            stage=window.stage,
            lot=window.lot,
            points=form.points.data or "",
            remedy=form.remedy.data or "",
        )

    return carry_out(
        form,
        verb,
        title=_("提出质疑"),
        button=_("提出质疑"),
        back=(desk.tender.title, url_for("awards.result", result_id=desk.tender.id)),
        done=_("质疑已提出。采购人应在七个工作日内答复，处理完之前合同暂停签订。"),
        template="contracts/challenge_new.html",
        desk=desk,
    )


@bp.get("/challenges/<uuid:challenge_id>")
@requires(P.CHALLENGE_VIEW, load=queries.challenge)
def show(challenge: Challenge) -> str:
    """One challenge."""
    page = challenge_page(g.db, challenge, g.act)
    events = timeline(g.db, challenge)
    return render_template("contracts/challenge.html", page=page, words=words, events=events)


@bp.post("/challenges/<uuid:challenge_id>/withdraw")
@requires(P.CHALLENGE_FILE, load=queries.challenge)
def withdraw(challenge: Challenge) -> Answer:
    """Take it back."""
    return press(
        lambda: challenging.withdraw(g.db, challenge, g.act), done=_("质疑已撤回。"), to=_page(challenge)
    )


@bp.route("/challenges/<uuid:challenge_id>/answer", methods=["GET", "POST"])
@requires(P.CHALLENGE_ANSWER, load=queries.challenge)
def answer(challenge: Challenge) -> Answer:
    """Answer it."""
    form = AnswerForm()
    return carry_out(
        form,
        lambda: challenging.answer(
            g.db,
            challenge,
            g.act,
            upheld=form.upheld.data == "yes",
            words=form.words.data or "",
            replay_from=form.step,
        ),
        title=_("答复质疑"),
        button=_("答复"),
        back=(challenge.reference, _page(challenge)),
        done=_("已答复，提出质疑的机构收到了通知。"),
        template="contracts/answer.html",
        challenge=challenge,
    )


@bp.route("/challenges/<uuid:challenge_id>/complaint", methods=["GET", "POST"])
@requires(P.CHALLENGE_ANSWER, load=queries.challenge)
def complaint(challenge: Challenge) -> Answer:
    """Record a complaint."""
    form = ComplaintForm()
    return carry_out(
        form,
        lambda: complaining.complain(
            g.db,
            challenge,
            g.act,
            filed_on=form.filed_on.data,
            words=form.words.data or "",
            within_points=form.within_points.data,
            suspended_until=form.suspended_until.data,
        ),
        title=_("登记投诉"),
        button=_("登记"),
        back=(challenge.reference, _page(challenge)),
        done=_("投诉已登记。"),
        lead=_("投诉由财政部门处理。这里登记收到的投诉和暂停通知。"),
    )


@bp.route("/challenges/<uuid:challenge_id>/complaint/decision", methods=["GET", "POST"])
@requires(P.CHALLENGE_ANSWER, load=queries.challenge)
def decision(challenge: Challenge) -> Answer:
    """Record what the finance department decided."""
    found = complaining.complaint_of(g.db, challenge)
    if found is None:
        raise NotFound("not_found")
    form = AnswerForm()
    return carry_out(
        form,
        lambda: complaining.decide(
            g.db,
            found,
            g.act,
            upheld=form.upheld.data == "yes",
            words=form.words.data or "",
            replay_from=form.step,
        ),
        title=_("登记投诉处理决定"),
        button=_("登记"),
        back=(challenge.reference, _page(challenge)),
        done=_("处理决定已登记。"),
        template="contracts/answer.html",
        challenge=challenge,
    )


def _page(challenge: Challenge) -> str:
    return url_for("challenges.show", challenge_id=challenge.id)
