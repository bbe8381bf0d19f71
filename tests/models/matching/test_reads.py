"""What is proposed, shown and counted, and to whom."""

from sqlalchemy.orm import Session

from matcher import FOR_REASONS, LIMITS, SIGNALS, STALE
from models.act import Role
from models.matching.engine import Engine
from models.matching.exposure import Exposure, exposures
from models.matching.fitting import fitting
from models.matching.overview import overview
from models.matching.propose import propose, similar_needs
from models.needs.need import NeedPhase
from models.parties.organisation import ListFlag
from tests.factories import catalogue, matching, needs, parties
from web.labels.matching import CAUTIONS, PARTS, REASONS, REFUSALS
from web.labels.matching import LIMITS as LIMIT_WORDS


def test_a_sentence_proposes_codes_groups_and_routes() -> None:
    found = propose(Engine(), "独居老人没人烧饭，楼道灯不亮")
    words = {code.code: code.words for code in found.codes}
    assert "没人烧饭" in words["EL-01"]
    assert "B03" in {group.code for group in found.groups}
    assert [route.code for route in found.routes] == ["X1"]
    assert propose(Engine(), "").codes == ()


def test_similar_needs_are_those_the_actor_may_see(session: Session) -> None:
    mine = needs.need(session, NeedPhase.SUBMITTED)
    public = needs.need(session, unit=parties.ELSEWHERE)
    hidden = needs.need(session, NeedPhase.SUBMITTED, unit=parties.ELSEWHERE)
    needs.need(session, NeedPhase.CLOSED)
    needs.need(session, NeedPhase.DRAFT)
    act, engine = needs.worker(session), Engine()
    asked = {"text": needs.WORDS, "unit_code": parties.NEIGHBOURHOOD, "term_codes": ("EL-01", "B03")}
    found = similar_needs(session, act, engine, **asked)  # type: ignore[arg-type]  # by name
    assert {one.id for one in found} == {mine.id, public.id}
    assert found[0].id == mine.id
    assert found[0].near_duplicate
    assert found[0].place == "community"
    assert "EL-01" in found[0].term_codes
    district = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    wider = similar_needs(session, district, engine, **asked)  # type: ignore[arg-type]  # by name
    assert hidden.id in {one.id for one in wider}
    without = similar_needs(session, act, engine, exclude=mine.id, limit=1, **asked)  # type: ignore[arg-type]  # by name
    assert [one.id for one in without] == [public.id]
    assert similar_needs(session, act, engine, text="  ", unit_code=parties.NEIGHBOURHOOD) == []


def test_nothing_is_similar_to_the_first_need_of_all(session: Session) -> None:
    act = needs.worker(session)
    assert similar_needs(session, act, Engine(), text="老人吃饭难", unit_code=parties.NEIGHBOURHOOD) == []


def test_an_organisation_is_kept_from_needs_by_its_own_limits(session: Session) -> None:
    services, need, engine = matching.services(session), needs.need(session), Engine()

    def page_of(name: str):  # type: ignore[no-untyped-def]  # the page
        staff = parties.act_as(session, Role.ORGANISATION_STAFF, organisation=services[name].organisation)
        return fitting(session, staff, engine)

    assert [fit.need for fit in page_of("meals").fits] == [need]
    assert page_of("meals").kept_from == []
    (kept,) = page_of("dear").kept_from
    assert [refusal["code"] for refusal in kept.candidate.refusals] == ["price_above_budget"]
    assert page_of("chess").fits == page_of("chess").kept_from == []


def test_a_matched_need_is_offered_to_nobody_any_more(session: Session) -> None:
    services, engine = matching.services(session), Engine()
    needs.need(session, NeedPhase.MATCHED)
    staff = parties.act_as(session, Role.ORGANISATION_STAFF, organisation=services["meals"].organisation)
    assert fitting(session, staff, engine).fits == []


def test_exposure_counts_a_need_once_however_often_it_was_run(session: Session) -> None:
    services, by, engine, need = (
        matching.services(session),
        matching.official(session),
        Engine(),
        needs.need(session),
    )
    matching.run(session, need, by=by, engine=engine)
    later = matching.Act(by.actor, by.at + needs.timedelta(minutes=1), "test")
    second = matching.run(session, need, by=later, engine=engine)
    matching.accept(session, matching.match_of(second, services["meals"]), later)
    ids = {name: services[name].organisation_id for name in services}
    found = exposures(session, ids.values(), later)
    assert found[ids["meals"]] == Exposure(listed=1, accepted=1)
    assert found[ids["kitchen"]] == Exposure(listed=1, accepted=0)
    assert ids["dear"] not in found


def test_the_overview_counts_by_place_domain_and_phase(session: Session) -> None:
    catalogue.service(session)
    needs.need(session)
    needs.need(session, NeedPhase.MATCHED)
    needs.need(session, NeedPhase.CLOSED)
    needs.need(session, NeedPhase.DRAFT)
    needs.need(session, unit=parties.ELSEWHERE, codes=["DM-01"])
    found = overview(session, parties.act_as(session, Role.DISTRICT_OFFICIAL))
    assert found.needs() == 3
    assert found.needs(place=parties.STREET, domain="EL") == 2
    assert found.needs(domain="DM") == 1
    assert found.needs(phases=(NeedPhase.CLOSED,)) == 1
    assert found.supply == {"EL": 1}
    assert len(found.days_to_standard) == 4
    assert len(found.days_to_match) == 1
    street = overview(session, matching.official(session))
    assert {place.code for place in street.places} == {parties.NEIGHBOURHOOD, parties.NEXT_DOOR}
    assert street.needs() == 2


def test_every_code_the_matcher_can_say_has_words() -> None:
    assert set(PARTS) == set(SIGNALS)
    assert set(REASONS) == set(FOR_REASONS)
    assert set(REFUSALS) == set(LIMIT_WORDS) == {refused for refused, _ in LIMITS.values()}
    assert set(CAUTIONS) == {unknown for _, unknown in LIMITS.values()} | {STALE}


def test_an_organisation_on_a_list_is_refused_from_that_day_on(session: Session) -> None:
    services, engine = matching.services(session), Engine()
    before = engine.catalogue(session, parties.NOON).content_hash
    matching.put_on_list(session, services["meals"].organisation, ListFlag.DISHONEST)
    fitted = engine.catalogue(session, parties.NOON)
    assert fitted.content_hash != before
    (row,) = fitted.table[fitted.table["service_id"] == str(services["meals"].id)].to_dict("records")
    assert row["list_flags"] == "dishonest"
