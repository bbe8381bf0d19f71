"""Publishing indicator sets, and which one holds. A version in use never changes: a new one is a new row."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.agencies.rotation import upwards
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts.words import needed
from models.errors import Invalid
from models.evaluations.indicators import IndicatorSet
from models.parties.unit import AdministrativeUnit
from models.rulebook.thresholds import EARLIEST, LATEST
from models.scoring.document import read
from models.scoring.grades import LINES, Grade
from models.scoring.indicators import SOURCE, Indicators, default, parse, read_indicators

MOST_BYTES = 200_000


def parsed(content: dict[str, Any]) -> Indicators:
    """A set's content as the scoring reads it."""
    return _parsed(json.dumps(content, ensure_ascii=False))


@lru_cache(maxsize=64)
def _parsed(content: str) -> Indicators:
    return parse(json.loads(content))


def indicators_of(row: IndicatorSet) -> Indicators:
    """A set as the scoring reads it."""
    return parsed(row.content)


def set_for(session: Session, unit_code: str, day: date, act: Act) -> IndicatorSet:
    """Of the nearest unit that has published one, its newest in force on a day; else the default."""
    return _nearest(session, unit_code, day) or default_set(session, act)


def base_for(session: Session, unit_code: str, day: date) -> dict[str, Any]:
    """What a new version of a unit's set starts from: the one that holds."""
    row = _nearest(session, unit_code, day)
    content: dict[str, Any] = row.content if row else json.loads(SOURCE.read_text(encoding="utf-8"))
    return content


def _nearest(session: Session, unit_code: str, day: date) -> IndicatorSet | None:
    table = IndicatorSet
    query = select(table).where(table.unit_code.in_(upwards(unit_code)), table.effective_on <= day)
    rows = session.scalars(query).all()
    return max(rows, key=lambda row: (len(row.unit_code or ""), row.effective_on, row.version), default=None)


def default_set(session: Session, act: Act) -> IndicatorSet:
    """The default of this release as a row, made when it is first used; another release has another one."""
    digest = default().digest
    key = UUID(digest[:32])
    found = session.get(IndicatorSet, key)
    if found is not None:
        return found
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = {
        "id": key,
        "version": 1,
        "effective_on": EARLIEST,
        "content": json.loads(SOURCE.read_text(encoding="utf-8")),
        "digest": digest,
        "words": "",
        "made_at": act.at,
    }
    # Two first uses at once write the same row: the second finds it there.
    session.execute(insert(IndicatorSet).values(values).on_conflict_do_nothing(index_elements=["id"]))
    return session.get_one(IndicatorSet, key)


def published(session: Session, act: Act) -> list[IndicatorSet]:
    """Every set of the actor's area and of those above it, the newest first."""
    if not can(act, Permission.EVALUATION_PLAN) or not act.actor.unit_code:
        return []
    code = act.actor.unit_code
    near = or_(
        IndicatorSet.unit_code.startswith(code, autoescape=True), IndicatorSet.unit_code.in_(upwards(code))
    )
    query = select(IndicatorSet).where(near)
    return list(
        session.scalars(query.order_by(IndicatorSet.effective_on.desc(), IndicatorSet.made_at.desc()))
    )


def publish(
    session: Session, unit: AdministrativeUnit, act: Act, *, content: bytes, effective_on: date, words: str
) -> IndicatorSet:
    """Publish an area's own set, from today at the earliest: what is planned already keeps its own."""
    ensure(act, Permission.INDICATORS_SET, unit)
    said = needed(words)
    today = local_date(act.at)
    if not today <= effective_on <= LATEST:
        raise Invalid("date_out_of_range", field="effective_on", first=today, last=LATEST)
    if len(content) > MOST_BYTES:
        raise Invalid("indicators_too_large", field="file")
    spot = read(content)
    indicators = read_indicators(spot)
    session.get(AdministrativeUnit, unit.code, with_for_update=True)  # two versions get two numbers
    last = session.scalar(select(func.max(IndicatorSet.version)).where(IndicatorSet.unit_code == unit.code))
    row = IndicatorSet(
        unit_code=unit.code,
        version=(last or 0) + 1,
        effective_on=effective_on,
        content=json.loads(content.decode("utf-8-sig")),
        digest=indicators.digest,
        words=said,
        made_at=act.at,
        made_by=act.actor.person_id,
    )
    session.add(row)
    session.flush()  # the audit event needs the id
    record(session, act, "indicators.publish", row, version=row.version, digest=row.digest)
    return row


def revised(base: dict[str, Any], points: Mapping[str, Decimal], lines: Mapping[Grade, Decimal]) -> bytes:
    """A set with other points and lines, as a file; an item of 0 points is left out."""
    content = json.loads(json.dumps(base))
    for dimension in content["dimensions"]:
        for item in dimension["items"]:
            item["points"] = f"{points.get(item['code'], Decimal(item['points'])):f}"
        dimension["items"] = [item for item in dimension["items"] if Decimal(item["points"])]
    content["dimensions"] = [each for each in content["dimensions"] if each["items"]]
    content["grades"] = {line.value: f"{lines[line]:f}" for line in LINES}
    return json.dumps(content, ensure_ascii=False).encode()
