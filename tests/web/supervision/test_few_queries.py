"""Lists of agencies, assignments and gaps ask the database as often for many rows as for few."""

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies.agency import Agency
from models.agencies.todo import for_official
from models.evaluations.evaluation import Evaluation
from tests.factories import agencies, contracts, supervision
from tests.page import PageClient
from tests.web.agencies.conftest import Come
from tests.web.test_few_queries import asked

Pair = tuple[Agency, Agency]
PLACES = ("/agencies", "/assignments?size=100", "/supervision", "/supervision/gaps")


def counts(pages: PageClient, connection: Connection) -> list[int]:
    """How many questions each place asks, once what is asked once a process has been asked."""
    found = []
    for where in PLACES:
        pages.get(where)
        with asked(connection) as sent:
            pages.get(where)
        found.append(len(sent))
    return found


def tasks(session: Session, connection: Connection) -> int:
    """How many questions an official's tasks ask; the other subjects of the home page count their own."""
    session.expunge_all()
    act = agencies.registrar(session)
    with asked(connection) as sent:
        assert for_official(session, act)
    return len(sent)


def test_longer_lists_ask_no_more_often(
    session: Session, connection: Connection, come: Come, pair: Pair, finals: list[Evaluation]
) -> None:
    made = agencies.assigned(session, contracts.contract_row(session), pair[0])
    made.recused_at, made.recused_words = made.drawn_at, "人手不足。"
    pages, ids = come(Role.DISTRICT_OFFICIAL), [each.id for each in finals]
    before = [*counts(pages, connection), tasks(session, connection)]
    finals, two = [session.get_one(Evaluation, each) for each in ids], list(session.scalars(select(Agency)))
    for final in finals[2:4]:
        agency = next(each for each in two if each.organisation_id != final.agency_id)
        supervision.rescored(session, final, agency, share="0.5")
    for _ in range(2):
        again = agencies.assigned(session, contracts.contract_row(session), agencies.agency(session))
        again.recused_at, again.recused_words = again.drawn_at, "人手不足。"
    session.commit()
    after = [*counts(pages, connection), tasks(session, connection)]
    assert all(late <= early for early, late in zip(before, after, strict=True)), (before, after)
