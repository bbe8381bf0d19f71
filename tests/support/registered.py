"""Who is registered in the seeded district, and with what standing: all there is."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from models.act import Role
from models.catalogue.lifecycle import phase_sql as service_phase
from models.catalogue.service import ServiceStatus
from models.parties.organisation import (
    AnnualReport,
    Certificate,
    Grade,
    ListEntry,
    ListFlag,
    Organisation,
    OrganisationType,
    ReportResult,
    StaffMember,
)
from models.parties.person import Membership
from models.parties.unit import AdministrativeUnit, CommunityType, UnitKind
from tests.factories.parties import NOON

REGISTERED: tuple[tuple[Any, Iterable[StrEnum]], ...] = (
    (AdministrativeUnit.kind, UnitKind),
    (AdministrativeUnit.community_type, CommunityType),
    (Organisation.type, OrganisationType),
    (Organisation.grade, Grade),
    (AnnualReport.result, ReportResult),
    (ListEntry.flag, ListFlag),
    (StaffMember.certificate, Certificate),
    (service_phase(NOON), (ServiceStatus.ACTIVE, ServiceStatus.RETIRED)),
    (Membership.role, sorted({*Role} - {Role.SYSTEM})),
)
