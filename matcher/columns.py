"""The columns of the two exchange tables: their names, what they hold, what a sheet may not lack."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "text", "amount", "month", "date"]


@dataclass(frozen=True)
class Column:
    """One column: `id` never blank nor twice, `amount` from 0 up, `month` 1 to 12, `date` as 2026-11-20."""

    name: str
    kind: Kind = "text"
    core: bool = True


def _optional(name: str, kind: Kind = "text") -> Column:
    return Column(name, kind, core=False)


NEED_COLUMNS: tuple[Column, ...] = (
    Column("need_id", "id"),
    Column("community"),
    Column("street"),
    Column("district"),
    Column("title"),
    Column("description"),
    Column("beneficiary_group"),
    Column("affected_people", "amount"),
    Column("urgency", "amount"),
    Column("budget_yuan", "amount"),
    Column("start_month", "month"),
    Column("source"),
    _optional("service_codes"),
    _optional("beneficiary_codes"),
    _optional("community_type"),
    _optional("unit_code"),
    _optional("months", "amount"),
    _optional("starts_on", "date"),
    _optional("ends_on", "date"),
    _optional("units", "amount"),
    _optional("required_licences"),
    _optional("conflict_org_ids"),
)

SERVICE_COLUMNS: tuple[Column, ...] = (
    Column("service_id", "id"),
    Column("org_id"),
    Column("org_name"),
    Column("org_type"),
    Column("org_grade"),
    Column("org_district"),
    Column("title"),
    Column("description"),
    Column("coverage_districts"),
    Column("unit_price_yuan", "amount"),
    Column("price_unit"),
    Column("capacity_per_year", "amount"),
    Column("languages_qualifications"),
    _optional("service_codes"),
    _optional("beneficiary_codes"),
    _optional("coverage_codes"),
    _optional("capacity_free", "amount"),
    _optional("capacity_unit"),
    _optional("licences"),
    _optional("list_flags"),
    _optional("stale_days", "amount"),
    _optional("available_from", "date"),
    _optional("available_to", "date"),
    _optional("newcomer"),
    _optional("small"),
    _optional("record", "amount"),
    _optional("evaluations", "amount"),
)
