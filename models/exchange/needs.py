"""Rows of needs: each becomes a draft with everything the sheet says, to be looked over and submitted."""

import calendar
from datetime import date
from uuid import uuid4

from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import local_date
from models.errors import Invalid
from models.exchange.cells import Row
from models.exchange.places import neighbourhood_of
from models.needs import operations, parts
from models.needs.details import EvidenceKind, FundingSource
from models.needs.need import Engagement, Need
from models.needs.raiser import RaiserKind
from models.needs.raising import Group, set_raiser

COLUMNS = {
    "unit_code": False,
    "street": False,
    "community": False,
    "title": False,
    "description": True,
    "service_codes": False,
    "beneficiary_codes": False,
    "affected_people": False,
    "severity": False,
    "urgency": False,
    "since": False,
    "start_month": False,
    "months": False,
    "budget_yuan": False,
    "source": False,
    "existing_supply": False,
    "engagement": False,
    "raiser_kind": False,
    "raiser_name": False,
    "raiser_covers": False,
    "raiser_households": False,
}
"""Columns, and whether each must be filled. A place is named by its code or by its name."""

SOURCE_WORDS = {
    "12345热线": EvidenceKind.HOTLINE,
    "12345": EvidenceKind.HOTLINE,
    "热线": EvidenceKind.HOTLINE,
    "走访": EvidenceKind.VISIT,
    "问卷": EvidenceKind.SURVEY,
    "三会": EvidenceKind.MEETING,
    "居民议事会": EvidenceKind.MEETING,
    "会议": EvidenceKind.MEETING,
    "网格": EvidenceKind.GRID,
    "排队": EvidenceKind.WAITING_LIST,
}
"""Where a need was heard, as committees write it."""

ENGAGEMENT_WORDS = {
    "活动": Engagement.ACTIVITY,
    "单次活动": Engagement.ACTIVITY,
    "项目": Engagement.PROJECT,
    "项目合作": Engagement.PROJECT,
    "托管": Engagement.ENTRUSTED,
    "委托运营": Engagement.ENTRUSTED,
    "派驻": Engagement.ON_POST,
    "岗位": Engagement.ON_POST,
    "post": Engagement.ON_POST,
    "派驻人员": Engagement.ON_POST,
}
"""The form of taking part, as committees write it (demand 48)."""

RAISER_WORDS = {
    "楼组": RaiserKind.BUILDING,
    "弄堂": RaiserKind.LANE,
    "业主": RaiserKind.OWNERS,
    "业主小组": RaiserKind.OWNERS,
    "居民小组": RaiserKind.RESIDENTS,
    "居民团队": RaiserKind.RESIDENTS,
}
"""Groups below the committee, as committees write them (demand 30)."""

LEAST_URGENT, MOST_URGENT = 1, 5
MONTHS_IN_YEAR = 12


def take(session: Session, act: Act, row: Row) -> Need:
    """Write one row through the verbs; the need is a draft until somebody submits it."""
    unit = neighbourhood_of(session, row.plain("unit_code"), row.text("community"), row.text("street"))
    need = operations.start(
        session, act, id=uuid4(), unit_code=unit.code, description=row.required("description")
    )
    starts_on = _start(row, local_date(act.at))
    months = row.whole("months", least=1, most=36)
    operations.edit(
        session,
        need,
        act,
        title=row.text("title"),
        existing_supply=row.text("existing_supply"),
        affected_people=row.whole("affected_people", least=1),
        severity=_scale(row, "severity"),
        urgency=_scale(row, "urgency"),
        since=row.day("since"),
        starts_on=starts_on,
        ends_on=_end(starts_on, months) if starts_on and months else None,
        budget=row.amount("budget_yuan"),
        engagement=_engagement(row.plain("engagement")),
    )
    parts.set_terms(
        session,
        need,
        act,
        codes=[code.upper() for code in row.listed("service_codes")],
        groups=[code.upper() for code in row.listed("beneficiary_codes")],
    )
    kinds = [_source(typed) for typed in row.listed("source")]
    parts.set_evidence(session, need, act, sources=[parts.Source(kind) for kind in kinds])
    if kind := _raiser(row.plain("raiser_kind")):
        set_raiser(session, need, act, group=_group(row, kind))
    if need.budget is not None:
        parts.set_funding(session, need, act, funding={FundingSource.UNKNOWN: None})
    return need


def _scale(row: Row, column: str) -> int | None:
    """1 to 5 on the sheet is 0 to 4 inside."""
    found = row.whole(column, least=LEAST_URGENT, most=MOST_URGENT)
    return None if found is None else found - 1


def _source(typed: str) -> EvidenceKind:
    if typed in SOURCE_WORDS:
        return SOURCE_WORDS[typed]
    try:
        return EvidenceKind(typed)
    except ValueError:
        raise Invalid("cell_unknown", field="source", typed=typed[:30]) from None


def _engagement(typed: str) -> Engagement | None:
    if not typed:
        return None
    try:
        return ENGAGEMENT_WORDS.get(typed) or Engagement(typed)
    except ValueError:
        raise Invalid("cell_unknown", field="engagement", typed=typed[:30]) from None


def _raiser(typed: str) -> RaiserKind | None:
    if not typed:
        return None
    try:
        return RAISER_WORDS.get(typed) or RaiserKind(typed)
    except ValueError:
        raise Invalid("cell_unknown", field="raiser_kind", typed=typed[:30]) from None


def _group(row: Row, kind: RaiserKind) -> Group:
    households = row.whole("raiser_households")
    return Group(kind, row.required("raiser_name"), row.text("raiser_covers"), households)


def _start(row: Row, today: date) -> date | None:
    """The first day of the month named: this year's, or next year's when it has passed."""
    month = row.whole("start_month", least=1, most=MONTHS_IN_YEAR)
    if month is None:
        return None
    return date(today.year + (month < today.month), month, 1)


def _end(start: date, months: int) -> date:
    """The last day of the last month."""
    years, month = divmod(start.month - 1 + months - 1, MONTHS_IN_YEAR)
    year = start.year + years
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
