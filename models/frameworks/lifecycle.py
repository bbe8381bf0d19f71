"""Phases and the move of an agreement, and when it can be called off from."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case

from models.access.permissions import Permission as P
from models.calendar.clocks import local_date
from models.frameworks.agreement import AgreementPhase, FrameworkAgreement
from models.lifecycle import Lifecycle, Move
from models.tenders.tender import Tender


class AgreementMove(StrEnum):
    """What can happen to an agreement."""

    END = "end"


def phase_at(agreement: FrameworkAgreement, at: datetime) -> AgreementPhase:
    """The phase at an instant."""
    ended = agreement.ended_at is not None and agreement.ended_at <= at
    return AgreementPhase.ENDED if ended else AgreementPhase.STANDING


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase as SQL; `phase_at` says the same."""
    ended = (FrameworkAgreement.ended_at <= at, AgreementPhase.ENDED.value)
    return case(ended, else_=AgreementPhase.STANDING.value)


AGREEMENT = Lifecycle(
    FrameworkAgreement,
    phase_at,
    {AgreementMove.END: Move(frozenset({AgreementPhase.STANDING}), P.AWARD_DECIDE, stamps="ended_at")},
)


def is_live(agreement: FrameworkAgreement, at: datetime) -> bool:
    """Whether it can be called off from: within its dates, and no upheld challenge has undone its report."""
    in_time = agreement.starts_on <= local_date(at) <= agreement.ends_on
    stands = phase_at(agreement, at) is AgreementPhase.STANDING
    return in_time and stands and agreement.lot.tender.decided_at is not None


def live_sql(at: datetime) -> ColumnElement[bool]:
    """The same as SQL, of an agreement joined with its tender."""
    today = local_date(at)
    return and_(
        FrameworkAgreement.starts_on <= today,
        FrameworkAgreement.ends_on >= today,
        phase_sql(at) == AgreementPhase.STANDING.value,
        Tender.decided_at.is_not(None),
    )
