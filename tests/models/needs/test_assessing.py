"""Assessments: what may be written, what must be there, and for how long they count."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import start_of
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.needs import assessing
from models.needs.assessment import Assessment, AssessmentMethod, AssessmentPhase
from models.needs.assessment_content import Finding
from models.needs.assessment_queries import (
    AssessmentPage,
    Wanted,
    assessment_page,
    in_force,
    is_in_force,
    list_assessments,
)
from models.needs.assessment_queries import assessment as loaded
from models.needs.lifecycle import assessment_phase_at
from tests.factories import deliberations, needs, parties
from tests.factories.deliberations import assessment, content
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, NOON, STREET


def test_a_draft_keeps_what_was_written(session: Session) -> None:
    made = assessment(session, completed=False)
    session.expire_all()
    assert made.reference == "DY-2026-0001"
    assert [row.problem for row in made.findings] == ["高龄独居老人吃饭难", "看病没人陪", "楼道堆物"]
    assert {row.method: row.participants for row in made.methods} == {
        AssessmentMethod.QUESTIONNAIRE: 80,
        AssessmentMethod.HOUSEHOLD_VISIT: 20,
    }
    assert assessment_phase_at(made, NOON) is AssessmentPhase.DRAFT


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "title_missing"),
        ({"title": "长" * 201}, "words_too_long"),
        ({"ends_on": date(2026, 8, 31)}, "ends_before_start"),
        ({"assessor_id": uuid4()}, "assessor_unknown"),
        ({"methods": {AssessmentMethod.QUESTIONNAIRE: -1}}, "number_negative"),
        ({"methods": {AssessmentMethod.QUESTIONNAIRE: 2**40}}, "participants_out_of_range"),
        ({"respondents": {"age:60_79": -1}}, "number_negative"),
        ({"respondents": {"age:unborn": 1}}, "stratum_unknown"),
        ({"respondents": {"age:60_79": 100, "age:80_plus": 1}}, "respondents_above_participants"),
        ({"findings": [Finding("吃饭难", "XX-01")]}, "term_unknown"),
        ({"findings": [Finding("吃饭难", "B02")]}, "term_unknown"),
        ({"findings": [Finding("吃饭难", "EL-01", 1.2)]}, "share_out_of_range"),
        ({"findings": [Finding(" ")]}, "finding_without_problem"),
        ({"findings": [Finding("吃饭难")] * 21}, "findings_too_many"),
    ],
)
def test_what_cannot_be_true_is_refused(session: Session, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        assessment(session, completed=False, **changes)
    assert refused.value.code == code


def test_each_dimension_is_held_against_the_participants_by_itself(session: Session) -> None:
    made = assessment(session, completed=False, respondents={"age:60_79": 100, "sex:female": 100})
    assert len(made.respondents) == 2


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"methods": {}, "respondents": {}}, "assessment_lacks_methods"),
        ({"methods": {AssessmentMethod.WALK_THROUGH: 0}, "respondents": {}}, "assessment_lacks_participants"),
        ({"findings": ()}, "assessment_lacks_findings"),
        ({"summary": ""}, "assessment_lacks_summary"),
        ({"ends_on": date(2026, 11, 21)}, "assessment_not_over"),
    ],
)
def test_what_is_missing_is_named_before_and_at_completion(
    session: Session, changes: dict[str, object], lack: str
) -> None:
    act = needs.worker(session, at=NOON)
    made = assessment(session, by=act, completed=False, **changes)
    page = page_of(session, made, act)
    assert page.lacks == [lack]
    with pytest.raises(Invalid) as refused:
        assessing.complete(session, made, act)
    assert refused.value.code == lack


def test_an_assessment_can_be_completed_on_the_last_day_of_asking(session: Session) -> None:
    made = assessment(session, ends_on=date(2026, 11, 20))
    assert made.completed_at == NOON


def test_a_completed_assessment_can_no_longer_be_written(session: Session) -> None:
    act = needs.worker(session, at=NOON)
    made = assessment(session, by=act)
    with pytest.raises(Conflict, match="wrong_phase"):
        assessing.edit(session, made, act, content=content())
    with pytest.raises(Conflict, match="wrong_phase"):
        assessing.attach(session, made, act, name="a.pdf", content=b"%PDF-1.7")
    with pytest.raises(Conflict, match="wrong_phase"):
        assessing.complete(session, made, act)


def test_a_stale_form_is_refused_also_when_only_rows_beside_it_changed(session: Session) -> None:
    act = needs.worker(session, at=NOON)
    made = assessment(session, by=act, completed=False)
    seen = made.revision
    assessing.edit(session, made, act, revision=seen, content=content(findings=[Finding("停车难")]))
    with pytest.raises(Conflict, match="stale"):
        assessing.edit(session, made, act, revision=seen, content=content())


def test_a_second_click_returns_the_draft_that_stands(session: Session) -> None:
    act = needs.worker(session, at=NOON)
    once = uuid4()
    first = assessing.create(session, act, id=once, unit_code=NEIGHBOURHOOD, content=content())
    second = assessing.create(session, act, id=once, unit_code=NEIGHBOURHOOD, content=content(title="又一次"))
    assert second is first
    assert first.title == content().title
    stranger = needs.worker(session, ELSEWHERE, at=NOON)
    with pytest.raises(NotFound):
        assessing.create(session, stranger, id=once, unit_code=ELSEWHERE, content=content())


def test_nobody_assesses_another_neighbourhood(session: Session) -> None:
    stranger = needs.worker(session, ELSEWHERE, at=NOON)
    with pytest.raises(NotAllowed):
        assessing.create(session, stranger, unit_code=NEIGHBOURHOOD, content=content())


def test_a_file_must_be_what_it_says(session: Session) -> None:
    act = needs.worker(session, at=NOON)
    made = assessment(session, by=act, completed=False)
    with pytest.raises(Invalid, match="file_not_what_it_says"):
        assessing.attach(session, made, act, name="问卷.xlsx", content=b"no workbook")
    kept = assessing.attach(session, made, act, name="问卷.pdf", content=b"%PDF-1.7 ...")
    assert [each.file_id for each in made.files] == [kept.id]
    assessing.detach(session, made, act, file_id=kept.id)
    assert made.files == []


def test_an_assessment_counts_until_the_day_before_its_anniversary(session: Session) -> None:
    made = assessment(session, ends_on=date(2026, 9, 30))
    last, over = start_of(date(2027, 9, 29)), start_of(date(2027, 9, 30))
    for at, counts in [
        (NOON - timedelta(microseconds=1), False),
        (NOON, True),
        (last, True),
        (over - timedelta(microseconds=1), True),
        (over, False),
    ]:
        assert (in_force(session, NEIGHBOURHOOD, at) is made) is counts
        assert is_in_force(made, at) is counts


def test_a_leap_day_counts_until_the_end_of_february(session: Session) -> None:
    at = start_of(date(2028, 3, 10))
    made = assessment(session, at=at, starts_on=date(2028, 2, 1), ends_on=date(2028, 2, 29))
    for day, counts in [(date(2029, 2, 28), True), (date(2029, 3, 1), False)]:
        assert (in_force(session, NEIGHBOURHOOD, start_of(day)) is made) is counts
        assert is_in_force(made, start_of(day)) is counts


def test_an_assessment_of_the_street_counts_for_its_neighbourhoods_until_they_have_their_own(
    session: Session,
) -> None:
    of_street = assessment(session, unit=STREET, by=parties.act_as(session, Role.STREET_OFFICIAL))
    assert in_force(session, NEIGHBOURHOOD, NOON) is of_street
    assert in_force(session, ELSEWHERE, NOON) is None
    own = assessment(session)
    assert in_force(session, NEIGHBOURHOOD, NOON) is own


def test_a_withdrawn_assessment_no_longer_counts(session: Session) -> None:
    act = needs.worker(session, at=NOON)
    made = assessment(session, by=act)
    assessing.withdraw(session, made, act)
    assert in_force(session, NEIGHBOURHOOD, NOON) is None
    assert loaded(session, made.id, parties.nobody()) is None


@pytest.mark.parametrize("role", [None, *Role])
def test_what_is_listed_is_what_may_be_opened(session: Session, role: Role | None) -> None:
    made = [
        assessment(session),
        assessment(session, completed=False),
        assessment(session, unit=ELSEWHERE),
        assessment(session, unit=ELSEWHERE, completed=False),
    ]
    act = acting(session, role)
    listed = {row.assessment.id for row in list_assessments(session, act, Wanted()).rows}
    assert listed == {each.id for each in made if loaded(session, each.id, act) is not None}
    assert {made[0].id, made[2].id} <= listed


def test_the_list_finds_words_phases_and_places(session: Session) -> None:
    one = assessment(session, title="澄江一村老年人调研")
    two = assessment(session, unit=ELSEWHERE, title="望湖花园亲子调研", completed=False)
    act = parties.act_as(session, Role.DISTRICT_OFFICIAL)

    def found(**wanted: object) -> list[Assessment]:
        rows = list_assessments(session, act, Wanted(**wanted)).rows  # type: ignore[arg-type]  # any of them
        return [row.assessment for row in rows]

    assert found(words="望湖 亲子") == [two]
    assert found(words="100%") == []
    assert found(phase=AssessmentPhase.COMPLETED) == [one]
    assert found(area=ELSEWHERE) == [two]


def acting(session: Session, role: Role | None) -> Act:
    """Somebody in a role, or nobody."""
    if role is None:
        return parties.nobody()
    if role is Role.SYSTEM:
        return parties.system()
    if role in {Role.ORGANISATION_STAFF, Role.EVALUATOR}:
        return parties.act_as(session, role, organisation=parties.organisation(session))
    return parties.act_as(session, role)


def page_of(session: Session, made: Assessment, act: Act) -> AssessmentPage:
    """The page, which must be there."""
    page = assessment_page(session, made.id, act)
    assert page is not None
    return page


def test_the_page_names_the_needs_that_stand_on_it(session: Session) -> None:
    made = deliberations.assessment(session)
    later = Act(needs.worker(session).actor, NOON, "test")
    need = needs.draft(session, later, assessment_id=made.id)
    assert page_of(session, made, later).needs == [need]
    assert page_of(session, made, parties.nobody()).needs == []
