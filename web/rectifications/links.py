"""What rectifications hang on the page of an evaluation."""

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.access.policy import can
from models.evaluations.evaluation import Evaluation
from models.rectifications.queries import consequences_of, rectification_of
from web.labels import label

Link = dict[str, Any]


def after(evaluation: Evaluation) -> list[Link]:
    """What follows a final report: findings to issue or to read, decisions to make or to read."""
    if evaluation.finalised_at is None or evaluation.finalised_at > g.at:
        return []
    found, links = rectification_of(g.db, evaluation.id), []
    if found is None and can(g.act, P.FINDING_ISSUE, evaluation):
        url = url_for("rectifications.issue", evaluation_id=evaluation.id)
        links.append({"label": _("出具问题清单"), "url": url, "style": "primary"})
    if found is not None and can(g.act, P.RECTIFICATION_VIEW, found):
        url = url_for("rectifications.show", rectification_id=found.id)
        links.append({"label": _("看整改 %(reference)s", reference=found.reference), "url": url})
    for each in consequences_of(g.db, evaluation, g.act):
        links.append({"label": label(each.kind), "url": url_for("consequences.show", consequence_id=each.id)})
    if can(g.act, P.CONSEQUENCE_DECIDE, evaluation):
        url = url_for("consequences.new", evaluation_id=evaluation.id)
        links.append({"label": _("作出处理决定"), "url": url})
    return links
