"""Sheets, evidence and photos: what is refused, what counts once, what stays of a picture."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from models.errors import Conflict, Invalid, NotFound
from models.evaluations import marking, proving
from models.evaluations.compiling import scored
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.evidence import EvaluationEvidenceKind
from models.evaluations.marking import Given, Sent
from models.evaluations.proving import Proof
from models.photos import stripped
from models.rulebook.stages import Stage
from models.scoring.score import Came
from tests.factories import agencies, evaluations
from tests.factories.parties import NOON
from tests.factories.photos import GPS, MAKE, photo

MOMENT = timedelta(microseconds=1)


def save(session: Session, made: Evaluation, given: dict[str, Given], sent: Sent | None = None) -> None:
    act = evaluations.evaluator(session, made)
    marking.save(session, made, act, given=given, sent=sent or Sent(made.sheet_revision))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_loses_where_when_and_with_what_it_was_taken(kind: str) -> None:
    content = photo(kind)
    with Image.open(BytesIO(content)) as before:
        assert before.getexif().get_ifd(GPS)
        assert before.getexif()[MAKE] == "LingXiao 9"
    kept = stripped(content, f"image/{kind.lower()}")
    with Image.open(BytesIO(kept)) as after:
        assert not after.getexif()
        assert after.size == (20, 40)  # it was turned upright before that was forgotten
    assert b"LingXiao" not in kept
    assert b"lingxiao" not in kept


@pytest.mark.parametrize("content", [b"\xff\xd8\xff", b"\xff\xd8\xff" + b"0" * 500, photo()[:200]])
def test_a_picture_that_cannot_be_opened_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="photo_unreadable"):
        stripped(content, "image/jpeg")


def test_evidence_is_kept_by_the_hash_of_what_is_kept(session: Session) -> None:
    made = evaluations.started(session)
    act = evaluations.evaluator(session, made)
    shown = Proof(EvaluationEvidenceKind.PHOTO, ["E1.1", "E5.1"], "活动室签到台。", ("a.jpg", photo()))
    first, second = proving.add(session, made, act, proof=shown)
    assert (first.name, second.name) == ("ZJ-1", "ZJ-2")
    assert first.file is second.file
    assert first.file is not None
    assert first.file.sha256 == hashlib.sha256(first.file.content).hexdigest()
    assert first.file.content == stripped(photo(), "image/jpeg")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"items": []}, "evidence_item_missing"),
        ({"items": ["E3.1"]}, "mark_item_unknown"),
        ({"items": ["E9.9"]}, "mark_item_unknown"),
        ({"words": " "}, "words_missing"),
        ({"file": None}, "evidence_file_missing"),
        ({"file": ("a.pdf", b"%PDF-1.7")}, "photo_is_no_picture"),
        ({"file": ("a.exe", b"MZ")}, "file_kind_unknown"),
        ({"file": ("a.jpg", b"\xff\xd8\xff" + bytes(10 * 2**20))}, "file_too_large"),
    ],
)
def test_evidence_that_shows_nothing_is_refused(
    session: Session, change: dict[str, object], code: str
) -> None:
    made = evaluations.started(session)
    proof = Proof(EvaluationEvidenceKind.PHOTO, ["E1.1"], "签到台。", ("a.jpg", photo()))
    with pytest.raises(Invalid, match=code):
        proving.add(session, made, evaluations.evaluator(session, made), proof=replace(proof, **change))  # type: ignore[arg-type]  # the fields of a proof
    assert proving.evidence_of(session, made) == []


def test_a_visit_lies_between_the_beginning_and_now(session: Session) -> None:
    made = evaluations.started(session)
    act = evaluations.evaluator(session, made)
    assert made.started_at is not None
    facts = {"place": "澄江一村活动室", "was_announced": False, "words": "午饭按时送到。"}
    for wrong in (made.started_at - MOMENT, NOON + MOMENT):
        with pytest.raises(Invalid, match="visit_time"):
            proving.note_visit(session, made, act, visited_at=wrong, **facts)
    visit = proving.note_visit(session, made, act, visited_at=made.started_at, **facts)
    seen = Proof(EvaluationEvidenceKind.OBSERVATION, ["E2.7"], "看到餐盒。", visit=visit)
    (kept,) = proving.add(session, made, act, proof=seen)
    assert kept.visit is visit
    other = evaluations.started(session)
    with pytest.raises(Invalid, match="visit_unknown"):
        proving.add(session, other, evaluations.evaluator(session, other), proof=seen)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"E1.1": Given(points=Decimal("4.01"))}, "mark_above_maximum", "points_E1.1"),
        ({"E1.1": Given(points=Decimal("-0.01"))}, "mark_figure", "points_E1.1"),
        ({"E1.1": Given(points=Decimal("1.005"))}, "mark_figure", "points_E1.1"),
        ({"E1.1": Given(points=Decimal("NaN"))}, "mark_figure", "points_E1.1"),
        ({"E2.8": Given(planned=Decimal(3))}, "mark_ratio_halved", "actual_E2.8"),
        ({"E2.8": Given(planned=Decimal(0), actual=Decimal(1))}, "mark_planned_zero", "planned_E2.8"),
        ({"E2.8": Given(points=Decimal(9))}, "mark_ratio_halved", "actual_E2.8"),
        ({"E1.1": Given(points=Decimal(4), missing="没有。")}, "mark_and_missing", "missing_E1.1"),
        ({"E3.1": Given(points=Decimal(12))}, "mark_item_unknown", None),
        ({"E1.1": Given(words="字" * 4001)}, "words_too_long", "words_E1.1"),
    ],
)
def test_what_is_wrong_on_a_sheet_is_said_beside_its_field_and_nothing_is_kept(
    session: Session, given: dict[str, Given], code: str, field: str | None
) -> None:
    made = evaluations.started(session)
    with pytest.raises(Invalid, match=code) as refused:
        save(session, made, {"E1.3": Given(points=Decimal(2))} | given)
    assert refused.value.field == field
    session.rollback()


def test_points_at_the_maximum_are_taken_and_count_with_evidence_only(session: Session) -> None:
    made = evaluations.started(session)
    save(session, made, {"E1.1": Given(points=Decimal(4)), "E1.3": Given(missing="没有变更记录。")})
    act = evaluations.evaluator(session, made)
    came = {each.item.code: (each.points, each.came) for each in scored(session, made, act).items}
    assert came["E1.1"] == (0, Came.NO_EVIDENCE)
    evaluations.proved(session, made, act)
    came = {each.item.code: (each.points, each.came) for each in scored(session, made, act).items}
    assert came["E1.1"] == (4, Came.MARKED)
    assert came["E1.3"] == (0, Came.NO_EVIDENCE)
    assert came["E2.1"] == (0, Came.UNMARKED)
    assert came["E3.1"] == (0, Came.NO_SURVEY)


def test_a_sheet_that_arrives_twice_counts_once(session: Session) -> None:
    made = evaluations.started(session)
    sent = Sent(0)
    save(session, made, {"E1.1": Given(points=Decimal(3))}, sent)
    save(session, made, {"E1.1": Given(points=Decimal(3))}, sent)
    assert made.sheet_revision == 1


def test_a_sheet_written_over_anothers_is_refused_and_one_upon_its_own_lost_answer_taken(
    session: Session,
) -> None:
    made = evaluations.started(session)
    mine = Sent(0)
    save(session, made, {"E1.1": Given(points=Decimal(3))}, mine)  # its answer is lost on the way back
    with pytest.raises(Conflict, match="sheet_changed_meanwhile"):
        save(session, made, {"E1.1": Given(points=Decimal(1))}, Sent(0))
    again = Sent(0, after=frozenset({uuid4(), mine.key}))
    save(session, made, {"E1.1": Given(points=Decimal(2))}, again)
    assert marking.marks_of(session, made)["E1.1"].points == 2
    with pytest.raises(Conflict, match="sheet_changed_meanwhile"):
        save(session, made, {"E1.1": Given(points=Decimal(4))}, Sent(1))


def test_a_mark_that_says_nothing_any_more_is_taken_away(session: Session) -> None:
    made = evaluations.started(session)
    save(session, made, {"E1.1": Given(points=Decimal(3)), "E1.3": Given(words="待核")})
    save(session, made, {"E1.1": Given(), "E1.3": Given(words="待核")})
    assert set(marking.marks_of(session, made)) == {"E1.3"}


def test_a_mid_term_does_not_ask_for_outcomes(session: Session) -> None:
    made = evaluations.started(session, Stage.MIDTERM)
    with pytest.raises(Invalid, match="mark_item_unknown"):
        save(session, made, {"E6.1": Given(points=Decimal(7))})


def test_nobody_else_writes_on_a_sheet_and_nobody_once_it_is_handed_over(session: Session) -> None:
    made = evaluations.started(session)
    stranger = agencies.evaluator(session, agencies.agency(session))
    for act in (stranger, evaluations.supplier(session, made), evaluations.official(session)):
        with pytest.raises(NotFound):
            marking.save(session, made, act, given={}, sent=Sent(0))
    for phase, code in (
        (EvaluationPhase.PLANNED, "evaluation_not_started"),
        (EvaluationPhase.DRAFTED, "evaluation_sheet_closed"),
    ):
        other = evaluations.evaluation(session, phase=phase)
        with pytest.raises(Conflict, match=code):
            save(session, other, {})


def test_a_veto_is_found_with_facts_and_lifted_without(session: Session) -> None:
    made = evaluations.started(session)
    act = evaluations.evaluator(session, made)
    with pytest.raises(Invalid, match="words_missing"):
        marking.veto(session, made, act, code="false_data", words="")
    with pytest.raises(Invalid, match="veto_unknown"):
        marking.veto(session, made, act, code="bad_mood", words="态度差。")
    marking.veto(session, made, act, code="false_data", words="签到表为后补。")
    assert scored(session, made, act).grade == "fail"
    assert scored(session, made, act).sheet.vetoes == {"false_data": "签到表为后补。"}
    marking.veto(session, made, act, code="false_data", words="")
    assert scored(session, made, act).sheet.vetoes == {}
