"""The seeded district loads through the verbs, whole or not at all, and shows everything there is."""

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from models.act import Act, Actor, Role
from models.agencies.assignment import AgencyDraw, AssignmentKind
from models.agencies.drawing import is_as_drawn
from models.audit.record import verify
from models.audit.time_taken import Task
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy
from models.evaluations.answer import VetoAnswer
from models.evaluations.replicating import asked_elsewhere
from models.evaluations.rescore import Rescore, ScoreStanding
from models.evaluations.sheet import EvaluationReport, ReportKind
from models.matching.recommendation import Recommendation
from models.needs.deliberation import Deliberation
from models.needs.details import NeedTerm
from models.needs.meeting_rules import rule_for
from models.needs.need import Need
from models.needs.ticket import Ticket
from models.panels.marking import LowPriceQuestion, Ranking
from models.panels.pool import Expert
from models.panels.reporting import verify as verify_ranking
from models.parties.independence import Independence, IndependenceStatement
from models.parties.organisation import BoardMember
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit, UnitKind
from models.reports.burden import burden
from models.reports.period import last_quarter
from models.scoring.grades import Grade
from models.scoring.score import evaluate
from models.sealing.keys import PublicKeys, opens
from models.sealing.shares import combine
from models.session import make_engine, make_sessions
from models.surveys.answer import SurveyAnswer
from models.surveys.queries import result
from models.surveys.survey import Survey
from models.tenders.key import KeyHolder, TenderKey
from models.tenders.lifecycle import phase_sql as tender_phase
from models.tenders.tender import Tender, TenderPhase
from seed_data.load import AlreadyLoaded, Loaded, load
from seed_data.workbooks import FOLDER, RowError, read
from tests.conftest import MakeDatabase
from tests.factories.parties import NOON
from tests.factories.surveys import KEY as LINKS
from tests.factories.tenders import KEEPER
from tests.support.evaluated import EVALUATED
from tests.support.heard import HEARD
from tests.support.procured import PROCUREMENT, TENDERS_BY_PHASE
from tests.support.registered import REGISTERED

TELEPHONE = re.compile(r"(?<![\dA-Z])(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{7})(?!\d)")

OFFICIAL = Act(Actor(role=Role.DISTRICT_OFFICIAL, unit_code="310190"), NOON)


@pytest.fixture(scope="module")
def empty(make_database: MakeDatabase, migrated: str) -> Iterator[Engine]:
    """A migrated database of this module alone."""
    with make_database("seed", of=migrated) as url:
        made = make_engine(url)
        yield made
        made.dispose()


@pytest.fixture(scope="module")
def loaded(empty: Engine) -> Loaded:
    """What loading gives back."""
    return load(empty, keeper=KEEPER, links=LINKS, progress=False)


@pytest.fixture(scope="module")
def counts(loaded: Loaded) -> dict[str, int]:
    """What loading says it loaded."""
    return loaded.counts


@pytest.fixture(scope="module")
def sessions(empty: Engine, counts: dict[str, int]) -> sessionmaker[Session]:
    """Sessions on the loaded district."""
    return make_sessions(empty)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that only reads."""
    with sessions() as made:
        yield made


def test_there_is_as_much_of_everything_as_the_workbooks_hold(counts: dict[str, int]) -> None:
    books = read()
    assert counts["people"] == len(books["people"]["people"])
    assert counts["services"] == len(books["services"]["services"]) >= 400
    assert counts["needs"] == len(books["needs"]["needs"]) >= 250
    called_off = len(books["contracts"]["call_offs"])
    assert counts["tenders"] == len(books["tenders"]["tenders"]) + called_off >= 25
    assert counts["surveys"] == len(books["evaluations"]["surveys"])
    assert counts["tickets"] == len(books["needs"]["tickets"]) == 24
    assert counts["bids"] == sum(row.day("sealed_on") is not None for row in books["bids"]["bids"])


def test_the_matcher_still_lists_what_the_reviews_speak_of(counts: dict[str, int]) -> None:
    reviews = len(read()["reviews"]["reviews"])
    assert counts["reviews_left_out"] <= reviews // 10


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        *REGISTERED,
        *HEARD,
        *PROCUREMENT,
        *EVALUATED,
    ],
    ids=str,
)
def test_every_kind_of_thing_is_there(session: Session, column: Any, kind: Iterable[StrEnum]) -> None:
    found = {str(value) for value in session.scalars(select(column).distinct()) if value is not None}
    assert found >= {str(each) for each in kind}


def test_there_are_tenders_at_every_phase(session: Session) -> None:
    phase = tender_phase(NOON)
    found = session.execute(select(phase, func.count()).select_from(Tender).group_by(phase)).all()
    assert {TenderPhase(name): count for name, count in found} == TENDERS_BY_PHASE


def test_low_prices_are_asked_accepted_rejected_and_pending(session: Session) -> None:
    decisions = Counter(session.scalars(select(LowPriceQuestion.is_accepted)))
    assert decisions == {True: 1, False: 1, None: 1}


def test_experts_are_enough_for_the_lot_to_decide(session: Session) -> None:
    assert (session.scalar(select(func.count()).select_from(Expert)) or 0) >= 30


def test_every_ranking_can_be_computed_again_to_the_byte(session: Session) -> None:
    rankings = session.scalars(select(Ranking)).all()
    assert len(rankings) >= 12
    assert all(verify_ranking(ranking) for ranking in rankings)


def test_the_phrases_given_back_open_what_is_shut_and_stand_nowhere(session: Session, loaded: Loaded) -> None:
    by_tender: dict[str, list[str]] = {}
    for each in loaded.phrases:
        by_tender.setdefault(each.reference, []).append(each.phrase)
    shut = select(Tender).where(tender_phase(NOON).in_([TenderPhase.TENDERING, TenderPhase.CLOSED]))
    for tender in session.scalars(shut):
        key = session.get_one(TenderKey, tender.id)
        master = combine(by_tender.pop(tender.reference)[: key.threshold])
        assert opens(master, PublicKeys(key.technical, key.price), tender.id)
    assert by_tender == {}
    # Whoever has not fetched a phrase holds one of a draft.
    waiting = select(KeyHolder).where(KeyHolder.hidden.is_not(None))
    assert all(holder.key.tender.is_draft for holder in session.scalars(waiting))
    assert "phrase=" not in repr(loaded)


def test_every_draw_of_agencies_can_be_replayed_and_had_a_choice(session: Session) -> None:
    draws = session.scalars(select(AgencyDraw)).all()
    assert all(is_as_drawn(each) for each in draws)
    assert min(len(each.pool[0]) for each in draws if each.kind is AssignmentKind.PRIMARY) >= 2


def test_every_report_of_an_evaluation_can_be_computed_again_to_the_byte(session: Session) -> None:
    reports = session.scalars(select(EvaluationReport)).all()
    assert Counter(each.kind for each in reports)[ReportKind.RESCORE] == 3
    assert all(evaluate(each.question.encode()).decode() == each.answer for each in reports)


def test_one_gap_between_two_sheets_went_to_review(session: Session) -> None:
    rescores = session.scalars(select(Rescore)).all()
    over = [each for each in rescores if (each.gap or 0) > 10]
    assert [each.stands for each in over] == [ScoreStanding.FIRST]
    assert all((each.gap or 0) > 0 for each in rescores)


def test_surveys_are_large_small_unfinished_and_too_small_to_rate(session: Session) -> None:
    results = {each.reference: result(session, each) for each in session.scalars(select(Survey))}
    answered = sorted(each.answered for each in results.values())
    assert answered[-1] == 400
    assert [each.valid for each in results.values() if each.overall is None and each.answered] == [17]
    assert [(r.answered, r.invited) for r in results.values() if 1 < r.answered < r.invited // 2] == [
        (41, 86)
    ]


def test_what_residents_wrote_names_nobody(session: Session) -> None:
    words = set(session.scalars(select(SurveyAnswer.words)))
    assert len(words) > 40
    assert sum("＊＊＊" in each for each in words) == 3
    assert not any("六二零" in each or "小陆" in each or "1203" in each for each in words)


def test_tickets_are_masked_and_wait_are_counted_begin_a_need_or_are_set_aside(session: Session) -> None:
    tickets = session.scalars(select(Ticket)).all()
    settled = Counter("need" if each.need_id else "aside" for each in tickets if each.settled_at)
    assert settled == {"need": 9, "aside": 3}
    assert sum("＊＊＊" in each.words for each in tickets) >= 8
    assert not any(re.search(r"\d+号楼|李先生|0137", each.words) for each in tickets)


def test_hubs_recommend_and_organisations_say_how_independent_they_are(session: Session) -> None:
    taken_back = [each.withdrawn_at is not None for each in session.scalars(select(Recommendation))]
    assert sorted(taken_back) == [False] * 4 + [True]
    said = Counter(each.independence for each in session.scalars(select(IndependenceStatement)))
    assert said == {Independence.INDEPENDENT: 9, Independence.SEMI_OFFICIAL: 3}


def test_rules_of_a_street_and_of_the_district_are_kept_by_meetings(session: Session) -> None:
    rules = [rule_for(session, each).version for each in session.scalars(select(Deliberation))]
    assert {each.unit_code for each in rules if each} == {"310190", "310190005"}


def test_two_places_ask_for_what_a_good_project_brought_to_another(session: Session) -> None:
    (asked,) = asked_elsewhere(session, OFFICIAL)
    assert (asked.project.grade, asked.places) == (Grade.GOOD, 2)


def test_a_contested_veto_is_upheld_with_the_reason(session: Session) -> None:
    (answer,) = session.scalars(select(VetoAnswer))
    assert (answer.upheld, answer.evaluation.grade) == (True, Grade.FAIL)


def test_the_last_quarter_shows_how_long_tasks_take(session: Session) -> None:
    shown = {each.task: each.minutes for each in burden(session, last_quarter(NOON), OFFICIAL)}
    assert {Task.POST_NEED, Task.STANDARDISE, Task.FILL_SHEET} <= {t for t, m in shown.items() if m}
    assert shown[Task.BID] is None  # too few to be shown


def test_every_service_code_is_needed_somewhere_in_every_street(session: Session) -> None:
    needed = set(session.scalars(select(NeedTerm.term_code).distinct()))
    assert needed >= {term.code for term in terms(session, Taxonomy.SERVICE)}
    streets = select(AdministrativeUnit.code).where(AdministrativeUnit.kind == UnitKind.STREET)
    assert {code[:9] for code in session.scalars(select(Need.unit_code))} == set(session.scalars(streets))


def test_no_two_needs_are_worded_alike(session: Session) -> None:
    for column in (Need.title, Need.description):
        most = select(func.count()).select_from(Need).group_by(column).order_by(func.count().desc()).limit(1)
        assert session.scalar(most) == 1


def test_residents_sit_on_boards(session: Session) -> None:
    residents = session.scalar(select(func.count()).where(BoardMember.is_resident))
    assert (residents or 0) >= 20


def test_the_audit_chain_is_whole_and_in_order_of_time(session: Session, counts: dict[str, int]) -> None:
    found = verify(session)
    assert (found.broken_at, found.events) == (None, counts["audit_events"])


def test_everything_has_happened_by_the_last_morning(session: Session) -> None:
    last = session.scalar(select(func.max(Need.updated_at)))
    assert last is not None
    assert last < NOON


def test_nobody_has_a_password_yet(session: Session) -> None:
    assert session.scalars(select(Person.login).where(Person.password_hash.is_not(None))).all() == []


def test_there_is_no_telephone_number() -> None:
    for book in read().values():
        for rows in book.values():
            for row in rows:
                for column, value in row.cells.items():
                    if isinstance(value, str) and "code" not in column:
                        assert not TELEPHONE.search(value), f"{row.book} {row.sheet} {row.number} {column}"


def test_the_district_is_loaded_once(empty: Engine, counts: dict[str, int]) -> None:
    with pytest.raises(AlreadyLoaded, match="already has 临澄区"):
        load(empty, keeper=KEEPER, links=LINKS, progress=False)


def test_a_wrong_row_is_named_and_leaves_nothing(own_engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "books"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    book = load_workbook(folder / "organisations.xlsx")
    book["organisations"]["B9"] = "52310190MJ9000000X"
    book.save(folder / "organisations.xlsx")
    with pytest.raises(RowError, match=r"organisations\.xlsx, organisations, row 9: credit_code"):
        load(own_engine, keeper=KEEPER, links=LINKS, progress=False, folder=folder)
    with make_sessions(own_engine)() as session:
        assert session.scalar(select(func.count()).select_from(AdministrativeUnit)) == 0
