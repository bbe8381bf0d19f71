"""Opening sessions: officers who are there give their phrases, each alone, and then the envelopes open."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from models.bids import opening_room
from models.bids.opening import Opening
from models.panels.marking_desk import marks_are_in
from models.sealing.keys import Envelope
from seed_data.moving import when
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Each session: begun, a phrase every two minutes, and its end."""
    for row in books["bids"]["openings"]:
        hour = row.integer("hour") or row.refuse("hour is empty")
        yield Step(when(row, "held_on", hour, 5), row, _start)
        for number, login in enumerate(row.codes("present")):
            yield Step(when(row, "held_on", hour, 10 + 2 * number), row, partial(_give, login=login))
        if row.text("ended") in {"opened", "broken_off"}:
            yield Step(when(row, "held_on", hour, 25), row, _end)


def _start(district: District, row: Row, at: datetime) -> None:
    envelope = row.choice("envelope", Envelope)
    act = district.by(row, "led_by", at)
    opening_room.start(district.session, district.tender(row), act, envelope=envelope)


def _give(district: District, row: Row, at: datetime, login: str) -> None:
    """An officer's own phrase; whoever leads gives the escrow's where the row says why."""
    words = row.text("escrow_words") if login == row.text("escrow_by") else ""
    phrases = district.phrases[row.key("tender_id")]
    opening_room.give(
        district.session,
        _under_way(district, row),
        district.by_login(login, row, at),
        phrase=phrases["" if words else login],
        keeper=district.keeper,
        words=words,
    )


def _end(district: District, row: Row, at: datetime) -> None:
    session, act, opening = district.session, district.by(row, "led_by", at), _under_way(district, row)
    if row.text("ended") == "broken_off":
        opening_room.break_off(session, opening, act, minutes=row.key("minutes"))
        return
    opening_room.open_(
        session,
        opening,
        act,
        keeper=district.keeper,
        marks_are_in=marks_are_in(session, opening.tender),
        minutes=row.text("minutes"),
    )


def _under_way(district: District, row: Row) -> Opening:
    found = opening_room.under_way(district.session, district.tender(row))
    return found or row.refuse("no session is under way")
