"""What the service register says for items of the sheet: a proposal, and evidence if the evaluator likes."""

from decimal import Decimal
from typing import Any

from flask import g, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.calendar.clocks import local_date
from models.errors import Conflict
from models.evaluations import proving, queries
from models.evaluations.evaluation import Evaluation
from models.evaluations.evidence import EvaluationEvidenceKind
from models.evaluations.indicator_sets import indicators_of
from models.evaluations.marking import FILLED_IN
from models.evaluations.proving import Proof
from models.scoring.indicators import FromRegister, ItemKind
from models.surveys.counting import Ages, ages
from models.surveys.seeing import Register
from web.contracts.deed import press
from web.evaluations.blueprint import bp
from web.exchange.workbook import workbook
from web.format import day, percent
from web.guards import requires
from web.i18n import LOCALES
from web.labels.strata import stratum_name


class Registered:
    """The register of an evaluation's contract, as far as its items ask for it."""

    def __init__(self, evaluation: Evaluation) -> None:
        asked = indicators_of(evaluation.indicator_set).asked(evaluation.stage)
        self.items = {each.code: each for each in asked if each.register and each.kind in FILLED_IN}
        self.ages: Ages | None = None
        if self.items:
            register = Register(evaluation.contract, evaluation.contract.unit_code, evaluation.agency_id)
            self.ages = ages(g.db, register, local_date(g.at), g.act)

    @property
    def says_something(self) -> bool:
        """Whether anybody stands in the register."""
        return self.ages is not None and self.ages.total > 0

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Every age band with its people."""
        found = self.ages
        if found is None:
            return []
        bands = [(stratum_name(band), count) for band, count in found.bands.items()]
        return [*bands, (_("年龄没有登记"), found.unknown)]

    @property
    def proposed(self) -> dict[str, Decimal]:
        """The figures reached, of the items that ask for one."""
        found = self.ages
        if found is None or not found.total:
            return {}
        return {
            code: Decimal(found.total if item.register is FromRegister.PEOPLE else found.younger)
            for code, item in self.items.items()
            if item.kind is ItemKind.RATIO
        }

    def said(self, code: str) -> str | None:
        """The register beside an item, in a sentence."""
        item, found = self.items.get(code), self.ages
        if item is None or found is None:
            return None
        if not found.total:
            return _("服务登记册里还没有人，没有可以对照的数字。")
        if item.register is FromRegister.PEOPLE:
            return _("服务登记册到今天共 %(total)d 人。", total=found.total)
        if found.share is None:
            return _("服务登记册共 %(total)d 人，都没有登记年龄，算不出各年龄段。", total=found.total)
        bands = _("、").join(_("%(band)s %(count)d 人", band=band, count=count) for band, count in self.rows)
        return _(
            "服务登记册共 %(total)d 人：%(bands)s。"
            "登记了年龄的 %(known)d 人里，%(younger)d 人不是老人，占 %(share)s。",
            total=found.total,
            bands=bands,
            known=found.known,
            younger=found.younger,
            share=percent(found.share),
        )


@bp.post("/evaluations/<uuid:evaluation_id>/evidence/register")
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def prove_by_register(evaluation: Evaluation) -> Response:
    """Keep the register's counts of today as evidence of the items they speak for."""
    found = Registered(evaluation)
    if not found.says_something:
        raise Conflict("register_nobody")
    with force_locale(LOCALES["zh"]):
        proof = _proof(found)
    back = url_for(".sheet", evaluation_id=evaluation.id)
    return press(lambda: proving.add(g.db, evaluation, g.act, proof=proof), done=_("已加为证据。"), to=back)


def _proof(found: Registered) -> Proof:
    columns = [(_("年龄段"), "band"), (_("人数"), "people")]
    rows: list[dict[str, Any]] = [{"band": band, "people": count} for band, count in found.rows]
    name = _("服务登记册人数 %(day)s", day=day(g.at))
    content = workbook((_("服务登记册"), columns, rows))
    words = _("服务登记册按年龄统计，截至 %(day)s。", day=day(g.at))
    return Proof(EvaluationEvidenceKind.DOCUMENT, list(found.items), words, (f"{name}.xlsx", content))
