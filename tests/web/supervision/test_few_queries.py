"""Lists of agencies, assignments and gaps ask the database as often for many rows as for few."""

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies.agency import Agency
from models.evaluations.evaluation import Evaluation
from tests.factories import agencies, contracts, supervision
from tests.page import PageClient
from tests.web.agencies.conftest import Come
from tests.web.test_few_queries import asked

Pair = tuple[Agency, Agency]
PLACES = ("/agencies", "/assignments?size=100", "/supervision", "/supervision/gaps", "/home")


def counts(pages: PageClient, connection: Connection) -> list[int]:
    """How many questions each place asks, once what is asked once a process has been asked."""
    found = []
    for where in PLACES:
        pages.get(where)
        with asked(connection) as sent:
            pages.get(where)
        found.append(len(sent))
    return found


def test_longer_lists_ask_no_more_often(
    session: Session, connection: Connection, come: Come, pair: Pair, finals: list[Evaluation]
) -> None:
    made = agencies.assigned(session, contracts.contract_row(session), pair[0])
    made.recused_at, made.recused_words = made.drawn_at, "人手不足。"
    pages = come(Role.DISTRICT_OFFICIAL)
    before = counts(pages, connection)
    for final in finals[2:4]:
        agency = next(each for each in pair if each.organisation_id != final.agency_id)
        supervision.rescored(session, final, agency, share="0.5")
    for _ in range(2):
        again = agencies.assigned(session, contracts.contract_row(session), agencies.agency(session))
        again.recused_at, again.recused_words = again.drawn_at, "人手不足。"
    session.commit()
    after = counts(pages, connection)
    assert [late <= early for early, late in zip(before, after, strict=True)] == [True] * len(PLACES), (
        before,
        after,
    )
