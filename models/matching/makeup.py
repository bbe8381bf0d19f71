"""How large and how old organisations are: the groups in which it is told who is seen."""

from datetime import date, datetime
from enum import StrEnum

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.calendar.clocks import local_date
from models.parties.organisation import Organisation, StaffMember

MEDIUM_FROM, LARGE_FROM = 10, 50
GROWN_FROM, OLD_FROM = 3, 10
_DAYS_OF_A_YEAR = 365.25


class Size(StrEnum):
    """By the people registered as working there; nobody registered says nothing."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    UNKNOWN = ""


class Age(StrEnum):
    """By the years since it was established."""

    YOUNG = "young"
    GROWN = "grown"
    OLD = "old"
    UNKNOWN = ""


def size_of(staff: int) -> Size:
    """Under 10, under 50, or more."""
    if not staff:
        return Size.UNKNOWN
    if staff < MEDIUM_FROM:
        return Size.SMALL
    return Size.MEDIUM if staff < LARGE_FROM else Size.LARGE


def age_of(established_on: date | None, today: date) -> Age:
    """Under 3 years, under 10, or more."""
    if established_on is None:
        return Age.UNKNOWN
    years = (today - established_on).days / _DAYS_OF_A_YEAR
    if years < GROWN_FROM:
        return Age.YOUNG
    return Age.GROWN if years < OLD_FROM else Age.OLD


def makeup(session: Session, services: pd.DataFrame, at: datetime) -> pd.DataFrame:
    """service_id, org_id, and size and age of the organisation, of a catalogue's services."""
    staff = select(func.count()).where(StaffMember.organisation_id == Organisation.id).correlate(Organisation)
    query = select(Organisation.id, Organisation.established_on, staff.scalar_subquery())
    today = local_date(at)
    known = {str(key): (size_of(many), age_of(since, today)) for key, since, many in session.execute(query)}
    owners = [known[key] for key in services["org_id"]]
    return services[["service_id", "org_id"]].assign(
        size=[size.value for size, _ in owners], age=[age.value for _, age in owners]
    )
