"""Two who look at an evaluation with other eyes: one that is tied and refused, one that marks it again blind."""

from decimal import Decimal

from playwright.sync_api import expect

from models.agencies.agency import Agency
from models.agencies.ground import Ground
from models.evaluations import reporting
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.rulebook.stages import Stage as Step
from models.session import transaction
from tests.factories import evaluations
from tests.factories.parties import NOON
from tests.stories.evaluation.judging import fill
from tests.stories.evaluation.stage import (
    AGENCIES,
    FIRST,
    OTHER,
    SECOND,
    THIRD,
    contract_of,
    organisation_of,
    picture,
    tie,
)
from tests.stories.procurement.stage import OFFICIAL, Stage, follow, press, seen, send, tick, told

BEST, HALF = Decimal(1), Decimal("0.5")
FIRST_WORDS = "服务按约定完成，账目清楚。"
REASONS = "复评核对了原始台账，扣分有据。"
ADDRESSES = ("", "/sheet", "/evidence", "/evidence/new", "/visits/new", "/vetoes", "/report", "/evaluation.json")


def started(stage: Stage) -> str:
    """An evaluation the first agency has begun; its address."""
    with stage.session() as session, transaction(session):
        contract = contract_of(session, OTHER)
        agency = session.get_one(Agency, organisation_of(session, AGENCIES[FIRST]).id)
        made = evaluations.evaluation(
            session, Step.MIDTERM, EvaluationPhase.STARTED, contract=contract, agency=agency
        )
        return f"/evaluations/{made.id}"


def refused(stage: Stage, where: str) -> None:
    """It marks until the district notes a tie; then every address says no, and never what it read before."""
    seen(stage.window(FIRST, f"{where}/sheet"), "评分表")
    with stage.session() as session, transaction(session):
        tie(session, FIRST, OTHER, Ground.PAID_WORK)
    client = stage.client(FIRST).client
    for address in ADDRESSES:
        assert client.get(f"{where}{address}").status_code == 403, address
    page = stage.window(FIRST, where)
    seen(page, "利害关系")
    picture(page, "refused")
    expect(page.locator("main")).not_to_contain_text("证据")
    outsider = stage.client(SECOND).client
    assert {outsider.get(f"{where}{address}").status_code for address in ADDRESSES} == {404}
