"""The page that computes a ranking again. Nothing is kept: everything it needs is in the file."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from models.document import decimal
from models.errors import DomainError
from models.panels.ranking.question import RANKED_METHODS, LowPriceAnswer, read_question
from models.panels.ranking.rank import Ranking, rank
from models.panels.ranking.report import report, written
from models.rulebook.rule import rule
from web.guards import public
from web.labels import SENTENCES, label
from web.panels.example import EXAMPLE
from web.panels.forms import RankForm

bp = Blueprint("ranking", __name__, url_prefix="/rank")

Answer = str | Response | tuple[str, int]


@bp.route("", methods=["GET", "POST"])
@public
def show() -> Answer:
    """What to bring; then the ranking, or what is wrong, or the report as the command line writes it."""
    form = RankForm()
    if not form.is_submitted():
        return _page(form)
    try:
        ranking = rank(read_question(form.given()))
    except DomainError as error:
        form.used.errors = [_said(error)]
        return _page(form), 422
    if "download" in request.form:
        named = {"Content-Disposition": 'attachment; filename="ranking.json"'}
        return Response(written(report(ranking)), mimetype="application/json", headers=named)
    return _page(form, ranking=ranking, rules=[rule(id_) for id_ in ranking.rules], rows=_rows(ranking))


def _page(form: RankForm, **shown: Any) -> str:
    return render_template(
        "panels/rank.html",
        form=form,
        example=EXAMPLE,
        methods=RANKED_METHODS,
        answers=tuple(LowPriceAnswer),
        **shown,
    )


def _said(error: DomainError) -> Markup:
    """The sentence of a refusal; places and values are the file's, so they are set as code."""
    facts = {name: Markup("<code>{}</code>").format(fact) for name, fact in error.facts.items()}
    return Markup(SENTENCES[error.code]) % facts  # noqa: S704  # the sentence is ours, its facts are escaped


def _rows(ranking: Ranking) -> list[dict[str, Any]]:
    """The bids of the report, with their prices, and with words for its codes."""
    found = {finding.bid.id: finding for finding in ranking.findings}
    rows = []
    for row in report(ranking)["bids"]:
        finding = found[row["id"]]
        tied = _("并列，依采购文件的规定或抽签确定") if row["tie_group"] else ""
        low_by = [label(trigger) for trigger in finding.low_by]
        note = label(finding.invalid_reason) or tied
        rows.append({**row, "price": decimal(finding.bid.price), "note": note, "low_by": low_by})
    return rows
