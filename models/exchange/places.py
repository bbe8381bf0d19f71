"""Units by code or by name, as sheets give them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.parties.unit import AdministrativeUnit, UnitKind

WHOLE_CITY = {"全市", "上海市", "上海", "all"}
MORE_THAN_ONE = 2
ENDINGS = ("", "居民区", "居委会", "居民委员会", "村", "村委会")
"""What an official name of a neighbourhood has and other systems leave out, or the other way round."""


def unit_of(session: Session, typed: str, *, field: str) -> AdministrativeUnit:
    """The unit of a code, a name, or names from large to small joined by a slash."""
    if typed in WHOLE_CITY:
        query = select(AdministrativeUnit).where(AdministrativeUnit.kind == UnitKind.CITY)
    elif typed.isdigit():
        query = select(AdministrativeUnit).where(AdministrativeUnit.code == typed)
    else:
        query = select(AdministrativeUnit).where(AdministrativeUnit.name == typed)
    found = session.scalars(query.limit(MORE_THAN_ONE)).all()
    if not found:
        raise Invalid("unit_unknown", field=field, typed=typed[:40])
    if len(found) == MORE_THAN_ONE:
        raise Invalid("unit_ambiguous", field=field, typed=typed[:40])
    return found[0]


def neighbourhood_of(session: Session, code: str, community: str, street: str) -> AdministrativeUnit:
    """The neighbourhood a row of needs is about: by its code, or by its name within its street.

    A name is known without its ending too, as the hotline writes it, but one written in full goes first.
    """
    if code:
        return unit_of(session, code, field="unit_code")
    if not community:
        raise Invalid("cell_missing", field="community")
    query = select(AdministrativeUnit).where(AdministrativeUnit.kind == UnitKind.NEIGHBOURHOOD)
    if street:
        query = query.where(AdministrativeUnit.parent.has(AdministrativeUnit.name == street))
    named = query.where(AdministrativeUnit.name == community).limit(MORE_THAN_ONE)
    found = session.scalars(named).all()
    if not found:
        found = session.scalars(query.where(AdministrativeUnit.name.in_(_full_names(community)))).all()
    if not found:
        raise Invalid("unit_unknown", field="community", typed=community[:40])
    if len(found) >= MORE_THAN_ONE:
        raise Invalid("unit_ambiguous", field="community", typed=community[:40])
    return found[0]


def _full_names(typed: str) -> set[str]:
    """The names that somebody may have meant."""
    stems = {typed.removesuffix(ending) for ending in ENDINGS}
    return {f"{stem}{ending}" for stem in stems for ending in ENDINGS}
