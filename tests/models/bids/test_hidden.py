"""Plaintext of drafts and sealed bids is nowhere: not in the database file, its WAL, a backup or the logs."""

import logging
import sqlite3
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from models.audit.event import AuditEvent
from models.bids import copying, submitting
from models.bids.attaching import attach
from models.bids.opened import OpenedBid
from models.bids.opening import Opening
from models.errors import Invalid
from models.outbox import Message
from models.sealing.keys import PublicKeys, opens
from models.sealing.shares import combine
from models.session import make_sessions, transaction
from models.tenders.key import TenderKey
from models.tenders.tender import Tender
from tests.factories import bids, tenders
from tests.factories.tenders import KEEPER

WORDS, NAME, INSIDE, PRICE = "凌霄密答复丁", "凌霄密文件戊", "凌霄密附件己", "437913.57"
MARKS = [each.encode() for each in (WORDS, NAME, INSIDE, PRICE)]
MARKS += [each.encode("unicode_escape") for each in (WORDS, NAME, INSIDE)]
"""As UTF-8, and as JSON writes it."""


def fill(session: Session) -> Tender:
    """A tender with a marked draft, marked sealed bids, one of them with its copy waiting."""
    tender = tenders.tender(session)
    lot = tender.lots[0]
    for number in range(3):
        own = bids.bidder(session, f"上海密标{number}号")
        act = bids.staff(session, own)
        draft = bids.draft(session, lot, own, by=act, words=WORDS, price=PRICE)
        attach(session, draft, act, name=f"{NAME}.pdf", content=b"%PDF-" + INSIDE.encode(), keeper=KEEPER)
        if number:
            bid, _receipt, copy = submitting.submit(session, lot, act, keeper=KEEPER)
            copying.keep_copy(bid, act, copy=copy)
    session.flush()
    return tender


def found_in(content: bytes) -> list[bytes]:
    return [mark for mark in MARKS if mark in content]


@pytest.mark.sqlite_only  # the files of a PostgreSQL server are not ours to read
def test_plaintext_of_bids_is_in_no_file_no_backup_and_no_log(
    own_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.orm"):
        caplog.set_level(logging.DEBUG, name)  # every statement with its parameters
    with make_sessions(own_engine)() as session, transaction(session):
        tender_id = fill(session).id
    with make_sessions(own_engine)() as session, transaction(session):
        tender = session.get_one(Tender, tender_id)
        bids.give(session, bids.started(session, tender), bids.officers(session, tender)[0])
    path = Path(str(own_engine.url.database))
    folder = path.parent
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(folder / "backup.db")) as backup:
        source.backup(backup)
        (folder / "dump.sql").write_text("\n".join(source.iterdump()))
    files = list(folder.iterdir())
    assert {path.name, f"{path.name}-wal", "backup.db", "dump.sql"} <= {each.name for each in files}
    assert {each.name: found_in(each.read_bytes()) for each in files} == {each.name: [] for each in files}
    assert "INSERT INTO bid_draft" in caplog.text
    assert found_in(caplog.text.encode()) == []
    # The search itself works: what is opened is found.
    with make_sessions(own_engine)() as session, transaction(session):
        tender, opening = session.get_one(Tender, tender_id), session.scalars(select(Opening)).one()
        second = bids.officers(session, tender)[1]
        bids.give(session, opening, second)
        bids.opening_room.open_(session, opening, second, keeper=KEEPER)
    content = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    assert INSIDE.encode() in content
    assert PRICE.encode() not in content


def test_neither_audit_facts_nor_messages_say_what_is_in_a_bid_or_whose_it_is(session: Session) -> None:
    tender = fill(session)
    bids.started(session, tender)
    names = [f"上海密标{number}号" for number in range(3)]
    rows = [str(each.facts) for table in (AuditEvent, Message) for each in session.scalars(select(table))]
    assert rows
    assert [row for row in rows if found_in(row.encode()) or any(name in row for name in names)] == []
    ids = [str(each) for each in session.execute(text("SELECT organisation_id FROM bid")).scalars()]
    assert [row for row in rows if any(each in row for each in ids)] == []


def test_fewer_than_k_shares_cannot_open(session: Session) -> None:
    tender = tenders.tender(session, threshold=3)
    bids.bids(session, tender)
    key = session.get_one(TenderKey, tender.id)
    public = PublicKeys(key.technical, key.price)
    phrases = list(tenders.phrases(tender).values())
    for few in [*combinations(phrases, 1), *combinations(phrases, 2)]:
        with pytest.raises(Invalid, match="too_few_shares"):
            combine(few)
    for enough in combinations(phrases, 3):
        assert opens(combine(enough), public, tender.id)
    opening, officers = bids.started(session, tender), bids.officers(session, tender)
    for act in officers[:2]:
        bids.give(session, opening, act)
        with pytest.raises(Invalid, match="too_few_shares"):
            bids.opening_room.open_(session, opening, act, keeper=KEEPER)
    assert session.scalars(select(OpenedBid)).all() == []
    bids.give(session, opening, officers[2])
    bids.opening_room.open_(session, opening, officers[2], keeper=KEEPER)
    assert len(session.scalars(select(OpenedBid)).all()) == 3
