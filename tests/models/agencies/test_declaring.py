"""The declaration: every ground is asked, and a yes stands aside at once."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import declaring, keeping
from models.agencies.agency import Agency
from models.agencies.assignment import Assignment
from models.agencies.conflicts import conflicts
from models.agencies.declaring import Answer
from models.agencies.ground import ASKED, Ground
from models.agencies.tie import AgencyTie
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotAllowed
from tests.factories import agencies, contracts
from tests.factories.parties import NOON

NO = [Answer(ground, is_yes=False) for ground in ASKED]


def yes_to(ground: Ground, words: str = "本机构一名理事的配偶在该机构任职。") -> list[Answer]:
    """No to everything but one."""
    return [Answer(each.ground, is_yes=True, words=words) if each.ground is ground else each for each in NO]


def test_an_agency_without_any_interest_keeps_the_assignment(session: Session, contract: Contract) -> None:
    made = agencies.drawn(session, contract)
    act = agencies.evaluator(session, made.agency)
    declaring.declare(session, made, act, answers=NO)
    assert (made.declared_at, made.declared_by, made.recused_at) == (NOON, act.actor.person_id, None)
    assert [each.ground for each in made.answers] == list(ASKED)
    with pytest.raises(Conflict) as refused:
        declaring.declare(session, made, act, answers=NO)
    assert refused.value.code == "assignment_declared"


@pytest.mark.parametrize("ground", ASKED)
def test_r53_a_yes_to_any_question_stands_aside_and_the_next_is_drawn(
    session: Session, contract: Contract, ground: Ground
) -> None:
    made = agencies.drawn(session, contract)
    act = agencies.evaluator(session, made.agency)
    declaring.declare(session, made, act, answers=yes_to(ground))
    assert made.recused_at == NOON
    assert made.recused_words == "本机构一名理事的配偶在该机构任职。"
    assert [each.is_live for each in made.draw.assignments] == [False, True]
    assert [(each.agency_id, each.kind) for each in made.draw.barred] == [(made.agency_id, ground)]


def test_what_was_said_of_a_contractor_holds_for_its_other_projects(
    session: Session, contract: Contract
) -> None:
    made = agencies.drawn(session, contract)
    declaring.declare(session, made, agencies.evaluator(session, made.agency), answers=yes_to(Ground.KINSHIP))
    (tie,) = session.scalars(select(AgencyTie))
    assert (tie.agency_id, tie.organisation_id) == (made.agency_id, contract.organisation_id)
    official = contracts.official(session, NOON)
    assert Ground.KINSHIP in {each.kind for each in conflicts(session, made.agency_id, contract, official)}


def test_an_unanswered_question_is_no_declaration(session: Session, contract: Contract) -> None:
    made = agencies.drawn(session, contract)
    act = agencies.evaluator(session, made.agency)
    for answers in (NO[1:], [], [*NO[1:], NO[1]]):
        with pytest.raises(Invalid) as refused:
            declaring.declare(session, made, act, answers=answers)
        assert refused.value.code == "declaration_incomplete"


def test_a_yes_says_what_it_is(session: Session, contract: Contract) -> None:
    made = agencies.drawn(session, contract)
    with pytest.raises(Invalid) as refused:
        declaring.declare(
            session,
            made,
            agencies.evaluator(session, made.agency),
            answers=yes_to(Ground.PAID_WORK, "  "),
        )
    assert refused.value.facts == {"ground": Ground.PAID_WORK}


def test_the_data_are_asked_again_when_it_declares(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    made = agencies.drawn(session, contract)
    by = agencies.registrar(session)
    keeping.tie(session, made.agency, by, organisation_id=contract.organisation_id, kind=Ground.PAID_WORK)
    declaring.declare(session, made, agencies.evaluator(session, made.agency), answers=NO)
    assert made.recused_at == NOON
    assert made.recused_words == ""
    assert [each.kind for each in made.draw.barred] == [Ground.PAID_WORK]


def test_only_the_agency_declares(session: Session, contract: Contract, listed: list[Agency]) -> None:
    made = agencies.drawn(session, contract)
    (other, *_rest) = (each for each in listed if each is not made.agency)
    for act in (agencies.evaluator(session, other), contracts.official(session, NOON)):
        with pytest.raises(NotAllowed):
            declaring.declare(session, made, act, answers=NO)


def test_the_agency_itself_or_an_official_of_the_area_takes_it_back(
    session: Session, contract: Contract
) -> None:
    made = agencies.drawn(session, contract)
    own = agencies.evaluator(session, made.agency)
    elsewhere = contracts.official(session, NOON, unit="310190002")
    with pytest.raises(NotAllowed):
        declaring.recuse(session, made, elsewhere, words="不合适。")
    with pytest.raises(Invalid):
        declaring.recuse(session, made, own, words=" ")
    declaring.recuse(session, made, own, words="人手不足。")
    with pytest.raises(Conflict) as refused:
        declaring.recuse(session, made, contracts.official(session, NOON), words="再来一次。")
    assert refused.value.code == "assignment_recused"
    live: Assignment = made.draw.assignments[-1]
    declaring.recuse(session, live, contracts.official(session, NOON), words="群众反映有关联。")
    with pytest.raises(Conflict):
        declaring.declare(session, live, agencies.evaluator(session, live.agency), answers=NO)
