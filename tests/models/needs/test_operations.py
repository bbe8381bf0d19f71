"""What a neighbourhood does with its need: start, edit, submit, withdraw, copy, fold."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.audit.record import verify
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.needs import operations, parts
from models.needs.completeness import Incomplete, missing
from models.needs.details import EvidenceKind, FundingSource, IndicatorCode, ResourceKind
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from models.outbox import Message
from tests.factories import needs
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, NEXT_DOOR, NOON, STREET, act_as, place


def later(act: Act, minutes: int = 5) -> Act:
    return Act(act.actor, act.at + timedelta(minutes=minutes), "test")


def test_the_same_form_sent_twice_makes_one_draft(session: Session) -> None:
    act, wanted = needs.worker(session), uuid4()
    first = operations.start(session, act, id=wanted, unit_code=NEIGHBOURHOOD, description="楼道灯不亮")
    again = operations.start(session, act, id=wanted, unit_code=NEIGHBOURHOOD, description="楼道灯不亮")
    assert first is again
    assert session.scalar(select(func.count()).select_from(Need)) == 1
    assert first.reference == "XQ-2026-0001"


def test_somebody_elses_draft_is_not_taken_over_by_its_id(session: Session) -> None:
    mine = needs.draft(session, needs.worker(session))
    with pytest.raises(NotFound):
        operations.start(session, needs.worker(session, NEXT_DOOR), id=mine.id, unit_code=NEXT_DOOR)


def test_a_need_is_of_a_neighbourhood_of_ones_own(session: Session) -> None:
    place(session)
    with pytest.raises(NotAllowed):
        operations.start(session, needs.worker(session), id=uuid4(), unit_code=ELSEWHERE)
    with pytest.raises(NotFound):
        operations.start(session, needs.worker(session), id=uuid4(), unit_code="310190001999")
    official = act_as(session, Role.STREET_OFFICIAL)
    with pytest.raises(Invalid, match="need_unit_not_neighbourhood"):
        operations.start(session, official, id=uuid4(), unit_code=STREET)
    assert operations.start(session, official, id=uuid4(), unit_code=NEXT_DOOR).unit_code == NEXT_DOOR


def test_a_draft_may_be_empty_and_is_saved_field_by_field(session: Session) -> None:
    act = needs.worker(session)
    need = operations.start(session, act, id=uuid4(), unit_code=NEIGHBOURHOOD)
    operations.edit(session, need, act, severity=0)
    operations.edit(session, need, act, severity=None, budget=Decimal("1200.50"))
    session.expire_all()
    assert (need.severity, need.budget, need.description) == (None, Decimal("1200.50"), "")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"budget": Decimal(-1)}, "need_budget_negative", "budget"),
        ({"budget": Decimal(10**11)}, "need_amount_out_of_range", "budget"),
        ({"starts_on": date(2027, 3, 1), "ends_on": date(2027, 2, 28)}, "need_ends_before_start", "ends_on"),
        ({"affected_people": 0}, "need_people_out_of_range", "affected_people"),
        ({"severity": 5}, "need_scale_out_of_range", "severity"),
        ({"urgency": -1}, "need_scale_out_of_range", "urgency"),
        ({"since": date(2030, 1, 1)}, "need_day_in_future", "since"),
        ({"description": "长" * 4001}, "words_too_long", "description"),
        ({"assessment_id": uuid4()}, "need_assessment_not_usable", "assessment_id"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    session: Session, changes: dict[str, object], code: str, field: str
) -> None:
    act = needs.worker(session)
    need = operations.start(session, act, id=uuid4(), unit_code=NEIGHBOURHOOD)
    session.commit()
    with pytest.raises(Invalid) as refusal:
        operations.edit(session, need, act, **changes)  # type: ignore[arg-type] # wrong on purpose
    assert (refusal.value.code, refusal.value.field) == (code, field)
    session.rollback()
    assert need.description == ""


def test_signs_outside_the_basic_plane_are_kept_as_written(session: Session) -> None:
    act = needs.worker(session)
    need = operations.start(session, act, id=uuid4(), unit_code=NEIGHBOURHOOD)
    operations.edit(session, need, act, title="𠮷家弄堂🍚吃饭难", description="爷叔\x00讲：汏浴难")
    session.commit()
    session.expire_all()
    assert (need.title, need.description) == ("𠮷家弄堂🍚吃饭难", "爷叔讲：汏浴难")


def test_a_stale_form_is_refused_and_nothing_of_it_is_kept(session: Session) -> None:
    act = needs.worker(session)
    need = needs.draft(session, act)
    seen = need.revision
    operations.edit(session, need, later(act), title="别人先改了")
    session.commit()
    with pytest.raises(Conflict, match="stale"):
        operations.edit(session, need, later(act), revision=seen, title="我后改的")
    with pytest.raises(Conflict, match="stale"):
        parts.set_terms(session, need, later(act), revision=seen, codes=["EL-02"])
    assert need.title == "别人先改了"


def test_setting_a_part_moves_the_revision_on(session: Session) -> None:
    act = needs.worker(session)
    need = needs.draft(session, act)
    seen = need.revision
    parts.set_resources(session, need, later(act), resources={ResourceKind.VOLUNTEERS: "老伙伴 8 人"})
    session.flush()
    assert need.revision > seen


def test_saving_the_same_again_writes_nothing(session: Session) -> None:
    act = needs.worker(session)
    need = needs.draft(session, act)
    session.commit()
    before, seen = verify(session).events, need.revision
    operations.edit(session, need, later(act), title=need.title, budget=Decimal(60000))
    parts.set_terms(session, need, later(act), codes=["EL-01"], groups=["B03"])
    parts.set_funding(session, need, later(act), funding={FundingSource.STREET_BUDGET: Decimal(60000)})
    session.flush()
    assert (verify(session).events, need.revision) == (before, seen)


def test_everything_missing_is_named_at_once(session: Session) -> None:
    act = needs.worker(session)
    need = operations.start(session, act, id=uuid4(), unit_code=NEIGHBOURHOOD, description="难")
    session.commit()
    with pytest.raises(Incomplete) as refusal:
        operations.submit(session, need, act)
    fields = [each.field for each in refusal.value.missing]
    assert fields == [
        "description",
        "codes",
        "groups",
        "affected_people",
        "severity",
        "urgency",
        "evidence",
        "starts_on",
    ]
    session.rollback()
    assert phase_at(need, NOON) is NeedPhase.DRAFT


def test_a_whole_need_lacks_nothing_and_its_budget_may_be_unknown(session: Session) -> None:
    need = needs.draft(session, needs.worker(session), budget=None)
    assert missing(need) == ()


def test_submitting_writes_down_what_follows_and_tells_the_street(session: Session) -> None:
    act = needs.worker(session)
    official = needs.official(session)
    need = needs.draft(session, act, title="")
    operations.submit(session, need, act)
    session.flush()
    assert need.title == "高龄独居老人吃饭难，家里没人烧饭，已经半年了"
    values = {row.code: row.value for row in need.indicators}
    assert values == {
        IndicatorCode.N2: 3,  # 27 voices in 4200 residents: 6.4 per 1000
        IndicatorCode.N5: 3,
        IndicatorCode.N6: 2,
        IndicatorCode.N7: 1,  # 47 of 4200: 1.1 %
        IndicatorCode.N8: 4,
        IndicatorCode.N10: 1,
        IndicatorCode.N12: 2,
    }
    (message,) = session.scalars(select(Message))
    assert (message.kind, message.person_id) == ("need_submitted", official.actor.person_id)


def test_what_is_submitted_is_written_by_the_official_alone(session: Session) -> None:
    act = needs.worker(session)
    need = needs.need(session, NeedPhase.SUBMITTED, by=act)
    with pytest.raises(Conflict, match="wrong_phase"):
        operations.edit(session, need, later(act, 90), title="改一改")
    official = needs.official(session, at=NOON)
    operations.edit(session, need, official, title="助餐进楼组")
    assert need.title == "助餐进楼组"


def test_a_returned_need_is_written_again_and_submitted_again(session: Session) -> None:
    need = needs.need(session, NeedPhase.RETURNED)
    act = Act(needs.worker(session).actor, NOON, "test")
    operations.edit(session, need, act, affected_people=52)
    operations.submit(session, need, act)
    assert phase_at(need, NOON) is NeedPhase.SUBMITTED
    assert need.return_reason is not None  # kept, so that whoever handles it again sees what was asked


def test_another_neighbourhoods_need_cannot_be_written(session: Session) -> None:
    need = needs.draft(session, needs.worker(session))
    stranger = needs.worker(session, NEXT_DOOR)
    for verb in (operations.submit, operations.withdraw, operations.edit):
        with pytest.raises(NotAllowed):
            verb(session, need, stranger)


def test_withdrawing_keeps_the_words(session: Session) -> None:
    act = needs.worker(session)
    need = needs.need(session, NeedPhase.SUBMITTED, by=act)
    operations.withdraw(session, need, later(act, 90), words="街道已经解决")
    assert (phase_at(need, NOON), need.closed_words) == (NeedPhase.CLOSED, "街道已经解决")


def test_a_copy_is_a_new_draft_with_codes_and_money_but_no_dates_and_no_evidence(session: Session) -> None:
    need = needs.need(session, NeedPhase.CLOSED)
    act, wanted = needs.worker(session, at=NOON), uuid4()
    made = operations.copy(session, need, act, id=wanted)
    assert operations.copy(session, need, act, id=wanted) is made
    session.flush()
    session.expire_all()
    assert (made.budget, made.starts_on, made.evidence) == (Decimal(60000), None, [])
    assert [term.term_code for term in made.terms] == ["EL-01", "B03"]
    assert phase_at(made, NOON) is NeedPhase.DRAFT


def test_folding_gives_the_draft_up_and_leaves_its_voice_behind(session: Session) -> None:
    standing = needs.need(session, NeedPhase.STANDARDISED)
    act = needs.worker(session, NEXT_DOOR, at=NOON)
    mine = needs.draft(session, act, NEXT_DOOR, affected_people=12)
    operations.fold(session, mine, act, into=standing)
    session.flush()
    session.expire_all()
    assert (phase_at(mine, NOON), mine.merged_into_id) == (NeedPhase.CLOSED, standing.id)
    report = next(row for row in standing.evidence if row.kind is EvidenceKind.REPORT)
    assert (report.count, report.file_id) == (12, None)


def test_a_need_is_not_folded_into_what_cannot_be_seen_or_is_over(session: Session) -> None:
    act = needs.worker(session, at=NOON)
    mine = needs.draft(session, act)
    hidden = needs.need(session, NeedPhase.SUBMITTED, unit=ELSEWHERE)
    with pytest.raises(NotFound):
        operations.fold(session, mine, act, into=hidden)
    for other in (needs.need(session, NeedPhase.CLOSED), mine):
        with pytest.raises(Invalid, match="need_cannot_fold"):
            operations.fold(session, mine, act, into=other)
