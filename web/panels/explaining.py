"""A bidder explains a price that looks too low, before the time is up (R29)."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.errors import DomainError
from models.panels import low_prices, queries
from models.panels.marking import LowPriceQuestion
from models.session import transaction
from web.guards import requires
from web.panels import words
from web.panels.judging_forms import AnswerForm

bp = Blueprint("low_prices", __name__, url_prefix="/low-prices")
Answer = str | Response | tuple[str, int]


@bp.route("/<uuid:opened_id>", methods=["GET", "POST"])
@requires(Permission.BID_SUBMIT, load=queries.low_price)
def answer(question: LowPriceQuestion) -> Answer:
    """Read the question, and answer it."""
    form = AnswerForm(words=question.answer)
    if not form.is_submitted():
        return _page(question, form)
    if not form.validate():
        return _page(question, form), 422
    try:
        with transaction(g.db):
            low_prices.answer(g.db, question, g.act, words=form.words.data)
    except DomainError as error:
        form.refuse(error)
        return _page(question, form), error.status
    flash(_("您的说明已交给评审小组。时间到之前还可以修改。"))
    return redirect(url_for(".answer", opened_id=question.bid_id), 303)


def _page(question: LowPriceQuestion, form: AnswerForm) -> str:
    return render_template(
        "panels/answer.html",
        question=question,
        form=form,
        words=words,
        is_open=question.decided_at is None and g.at < question.due_at,
    )
