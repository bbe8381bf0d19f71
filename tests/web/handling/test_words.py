"""Refusals and messages that verbs name by a variable have their words too."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models import outbox
from models.act import Role
from models.needs import assessing, deliberating, handling
from models.needs.assessment import Assessment
from models.needs.need import NeedPhase, ReturnReason
from models.parties.strata import ALL_STRATA
from tests.factories import deliberations, needs, parties
from web.labels import MESSAGES, SENTENCES
from web.labels.strata import STRATUM_WORDS


def test_everything_a_draft_may_lack_has_its_sentence() -> None:
    empty = Assessment(ends_on=date(2027, 1, 1), summary="")
    assert set(assessing.missing(empty, date(2026, 11, 20))) <= set(SENTENCES)
    assert {"assessment_lacks_participants", "meeting_missing", "meeting_not_supported"} <= set(SENTENCES)


def test_every_stratum_has_its_word() -> None:
    assert set(STRATUM_WORDS) == ALL_STRATA


def test_every_message_of_handling_and_meetings_can_be_said(session: Session) -> None:
    worker = needs.worker(session)
    official = parties.act_as(session, Role.STREET_OFFICIAL)
    returned, routed, merged, target, settled = (
        needs.need(session, phase, by=worker)
        for phase in (*[NeedPhase.SUBMITTED] * 4, NeedPhase.STANDARDISED)
    )
    handling.return_(session, returned, official, reason=ReturnReason.UNCLEAR, words="请写清楚。")
    handling.route(session, routed, official, route_code="X1", words="物业的事。")
    handling.merge(session, merged, official, into=target)
    handling.settle(session, settled, official, words="已解决。")
    held = deliberations.meeting(session, target, by=official, held=False)
    deliberating.cancel(session, held, official, words="改期")
    past = deliberations.meeting(session, needs.need(session, NeedPhase.DELIBERATING), held=True)
    deliberating.keep(session, past, official)
    told = outbox.inbox(session, worker, limit=100)
    assert {message.kind for message in told} >= {
        "need_returned",
        "need_routed",
        "need_merged",
        "need_received",
        "need_settled",
        "need_standardised",
        "need_deliberating",
        "meeting_announced",
        "meeting_held",
        "meeting_cancelled",
        "promise_kept",
    }
    for message in told:
        assert str(MESSAGES[message.kind]) % message.facts


@pytest.mark.parametrize("kind", ["need_returned", "meeting_announced"])
def test_nobody_is_told_of_the_own_deed(session: Session, kind: str) -> None:
    official = parties.act_as(session, Role.STREET_OFFICIAL)
    need = needs.need(session, NeedPhase.SUBMITTED)
    deliberations.meeting(session, need, by=official)
    handling.return_(session, need, official, reason=ReturnReason.UNCLEAR, words="请写清楚。")
    assert kind not in {message.kind for message in outbox.inbox(session, official)}
