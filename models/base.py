"""The declarative base and the column types every table shares."""

import enum
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, MetaData, String, TypeDecorator, Uuid
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC to the microsecond. A naive value is refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL keeps the zone; SQLite stores text that sorts like time."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware in, UTC out."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a stored instant must be aware"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Money(TypeDecorator[Decimal]):
    """An amount in yuan, exact. Stored as whole fen, since SQLite has no decimals."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> int | None:
        """Yuan to fen; more than two decimals are refused, not rounded."""
        if value is None:
            return None
        fen = value * 100
        if fen != fen.to_integral_value():
            msg = "an amount has at most two decimals"
            raise ValueError(msg)
        return int(fen)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Decimal | None:
        """Fen to yuan with two decimals."""
        return None if value is None else Decimal(value).scaleb(-2)


class Hundredths(Money):
    """A share in per cent or a mark: two decimals, exact, stored as money is."""

    cache_ok = True


class Base(DeclarativeBase):
    """Every table's base: naming convention and type map in one place."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy reads it as a class attribute
        datetime: UTCDateTime,
        Decimal: Money,
        UUID: Uuid(),
        enum.StrEnum: Enum(
            enum.StrEnum,
            native_enum=False,
            length=40,
            create_constraint=True,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


Id = Annotated[UUID, mapped_column(primary_key=True, default=uuid4)]
Short = Annotated[str, mapped_column(String(200))]
Words = Annotated[str, mapped_column(String(4000))]
UnitCode = Annotated[str, mapped_column(String(12))]
Percent = Annotated[Decimal, mapped_column(Hundredths())]
Points = Annotated[Decimal, mapped_column(Hundredths())]
