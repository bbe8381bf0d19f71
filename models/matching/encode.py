"""Rows of the database as the matcher's two tables. Columns that a sheet may leave out are filled here.

Read straight from the tables and not through the session's objects: the whole catalogue is read at each
run, so that what a run saw can be told by a hash, and what nobody changed need not be fitted again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from matcher import NEED_COLUMNS, SERVICE_COLUMNS
from models.calendar.clocks import local_date
from models.catalogue.lifecycle import phase_sql as service_phase
from models.catalogue.service import (
    CostOption,
    CostUnit,
    Service,
    ServiceArea,
    ServiceCapacity,
    ServiceStatus,
    ServiceTerm,
)
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.needs.assessment import Assessment
from models.needs.details import NeedTerm
from models.needs.need import Need
from models.parties.organisation import ListEntry, Organisation
from models.records.book import Book, book

SHEET_UNITS: Mapping[CostUnit, str] = {
    CostUnit.PERSON_TIME: "人次",
    CostUnit.PERSON_MONTH: "人/月",
    CostUnit.PERSON_YEAR: "人/年",
    CostUnit.PERSON_COURSE: "人/期",
    CostUnit.HOUSEHOLD: "户",
    CostUnit.HOUSEHOLD_MONTH: "户/月",
    CostUnit.HOUSEHOLD_YEAR: "户/年",
    CostUnit.SESSION: "场",
    CostUnit.COURSE: "期",
    CostUnit.HOUR: "小时",
    CostUnit.MONTH: "月",
    CostUnit.YEAR: "年",
    CostUnit.PROJECT: "项目",
    CostUnit.PLACE_YEAR: "居/年",
    CostUnit.ITEM: "件",
}
"""Units as the exchange sheets write them, which is how the matcher tells what is bought per head."""

CITY_DIGITS, DISTRICT_DIGITS, STREET_DIGITS, DAYS_OF_A_MONTH = 2, 6, 9, 30
CITYWIDE, UNGRADED, JOIN = "全市", "未评估", ";"
RECORD_FACTS = ("record_code", "record_points", "record_mean")
"""What a track record says in words; the matcher itself reads `record` and `evaluations`."""


def services_frame(session: Session, at: datetime) -> pd.DataFrame:
    """The active catalogue at an instant, in order of service_id."""
    day = local_date(at)
    active = service_phase(at) == ServiceStatus.ACTIVE.value
    chosen = select(Service.id).where(active)
    parts = {
        "areas": _grouped(session, select(ServiceArea.service_id, ServiceArea.unit_code), chosen),
        "prices": _firsts(session, _PRICES, chosen),
        "capacities": _firsts(session, _CAPACITIES, chosen),
        "flags": _flags(session, day),
    }
    terms = _terms(session, ServiceTerm.service_id, ServiceTerm, chosen)
    known = book(session, at)
    rows = [
        {
            **_service_row(row, day, parts),
            **_codes(terms[row["id"]]),
            **_record(known, row["organisation_id"], terms[row["id"]]),
        }
        for row in session.execute(_SERVICES.where(active)).mappings()
    ]
    return _frame(rows, "service_id", RECORD_FACTS)


def needs_frame(session: Session, *where: ColumnElement[bool]) -> pd.DataFrame:
    """Needs that meet the conditions, in order of need_id."""
    terms = _terms(session, NeedTerm.need_id, NeedTerm, select(Need.id).where(*where))
    rows = []
    for row in session.execute(_NEEDS.where(*where)).mappings():
        mine = terms[row["id"]]
        groups = [name for _, taxonomy, name in mine if taxonomy == Taxonomy.BENEFICIARY]
        rows.append({**_need_row(row), **_codes(mine), "beneficiary_group": JOIN.join(groups)})
    return _frame(rows, "need_id")


def draft_row(text: str, unit_code: str, term_codes: tuple[str, ...]) -> dict[str, Any]:
    """What is known of a need while it is being written. A code of the other list is passed over."""
    codes = JOIN.join(term_codes)
    return {
        "description": text,
        **_place(unit_code),
        "service_codes": codes,
        "beneficiary_codes": codes,
    }


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def content_hash(frame: pd.DataFrame) -> str:
    """The same for the same content, in whatever order the database gave the rows."""
    return hashlib.sha256(frame.to_csv(index=False).encode()).hexdigest()


_SERVICES = select(
    Service.id,
    Service.title,
    Service.description,
    Service.licences,
    Service.available_from,
    Service.available_to,
    Service.verified_on,
    Service.organisation_id,
    Organisation.name,
    Organisation.type,
    Organisation.grade,
    Organisation.grade_expires_on,
    Organisation.registered_place,
).join(Organisation, Organisation.id == Service.organisation_id)
_PRICES = select(CostOption.service_id, CostOption.amount, CostOption.unit).order_by(
    CostOption.position, CostOption.id
)
_CAPACITIES = select(
    ServiceCapacity.service_id, ServiceCapacity.maximum, ServiceCapacity.available, ServiceCapacity.unit
).order_by(ServiceCapacity.unit)
_NEEDS = select(
    Need.id,
    Need.unit_code,
    Need.title,
    Need.description,
    Need.affected_people,
    Need.urgency,
    Need.budget,
    Need.starts_on,
    Need.ends_on,
    Assessment.assessor_id,
).outerjoin(Assessment, Assessment.id == Need.assessment_id)


def _service_row(row: Mapping[Any, Any], day: date, parts: Mapping[str, Mapping[Any, Any]]) -> dict[str, Any]:
    areas = sorted(code for (code,) in parts["areas"][row["id"]])
    amount, price_unit = parts["prices"].get(row["id"], (None, None))
    maximum, available, capacity_unit = parts["capacities"].get(row["id"], (None, None, None))
    expired = row["grade_expires_on"] is not None and row["grade_expires_on"] <= day
    graded = row["grade"] is not None and not expired
    return {
        "service_id": str(row["id"]),
        "org_id": str(row["organisation_id"]),
        "org_name": row["name"],
        "org_type": row["type"].value,
        "org_grade": row["grade"].value if graded else UNGRADED,
        "org_district": row["registered_place"][:DISTRICT_DIGITS],
        "title": row["title"],
        "description": row["description"],
        "coverage_districts": CITYWIDE if any(len(code) == CITY_DIGITS for code in areas) else "",
        "coverage_codes": JOIN.join(areas),
        "unit_price_yuan": amount,
        "price_unit": SHEET_UNITS[price_unit] if price_unit else "",
        "capacity_per_year": maximum,
        "capacity_free": available,
        "capacity_unit": SHEET_UNITS[capacity_unit] if capacity_unit else "",
        "languages_qualifications": row["licences"],
        "licences": row["licences"],
        "available_from": row["available_from"],
        "available_to": _day_after(row["available_to"]),
        "list_flags": JOIN.join(sorted(flag for (flag,) in parts["flags"][row["organisation_id"]])),
        "stale_days": max((day - row["verified_on"]).days, 0),
    }


def _record(known: Book, organisation_id: Any, terms: list[Any]) -> dict[str, Any]:
    """How the service stands by its organisation's record; nothing where there is none to stand beside."""
    codes = [code for code, kind, _ in terms if kind == Taxonomy.SERVICE]
    standing = known.standing(organisation_id, codes)
    if standing is None:
        return {}
    return {
        "record": standing.signal,
        "evaluations": standing.evaluations,
        "record_code": standing.code,
        "record_points": standing.points,
        "record_mean": standing.mean,
    }


def _day_after(last: date | None) -> date | None:
    """The last day still belongs to a period; the matcher's leave their end out."""
    return last + timedelta(days=1) if last else None


def _need_row(row: Mapping[Any, Any]) -> dict[str, Any]:
    starts, ends = row["starts_on"], row["ends_on"]
    months = round((ends - starts).days / DAYS_OF_A_MONTH) if starts and ends else None
    return {
        "need_id": str(row["id"]),
        **_place(row["unit_code"]),
        "title": row["title"],
        "description": row["description"],
        "affected_people": row["affected_people"],
        "urgency": row["urgency"],
        "budget_yuan": row["budget"],
        "start_month": starts.month if starts else None,
        "months": None if months is None else max(months, 1),
        "starts_on": starts,
        "ends_on": _day_after(ends),
        "source": "",
        "conflict_org_ids": str(row["assessor_id"]) if row["assessor_id"] else "",
    }


def _place(unit_code: str) -> dict[str, str]:
    """District and street by their codes, which are compared and never shown."""
    return {
        "unit_code": unit_code,
        "community": unit_code,
        "street": unit_code[:STREET_DIGITS],
        "district": unit_code[:DISTRICT_DIGITS],
    }


def _codes(terms: list[Any]) -> dict[str, str]:
    return {
        "service_codes": JOIN.join(code for code, kind, _ in terms if kind == Taxonomy.SERVICE),
        "beneficiary_codes": JOIN.join(code for code, kind, _ in terms if kind == Taxonomy.BENEFICIARY),
    }


def _terms(session: Session, owner: Any, table: Any, chosen: Any) -> dict[Any, list[Any]]:
    query = (
        select(owner, table.term_code, TaxonomyTerm.taxonomy, TaxonomyTerm.name_zh)
        .join(TaxonomyTerm, TaxonomyTerm.code == table.term_code)
        .where(owner.in_(chosen))
        .order_by(owner, table.position, table.term_code)
    )
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, *rest in session.execute(query):
        found[key].append(rest)
    return found


def _grouped(session: Session, query: Any, chosen: Any) -> dict[Any, list[Any]]:
    """owner -> the rest of each of its rows; the first column of the query is the owner."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, *rest in session.execute(query.where(query.selected_columns[0].in_(chosen))):
        found[key].append(rest)
    return found


def _firsts(session: Session, query: Any, chosen: Any) -> dict[Any, Any]:
    """owner -> the rest of its first row."""
    return {key: rows[0] for key, rows in _grouped(session, query, chosen).items()}


def _flags(session: Session, day: date) -> dict[Any, list[Any]]:
    """organisation -> the lists it stands on that day."""
    standing = ListEntry.removed_on.is_(None) | (ListEntry.removed_on > day)
    query = select(ListEntry.organisation_id, ListEntry.flag).where(ListEntry.listed_on <= day, standing)
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, *rest in session.execute(query):
        found[key].append(rest)
    return found


def _frame(rows: list[dict[str, Any]], key: str, more: tuple[str, ...] = ()) -> pd.DataFrame:
    columns = NEED_COLUMNS if key == "need_id" else SERVICE_COLUMNS
    # By id as text: databases order uuids differently, and the hash must not depend on which one it is.
    ordered = sorted(rows, key=lambda row: str(row[key]))
    names = [*(column.name for column in columns), *more]
    return pd.DataFrame({name: [row.get(name) for row in ordered] for name in names})
