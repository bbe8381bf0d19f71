"""What anybody may find: one search over needs, services and organisations, and the front page's figures."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from models.act import Act
from models.catalogue.service import Service
from models.needs.lifecycle import phase_sql
from models.needs.need import Need, NeedPhase
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit, UnitKind

SHOWN = 10
LONGEST_QUERY = 100
OPEN_PHASES = (NeedPhase.DELIBERATING, NeedPhase.STANDARDISED)


@dataclass(frozen=True)
class Found:
    """What a search found: at most ten of each, and how many there are."""

    words: str
    needs: list[Need]
    needs_total: int
    services: list[Service]
    services_total: int
    organisations: list[Organisation]
    organisations_total: int

    @property
    def total(self) -> int:
        """Everything found."""
        return self.needs_total + self.services_total + self.organisations_total


@dataclass(frozen=True)
class Front:
    """The front page: how much there is, and what is new."""

    open_needs: int
    services: int
    organisations: int
    neighbourhoods: int
    newest: list[Need]
    unmet: int


def words_of(query: str) -> list[str]:
    """The words of a query, full-width signs made plain."""
    return unicodedata.normalize("NFKC", query)[:LONGEST_QUERY].split()


def matching(words: list[str], *columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Every word stands in at least one of the columns. The reader's % and _ mean themselves."""
    return and_(*(or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in words))


def search(session: Session, act: Act, query: str) -> Found:
    """Public needs, active services and organisations that hold every word."""
    words = words_of(query)
    shown = " ".join(words)
    if not words:
        return Found(shown, [], 0, [], 0, [], 0)
    needs = (
        select(Need)
        .join(Need.unit)
        .where(Need.is_public, Need.created_at <= act.at)
        .where(matching(words, Need.reference, Need.title, Need.description, AdministrativeUnit.name))
        .order_by(Need.standardised_at.desc(), Need.id)
        .options(joinedload(Need.unit))
    )
    services = (
        select(Service)
        .join(Service.organisation)
        .where(Service.published_at <= act.at, Service.retired_at.is_(None))
        .where(matching(words, Service.reference, Service.title, Service.description, Organisation.name))
        .order_by(Service.title, Service.id)
        .options(joinedload(Service.organisation))
    )
    organisations = (
        select(Organisation)
        .where(matching(words, Organisation.name, Organisation.credit_code, Organisation.description))
        .order_by(Organisation.name, Organisation.id)
    )
    return Found(
        shown,
        list(session.scalars(needs.limit(SHOWN))),
        _count(session, needs),
        list(session.scalars(services.limit(SHOWN))),
        _count(session, services),
        list(session.scalars(organisations.limit(SHOWN))),
        _count(session, organisations),
    )


def by_number(session: Session, query: str) -> Need | None:
    """The public need whose number was typed (XQ-2026-0123, in any case and with any dashes)."""
    typed = re.sub(r"[‐-―－ー—\s]", "-", unicodedata.normalize("NFKC", query).strip().upper())
    return session.scalar(select(Need).where(Need.reference == typed, Need.is_public))


def front(session: Session, act: Act) -> Front:
    """The front page's figures and the newest open needs."""
    phase = phase_sql(act.at)
    waiting = select(Need).where(phase.in_(OPEN_PHASES))
    newest = (
        select(Need)
        .where(phase == NeedPhase.STANDARDISED)
        .order_by(Need.standardised_at.desc(), Need.id)
        .options(joinedload(Need.unit))
    )
    active = select(Service.id).where(Service.published_at <= act.at, Service.retired_at.is_(None))
    lowest = select(AdministrativeUnit.code).where(AdministrativeUnit.kind == UnitKind.NEIGHBOURHOOD)
    return Front(
        open_needs=_count(session, waiting),
        services=_count(session, active),
        organisations=_count(session, select(Organisation.id)),
        neighbourhoods=_count(session, lowest),
        newest=list(session.scalars(newest.limit(6))),
        unmet=_count(session, select(Need.id).where(phase == NeedPhase.UNMET)),
    )


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
