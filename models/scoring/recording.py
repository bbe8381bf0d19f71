"""Track records from the marks of final evaluations, so that anybody can work them out again.

From each mark the evaluator's mean deviation is taken; what is further from the mean of the kind than
`reach` counts as `reach`; a mark weighs half after each half-life; and the mean of the kind stands beside the
marks for as many of them as the variances say (empirical Bayes). What is said of a kind and of an
evaluator comes from other organisations alone: so an evaluation moves the record of the one it is about by
its own weight only, and by no more than `most_from_one`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from models.scoring.deviation import Evaluators
from models.scoring.record import CODE, DOMAIN, EVERYWHERE, STARTING, Counted, Mark, Parameters, Record
from models.scoring.shrinkage import START, Spread, spread

Records = dict[tuple[str, str], Record]
"""(organisation, code) -> its record."""
STANDARD = Parameters()


def records(marks: Sequence[Mark], on: date, given: Parameters = STANDARD) -> Records:
    """The records of a day, of every organisation in every code in which it has a mark."""
    ordered = sorted(marks, key=lambda mark: (mark.on, mark.source, mark.code))
    found: Records = {}
    evaluators = Evaluators(ordered, given.deviation_hold)
    for organisation, own in _by(ordered, lambda mark: mark.organisation).items():
        off = evaluators.deviations(without=own)
        for code, mine in _by(own, lambda mark: mark.code).items():
            level, others = _kind(mine[0], ordered, given.least_others)
            kind = _spread(others, off, on, given)
            found[organisation, code] = _record(mine, level, kind, off, on, given)
    return found


def codes_with_records(marks: Sequence[Mark], given: Parameters = STANDARD) -> frozenset[str]:
    """Where enough organisations have marks that a newcomer is given an allowance beside them."""
    of_code = _by(marks, lambda mark: mark.code)
    known = {code: {mark.organisation for mark in each} for code, each in of_code.items()}
    return frozenset(code for code, each in known.items() if len(each) >= given.least_others)


def weight(mark: Mark, on: date, half_life: int) -> float:
    """1 on the day of the mark, half of it after each half-life."""
    return float(0.5 ** (max((on - mark.on).days, 0) / half_life))


def corrected(mark: Mark, off: Mapping[str, float]) -> float:
    """The points without the evaluator's deviation, still from 0 to 100."""
    return min(max(mark.points - off.get(mark.evaluator, 0.0), 0.0), 100.0)


def _record(
    mine: Sequence[Mark], level: str, kind: Spread, off: Mapping[str, float], on: date, given: Parameters
) -> Record:
    hold = max(kind.hold, given.least_hold)
    low, high = kind.mean - given.reach, kind.mean + given.reach
    lines = []
    for mark in mine:
        points, age = corrected(mark, off), weight(mark, on, given.half_life)
        counted = min(max(points, low), high)
        lines.append(Counted(mark, off.get(mark.evaluator, 0.0), points, counted, age))
    allowance = given.allowance * hold / (hold + sum(line.weight for line in lines))
    return Record(mine[0].code, level, kind, hold, tuple(lines), allowance)


def _kind(mine: Mark, marks: Sequence[Mark], least: int) -> tuple[str, Sequence[Mark]]:
    """The nearest kind in which enough other organisations have marks, and these marks."""
    kinds: tuple[tuple[str, Callable[[Mark], bool]], ...] = (
        (CODE, lambda mark: mark.code == mine.code),
        (DOMAIN, lambda mark: mark.domain == mine.domain),
        (EVERYWHERE, lambda _mark: True),
    )
    for level, of_kind in kinds:
        found = [mark for mark in marks if mark.organisation != mine.organisation and of_kind(mark)]
        if len({mark.organisation for mark in found}) >= least:
            return level, found
    return STARTING, ()


def _spread(marks: Sequence[Mark], off: Mapping[str, float], on: date, given: Parameters) -> Spread:
    """Of the marks of one kind, by organisation."""
    if not marks:
        return START
    tables = [
        np.array([(corrected(mark, off), weight(mark, on, given.half_life)) for mark in each])
        for each in _by(marks, lambda mark: mark.organisation).values()
    ]
    return spread([(table[:, 0], table[:, 1]) for table in tables])


def _by(marks: Sequence[Mark], key: Callable[[Mark], str]) -> dict[str, list[Mark]]:
    """Marks in groups, in order of their names."""
    groups: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[key(mark)].append(mark)
    return dict(sorted(groups.items()))
