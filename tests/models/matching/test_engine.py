"""The engine is shared by the threads of a process."""

from threading import Barrier, Thread

from sqlalchemy import Engine as Database

from models.matching.engine import Engine, Fitted
from models.matching.propose import similar_needs
from models.session import make_reading_sessions, make_sessions, transaction
from tests.factories import matching, needs, parties

THREADS = 4


def test_threads_share_one_fitted_catalogue_and_get_the_same_answers(own_engine: Database) -> None:
    with make_sessions(own_engine)() as session, transaction(session):
        matching.services(session)
        needs.need(session)
        worker = needs.worker(session)
    engine, start = Engine(), Barrier(THREADS)
    fitted: list[Fitted] = []
    answers: list[tuple[object, ...]] = []

    def ask() -> None:
        with make_reading_sessions(own_engine)() as mine:
            start.wait(timeout=20)
            found, _, shortlists = engine.open_shortlists(mine, parties.NOON)
            like = similar_needs(mine, worker, engine, text=needs.WORDS, unit_code=parties.NEIGHBOURHOOD)
            fitted.append(found)
            answers.append((tuple(shortlists["service_id"]), tuple(one.score for one in like)))

    threads = [Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(fitted) == THREADS
    assert len({id(each) for each in fitted}) == 1
    assert len(set(answers)) == 1
    assert answers[0][0]
