"""Framework agreements: concluded by the verbs from a report, or rows where only dates count."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act
from models.catalogue.service import CostUnit
from models.contracts import awarding, contracting, performing
from models.contracts.award import Award
from models.contracts.performing import UsersOpinion
from models.frameworks.agreeing import agree
from models.frameworks.agreement import ChosenBy, FrameworkAgreement, FrameworkSupplier
from models.frameworks.calling_off import Order, call_off
from models.needs.need import Need
from models.rulebook.methods import Method
from models.tenders.lot import Lot
from models.tenders.tender import Tender
from tests.factories import contracts, tenders
from tests.factories.contracts import DECIDED, URL

STARTS, ENDS = date(2026, 12, 16), date(2028, 12, 15)
LIVE = datetime.fromisoformat("2027-01-11T10:00:00+08:00")
QUANTITY = 1000
WORDS = "老人们看过三家的菜单后选定。"


def reported(session: Session, *, quantity: int | None = QUANTITY, **changes: object) -> Tender:
    """A tender for an agreement, whose report lies before the purchaser: three valid bids in order."""
    made = contracts.reported(session, **{"method": Method.FRAMEWORK_CALL_OFF, **changes})  # type: ignore[arg-type]  # passed on
    session.execute(
        update(Lot)
        .where(Lot.tender_id == made.id)
        .values(quantity=quantity, quantity_unit=CostUnit.PERSON_TIME)
    )
    session.expire_all()
    return made


def agreement(
    session: Session, tender: Tender | None = None, *, at: datetime = DECIDED
) -> FrameworkAgreement:
    """The agreement of its first lot."""
    made = tender or reported(session)
    return agree(
        session,
        made.lots[0],
        contracts.official(session, at),
        starts_on=STARTS,
        ends_on=ENDS,
        url=URL,
        published_on=DECIDED.date(),
    )


def need(session: Session, **changes: object) -> Need:
    """Another need of the same service in the same area."""
    return tenders.need(session, **changes)


def order(price: str | Decimal = "450.00", quantity: int = 100, **changes: object) -> Order:
    """A hundred units at the usual price, chosen by the users."""
    usual: dict[str, object] = {"chosen_by": ChosenBy.USERS, "words": WORDS}
    return Order(quantity, Decimal(price), **{**usual, **changes})  # type: ignore[arg-type]  # what is tried


def called_off(
    session: Session, made: FrameworkAgreement | None = None, *, act: Act | None = None, at: datetime = LIVE
) -> Award:
    """A need called off from the first supplier."""
    given = made or agreement(session)
    by = act or contracts.official(session, at)
    return call_off(session, given.suppliers[0], by, need=need(session), order=order())


def accepted(session: Session, award: Award) -> None:
    """Its notice, its contract, and the first milestone accepted with what its users said."""
    by = contracts.official(session, LIVE)
    awarding.note_notice(session, award, by, url=URL, published_on=LIVE.date())
    later = contracts.official(session, LIVE + timedelta(days=7))
    contract = contracting.make(session, award, later)
    contracting.sign_for_purchaser(session, contract, later)
    supplier = contracts.supplier(session, contract, later.at)
    contracting.sign_for_supplier(session, contract, supplier)
    first = contract.milestones[0]
    performing.report(session, first, supplier, words="本期服务 100 人次。")
    performing.accept(session, first, later, users=UsersOpinion(30, 27, "饭菜热乎。"))


def agreement_row(session: Session) -> FrameworkAgreement:
    """An agreement that is only rows: for what follows from its dates alone."""
    award = contracts.award_row(session)
    made = FrameworkAgreement(
        reference=f"KJ-{award.id.hex[:12]}",
        lot=award.lot,
        ranking=award.ranking,
        uniform=False,
        starts_on=date(2026, 11, 1),
        ends_on=date(2028, 10, 31),
        made_at=award.decided_at - timedelta(days=1),
        suppliers=[FrameworkSupplier(bid=award.bid, rank=1, unit_price=Decimal(450))],
    )
    session.add(made)
    session.flush()
    return made
