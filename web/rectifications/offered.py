"""Findings a report offers, in words that only have to be ticked."""

from collections.abc import Sequence

from flask_babel import gettext as _

from models.rectifications.proposing import Cause, Proposal
from web.evaluations import words

LONGEST = 2000
"""Of what the evaluator wrote; the whole report is where it always was."""


def sentence(offered: Proposal) -> str:
    """What the finding says unless somebody writes it otherwise."""
    facts = {"name": name(offered), "said": offered.said[:LONGEST]}
    if offered.item is not None and offered.cause is Cause.LOW:
        facts |= {"points": str(words.points(offered.item.points))}
        facts |= {"most": str(words.maximum(offered.item.item))}
        return _("%(name)s：得 %(points)s 分，满分 %(most)s 分，不到六成。%(said)s", **facts).strip()
    if offered.cause is Cause.NO_EVIDENCE:
        return _("%(name)s：没有看到证据。%(said)s", **facts).strip()
    return _("一票否决，%(name)s：%(said)s", **facts).strip()


def name(offered: Proposal) -> str:
    """The item or the veto."""
    if offered.item is not None:
        return f"{offered.code} {words.title(offered.item.item)}"
    return words.title(offered.veto) if offered.veto else ""


def numbered(found: Sequence[Proposal]) -> dict[str, Proposal]:
    """The proposals by the ends of their fields' names."""
    return {f"p{place}": each for place, each in enumerate(found, 1)}
