"""Which agencies the data bar from a contract, on the day before and the day after."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.agencies import keeping
from models.agencies.agency import Agency, QualificationKind
from models.agencies.conflicts import conflicts
from models.agencies.ground import ASKED, LASTING, Conflict, Ground
from models.agencies.queries import ensure_free
from models.contracts.contract import Contract
from models.errors import NotAllowed
from models.needs.assessment import Assessment
from models.parties.dealing import Dealing, DealingKind
from models.parties.organisation import BoardMember, ListEntry, ListFlag, StaffMember
from models.parties.person import Membership
from models.parties.unit import AdministrativeUnit
from tests.factories import agencies, contracts, parties
from tests.factories.parties import NOON

TODAY = date(2026, 11, 20)
THREE_YEARS_AGO = date(2023, 11, 20)
LAPSING = [ground for ground in ASKED if ground not in LASTING]


def found(session: Session, agency: Agency, contract: Contract) -> set[Ground]:
    """The grounds on the usual day."""
    session.flush()
    act = contracts.official(session, NOON)
    return {each.kind for each in conflicts(session, agency.organisation_id, contract, act)}


def tie(session: Session, agency: Agency, contract: Contract, kind: Ground, ended_on: date | None) -> None:
    keeping.tie(
        session,
        agency,
        agencies.registrar(session),
        organisation_id=contract.organisation_id,
        kind=kind,
        ended_on=ended_on,
    )


def test_an_agency_without_ties_is_free(session: Session, contract: Contract, listed: list[Agency]) -> None:
    assert [found(session, agency, contract) for agency in listed] == [set(), set(), set()]


@pytest.mark.parametrize("kind", LAPSING)
def test_r53_paid_work_and_posts_bar_for_three_years_to_the_day(
    session: Session, contract: Contract, listed: list[Agency], kind: Ground
) -> None:
    tie(session, listed[0], contract, kind, THREE_YEARS_AGO)
    assert found(session, listed[0], contract) == {kind}
    tie(session, listed[1], contract, kind, THREE_YEARS_AGO - timedelta(days=1))
    assert found(session, listed[1], contract) == set()
    tie(session, listed[2], contract, kind, None)
    assert found(session, listed[2], contract) == {kind}


@pytest.mark.parametrize("kind", sorted(LASTING))
def test_nobody_judges_what_it_helped_to_make_and_kin_stay_kin(
    session: Session, contract: Contract, listed: list[Agency], kind: Ground
) -> None:
    tie(session, listed[0], contract, kind, date(2010, 1, 1))
    assert found(session, listed[0], contract) == {kind}


def test_a_tie_to_somebody_else_bars_nothing(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    other = parties.organisation(session, name="上海别家服务中心")
    act = agencies.registrar(session)
    keeping.tie(session, listed[0], act, organisation_id=other.id, kind=Ground.PAID_WORK)
    assert found(session, listed[0], contract) == set()


def test_a_dealing_with_the_contractor_bars_for_three_years(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    for agency, ended_on in zip(listed, (THREE_YEARS_AGO, THREE_YEARS_AGO - timedelta(days=1)), strict=False):
        session.add(
            Dealing(
                organisation_id=contract.organisation_id,
                other_id=agency.organisation_id,
                kind=DealingKind.SUBCONTRACT,
                began_on=date(2022, 1, 1),
                ended_on=ended_on,
                source="HT-2022-0001",
            )
        )
    assert found(session, listed[0], contract) == {Ground.DEALING}
    assert found(session, listed[1], contract) == set()


def test_the_contractor_does_not_evaluate_itself(session: Session, contract: Contract) -> None:
    contractor = contract.award.bid.bid.organisation
    area = session.get_one(AdministrativeUnit, parties.DISTRICT)
    itself = keeping.add(session, area, agencies.registrar(session), organisation_id=contractor.id)
    assert Ground.PARTY in found(session, itself, contract)


def test_a_member_of_the_consortium_does_not_evaluate_it(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    opened = contract.award.bid
    partner = {"organisation": str(listed[0].organisation_id), "share": "30"}
    opened.technical = {**opened.technical, "consortium": [partner]}
    assert found(session, listed[0], contract) == {Ground.PARTY}
    assert found(session, listed[1], contract) == set()


def test_r54_who_wrote_the_specification_does_not_evaluate(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    tender = contract.award.lot.tender
    tender.author_organisation_id = listed[0].organisation_id
    assert found(session, listed[0], contract) == {Ground.NEEDS_ASSESSMENT}


def test_who_assessed_the_need_does_not_evaluate(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    key = contract.award.lot.needs[0].need.assessment_id
    session.get_one(Assessment, key).assessor_id = listed[1].organisation_id
    session.flush()
    act = contracts.official(session, NOON)
    (conflict,) = conflicts(session, listed[1].organisation_id, contract, act)
    assert conflict == Conflict(Ground.NEEDS_ASSESSMENT, session.get_one(Assessment, key).reference)


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (StaffMember, StaffMember, Ground.EMPLOYMENT),
        (StaffMember, BoardMember, Ground.EMPLOYMENT),
        (BoardMember, StaffMember, Ground.EMPLOYMENT),
        (BoardMember, BoardMember, Ground.BOARD),
    ],
)
def test_r53_a_name_in_both_registers_bars(
    session: Session,
    contract: Contract,
    listed: list[Agency],
    ours: type[StaffMember | BoardMember],
    theirs: type[StaffMember | BoardMember],
    kind: Ground,
) -> None:
    session.add(ours(organisation_id=listed[0].organisation_id, name="沈 國强"))
    session.add(theirs(organisation_id=contract.organisation_id, name="沈 国强"))
    session.add(theirs(organisation_id=contract.organisation_id, name="沈国平"))
    session.add(ours(organisation_id=listed[1].organisation_id, name="沈国安"))
    assert found(session, listed[0], contract) == {kind}
    assert found(session, listed[1], contract) == set()


def test_r53_whoever_left_the_contractor_bars_for_three_years_to_the_day(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    contractor = contract.award.bid.bid.organisation
    for agency, days in zip(listed, (0, 1), strict=False):
        person_id = agencies.evaluator(session, agency).actor.person_id
        ended = NOON.replace(year=2023) - timedelta(days=days)
        session.add(
            Membership(
                person_id=person_id,
                role=Role.ORGANISATION_STAFF,
                organisation_id=contractor.id,
                started_at=ended - timedelta(days=300),
                ended_at=ended,
            )
        )
    assert found(session, listed[0], contract) == {Ground.EMPLOYMENT}
    assert found(session, listed[1], contract) == set()


@pytest.mark.parametrize("kind", [QualificationKind.LEGAL_BODY, QualificationKind.CLEAN_RECORD])
def test_r77_what_is_asked_for_must_be_in_force(
    session: Session, contract: Contract, listed: list[Agency], kind: QualificationKind
) -> None:
    (shown,) = (each for each in listed[0].qualifications if each.kind is kind)
    shown.expires_on = TODAY + timedelta(days=1)
    assert found(session, listed[0], contract) == set()
    shown.expires_on = TODAY
    session.flush()
    act = contracts.official(session, NOON)
    assert conflicts(session, listed[0].organisation_id, contract, act) == [
        Conflict(Ground.UNQUALIFIED, kind.value)
    ]


def test_r71_who_stands_on_a_list_is_not_drawn(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    flags = listed[0].organisation.flags
    flags.append(ListEntry(flag=ListFlag.ABNORMAL, listed_on=date(2026, 7, 1), removed_on=TODAY))
    assert found(session, listed[0], contract) == set()
    flags[0].removed_on = TODAY + timedelta(days=1)
    assert found(session, listed[0], contract) == {Ground.ON_LIST}


def test_an_agency_nobody_can_act_for_is_not_drawn(session: Session, contract: Contract) -> None:
    assert found(session, agencies.agency(session, staffed=False), contract) == {Ground.UNREACHABLE}


def test_an_evaluator_of_a_tied_agency_is_refused_even_when_it_was_drawn(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    agencies.assigned(session, contract, listed[0])
    act: Act = agencies.evaluator(session, listed[0])
    ensure_free(session, contract, act)
    tie(session, listed[0], contract, Ground.PAID_WORK, None)
    session.flush()
    with pytest.raises(NotAllowed) as refused:
        ensure_free(session, contract, act)
    assert refused.value.code == "agency_is_tied"
    assert refused.value.facts == {"ground": Ground.PAID_WORK}
    ensure_free(session, contract, contracts.official(session, NOON))
