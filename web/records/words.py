"""A record in words: how it stands beside its kind, what a mark is made of, what a result waits for."""

from flask_babel import gettext as _
from flask_babel import ngettext

from models.records.outcome import Outcome
from models.scoring.record import Counted, Parameters, Record
from web.labels import label
from web.labels.records import LEVELS, PARTS

ALIKE = 1.5
"""Closer to the mean of its kind than so many points is as good as the same, as in the matcher's reasons."""


def beside(record: Record) -> str:
    """Above the mean of its kind, near it, or below."""
    points, mean = f"{record.points:.1f}", f"{record.spread.mean:.1f}"
    if abs(record.points - record.spread.mean) < ALIKE:
        return _("记录 %(points)s 分，与同类平均 %(mean)s 分相近", points=points, mean=mean)
    if record.points > record.spread.mean:
        return _("记录 %(points)s 分，高于同类平均 %(mean)s 分", points=points, mean=mean)
    return _("记录 %(points)s 分，低于同类平均 %(mean)s 分", points=points, mean=mean)


def kind(record: Record) -> str:
    """Whose mean it is compared with."""
    if not record.spread.organisations:
        return str(LEVELS[record.level])
    others = ngettext("另外 %(num)d 家", "另外 %(num)d 家", record.spread.organisations)
    return _("%(level)s（%(others)s）", level=LEVELS[record.level], others=others)


def composed(outcome: Outcome, counted: Counted, given: Parameters) -> str:
    """Parts and shares, what was taken off, and whether it is so far off the mean that it counts for less."""
    told = [
        _(
            "%(part)s %(points)s × %(share)s%%",
            part=PARTS[name],
            points=f"{points:.1f}",
            share=f"{100 * share:.0f}",
        )
        for name, points, share in outcome.composed.parts
    ]
    if outcome.composed.off:
        told.append(_("质疑成立 −%(off)s", off=f"{outcome.composed.off:.0f}"))
    if outcome.composed.vetoed:
        told.append(_("一票否决，按 0 分"))
    if counted.counted != counted.corrected:
        told.append(_("超出平均 %(reach)s 分，按 %(reach)s 分算", reach=f"{given.reach:.0f}"))
    return _("；").join(told)


def waits(outcome: Outcome) -> str:
    """What is still open about a result."""
    return _("、").join(str(label(reason)) for reason in sorted(outcome.waits))
