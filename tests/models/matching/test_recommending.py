"""A hub recommends a service by name: a statement for whoever reviews the matches, and nothing else (D43)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.audit.event import AuditEvent
from models.catalogue.operations import retire
from models.catalogue.service import Service
from models.errors import Conflict, Invalid, NotAllowed
from models.matching.page import ReviewPage
from models.matching.queries import review_page
from models.matching.recommendation import HubRelation, Recommendation
from models.matching.recommending import (
    ranks,
    recommend,
    recommendation,
    recommended_by,
    recommended_for,
    withdraw,
)
from models.matching.run import MatchRun
from models.needs.need import Need, NeedPhase
from models.outbox import Message
from tests.factories import catalogue, matching, needs
from tests.factories.parties import DISTRICT, OTHER_STREET, act_as


def hub(session: Session, unit: str = DISTRICT) -> Act:
    return act_as(session, Role.HUB, unit=unit)


def spoken_for(
    session: Session, need: Need, act: Act, service: Service, reason: str = "做了三年，居民认得他们"
) -> Recommendation:
    made = recommend(session, need, act, service=service, relation=HubRelation.INCUBATED, reason=reason)
    session.flush()
    return made


def test_a_recommendation_reaches_the_official_with_reason_and_relation(session: Session) -> None:
    official, need = matching.official(session), needs.need(session)
    service, act = catalogue.service(session), hub(session)
    made = spoken_for(session, need, act, service)
    assert [(each.reason, each.relation) for each in recommended_for(session, need, official)] == [
        ("做了三年，居民认得他们", HubRelation.INCUBATED)
    ]
    assert recommended_by(session, act) == [made]
    mine = Message.person_id == official.actor.person_id, Message.kind == "service_recommended"
    told = session.scalars(select(Message).where(*mine)).all()
    assert [each.facts["service"] for each in told] == [service.title]
    events = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == str(made.id))).all()
    assert [each.action for each in events] == ["recommendation.make"]


def test_r48_a_recommendation_changes_no_score_rank_or_limit(session: Session) -> None:
    services, need = matching.services(session), needs.need(session)
    before = matching.run(session, need)
    for name in ("chess", "kitchen", "away"):
        spoken_for(session, need, hub(session), services[name])
    after = matching.run(session, need)
    assert said(before) == said(after)
    assert len(said(after)) > 2


def said(run: MatchRun) -> list[tuple[object, ...]]:
    """Everything a run says of its services."""
    rows = [
        (str(m.service_id), m.rank, m.score, m.verdict, m.contributions, m.reasons, m.refusals)
        for m in run.matches
    ]
    return sorted(rows, key=lambda row: str(row[0]))


def test_the_review_page_itself_knows_nothing_of_it(session: Session) -> None:
    need, official = needs.need(session), matching.official(session)
    services = matching.services(session)
    run = matching.run(session, need, by=official)
    spoken_for(session, need, hub(session), services["meals"])
    page: ReviewPage = review_page(session, need, official)
    assert all(isinstance(shown.match.rank, int) for shown in page.ranked)
    found = recommended_for(session, need, official)
    assert set(ranks(session, run.id, found)) == {services["meals"].id}


def test_only_the_hub_of_the_area_recommends_and_sees_its_own(session: Session) -> None:
    need, service = needs.need(session), catalogue.service(session)
    act, elsewhere = hub(session), hub(session, OTHER_STREET)
    for other in (elsewhere, matching.official(session), act_as(session, Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            spoken_for(session, need, other, service)
    made = spoken_for(session, need, act, service)
    assert recommendation(session, made.id, act) is made
    assert recommendation(session, made.id, elsewhere) is None
    assert recommended_for(session, need, elsewhere) == []
    assert recommended_for(session, need, needs.worker(session)) == []
    assert recommended_by(session, elsewhere) == []
    with pytest.raises(NotAllowed):
        withdraw(session, made, elsewhere)


def test_a_second_click_recommends_once_and_a_withdrawn_one_can_return(session: Session) -> None:
    need, service, act = needs.need(session), catalogue.service(session), hub(session)
    made = spoken_for(session, need, act, service)
    assert spoken_for(session, need, act, service, "又一次") is made
    withdraw(session, made, act)
    withdraw(session, made, act)
    assert recommended_for(session, need, matching.official(session)) == []
    again = spoken_for(session, need, act, service)
    assert again.id != made.id
    assert recommended_by(session, act) == [again]


@pytest.mark.parametrize("phase", [NeedPhase.SUBMITTED, NeedPhase.DELIBERATING, NeedPhase.MATCHED])
def test_nobody_recommends_before_the_need_is_clear_or_after_the_choice(
    session: Session, phase: NeedPhase
) -> None:
    need = needs.need(session, phase)
    with pytest.raises(Conflict, match="wrong_phase"):
        spoken_for(session, need, hub(session), catalogue.service(session))


def test_an_unmet_need_is_where_a_hub_helps_most(session: Session) -> None:
    need = needs.need(session, NeedPhase.UNMET)
    assert spoken_for(session, need, hub(session), catalogue.service(session)).need is need


def test_a_recommendation_has_a_reason_and_a_service_that_is_offered(session: Session) -> None:
    need, service, act = needs.need(session), catalogue.service(session), hub(session)
    with pytest.raises(Invalid, match="recommendation_reason"):
        spoken_for(session, need, act, service, " ")
    retire(session, service, catalogue.staff_act(service.organisation))
    with pytest.raises(Invalid, match="recommended_service_retired"):
        spoken_for(session, need, act, service)
    assert session.scalars(select(Recommendation)).all() == []
