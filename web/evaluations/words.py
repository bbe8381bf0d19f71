"""Evaluations in words: tones of phases, titles in the reader's language, points and how they came."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _

from models.calendar.counting import Counted
from models.evaluations.board import EvaluationRow
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.evidence import EvaluationEvidence
from models.evaluations.indicator_sets import indicators_of
from models.evaluations.indicators import IndicatorSet
from models.evaluations.rescore import Rescore, RescorePhase
from models.rulebook.stages import Stage
from models.scoring.grades import Grade
from models.scoring.indicators import Dimension, Indicators, Item, Veto, decimal
from models.scoring.score import Came, ItemScore, Score
from models.scoring.score import two as points
from web.format import day, number
from web.i18n import language
from web.labels import label

TONES = {
    EvaluationPhase.PLANNED: "neutral",
    EvaluationPhase.STARTED: "active",
    EvaluationPhase.DRAFTED: "waiting",
    EvaluationPhase.ANSWERED: "active",
    EvaluationPhase.FINAL: "waiting",
    EvaluationPhase.PUBLISHED: "done",
    EvaluationPhase.CANCELLED: "stopped",
    RescorePhase.ORDERED: "waiting",
    RescorePhase.SUBMITTED: "active",
    RescorePhase.REVIEWED: "done",
    RescorePhase.WAIVED: "stopped",
}

__all__ = ["points"]


def stages() -> list[tuple[str, str]]:
    """The stages, to choose from."""
    return [("", _("各个阶段")), *((stage.value, label(stage)) for stage in Stage)]


def phases() -> list[tuple[str, str]]:
    """The phases, to choose from."""
    return [("", _("所有状态")), *((phase.value, label(phase)) for phase in EvaluationPhase)]


def tone(phase: EvaluationPhase | RescorePhase) -> str:
    """The tone of a phase's tag."""
    return TONES[phase]


def grade_tone(grade: Grade) -> str:
    """A grade is no state, but a failed one stands out."""
    return "stopped" if grade is Grade.FAIL else "plain"


def title(named: Item | Dimension | Veto | Indicators) -> str:
    """The title in the reader's language."""
    return named.english if language() == "en" else named.title


def maximum(item: Item) -> Decimal:
    """The most there is to earn."""
    return decimal(item.maximum)


def out_of(score: Score) -> str:
    """The total, out of what there was to earn."""
    return _("%(points)s / %(most)s 分", points=points(score.total), most=decimal(score.maximum))


def grade_or_most(evaluation: Evaluation) -> str | None:
    """What stands under a score: the grade, or of a stage without one what there was to earn."""
    if evaluation.grade or evaluation.score is None:
        return label(evaluation.grade) if evaluation.grade else None
    asked = indicators_of(evaluation.indicator_set).asked(evaluation.stage)
    return _("满分 %(most)s 分", most=decimal(sum((item.maximum for item in asked), Fraction(0))))


def summed(items: list[ItemScore]) -> str:
    """The sum of some items, out of what there was."""
    total = sum((each.points for each in items), Fraction(0))
    most = sum((each.item.maximum for each in items), Fraction(0))
    return _("%(points)s / %(most)s 分", points=points(total), most=decimal(most))


def came(found: ItemScore) -> str:
    """How the points of an item came, with the figures."""
    entry, counted = found.entry, found.counted
    if found.came is Came.RATIO and entry.planned is not None and entry.actual is not None:
        share = f"{points((found.ratio or Fraction(0)) * 100).normalize():f}"
        facts = {
            "actual": number(decimal(entry.actual)),
            "planned": number(decimal(entry.planned)),
            "share": share,
        }
        return _("完成 %(actual)s / 计划 %(planned)s，%(share)s%%", **facts)
    if counted is not None and found.came in {Came.SURVEY, Came.ASSEMBLY}:
        facts = {"satisfied": counted.satisfied, "answers": counted.answers}
        if found.came is Came.SURVEY:
            return _("调查有效答卷 %(answers)s 份，满意 %(satisfied)s 份", **facts)
        return _("评议会 %(answers)s 人表态，满意 %(satisfied)s 人", **facts)
    if counted is not None and found.came is Came.NOT_RATED:
        return _("有效答卷只有 %(answers)s 份，不足 20 份，不作评定，计 0 分", answers=counted.answers)
    return label(found.came)


def evidence(found: ItemScore) -> str:
    """The numbers of what an item rests on."""
    return _("、").join(found.entry.evidence)


def window(evaluation: Evaluation) -> str:
    """From which day to which."""
    return _("%(first)s 到 %(last)s", first=day(evaluation.due_from), last=day(evaluation.due_until))


def next_day(row: EvaluationRow) -> str:
    """What is due, and whether that is over."""
    if row.due is None:
        return "—"
    if row.is_overdue:
        return _("%(day)s，已过期", day=day(row.due))
    return _("%(day)s前", day=day(row.due))


def by(until: date | None) -> str:
    """A last day."""
    return day(until) if until else "—"


def counted(found: Counted) -> str:
    """A day that was counted; one in a year whose holidays are not announced says so."""
    return _("%(day)s（暂定）", day=day(found.day)) if found.provisional else day(found.day)


def asked(indicators: Indicators, evaluation: Evaluation) -> list[str]:
    """The codes of the items of its stage."""
    return [item.code for item in indicators.asked(evaluation.stage)]


def veto(score: Score, code: str) -> str:
    """A veto's title."""
    return veto_title(score.sheet.indicators, code)


def veto_title(indicators: Indicators, code: str) -> str:
    """A veto's title in its set."""
    return next(title(each) for each in indicators.vetoes if each.code == code)


def rescored(found: Rescore) -> str | None:
    """The second score and the gap, once both are there."""
    if found.score is None:
        return None
    if found.gap is None:
        return _("复评 %(score)s 分", score=found.score)
    return _("复评 %(score)s 分，相差 %(gap)s 分", score=found.score, gap=found.gap)


def set_title(row: IndicatorSet) -> str:
    """Whose set it is, and which version."""
    if row.unit_code is None:
        return _("默认指标")
    named = title(indicators_of(row))
    return _("%(name)s，第 %(version)s 版", name=named, version=row.version)


def lines(indicators: Indicators) -> str:
    """The lines of the grades."""
    said = [
        _("%(grade)s %(points)s 分起", grade=label(each), points=decimal(line))
        for each, line in indicators.lines.items()
    ]
    return _("、").join(said)


def bands(indicators: Indicators) -> str:
    """The bands of a ratio."""
    said = [
        _("%(least)s%% 起得 %(share)s", least=decimal(band.least), share=band.share)
        for band in indicators.bands
    ]
    return _("、").join(said)


def vetoes(indicators: Indicators) -> str:
    """The vetoes."""
    return _("、").join(title(each) for each in indicators.vetoes)


def stages_of(item: Item) -> str:
    """The stages that ask an item."""
    return _("、").join(label(stage) for stage in Stage if item.is_asked(stage))


def hash_of(found: EvaluationEvidence) -> str:
    """The file's hash, short: the whole one is in the export."""
    return found.file.sha256[:16] if found.file else ""
