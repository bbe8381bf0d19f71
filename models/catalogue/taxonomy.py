"""The taxonomy's terms, loaded from the data files beside this one."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.catalogue.term import Crosswalk, Taxonomy, TaxonomyTerm

DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a data file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load_taxonomy(session: Session, act: Act) -> int:
    """Add new terms and correct names; nothing is ever taken away. Returns how many terms changed."""
    ensure(act, Permission.TAXONOMY_LOAD)
    changed = 0
    known = {term.code: term for term in session.scalars(select(TaxonomyTerm))}
    for row in rows("terms"):
        wanted = {
            "taxonomy": Taxonomy(row["taxonomy"]),
            "name_zh": row["name_zh"],
            "name_en": row["name_en"],
            "parent_code": row["parent_code"] or None,
            "position": int(row["position"]),
        }
        term = known.get(row["code"])
        if term is None:
            term = TaxonomyTerm(code=row["code"], **wanted)
            session.add(term)
        elif all(getattr(term, name) == value for name, value in wanted.items()):
            continue
        for name, value in wanted.items():
            setattr(term, name, value)
        changed += 1
        record(session, act, "taxonomy_term.load", term)
    held = {(pair.term_code, pair.field_code) for pair in session.scalars(select(Crosswalk))}
    for row in rows("crosswalk"):
        if (row["term_code"], row["field_code"]) not in held:
            session.add(Crosswalk(**row))
    return changed


def terms(session: Session, taxonomy: Taxonomy) -> list[TaxonomyTerm]:
    """The terms of one list, in its order."""
    query = select(TaxonomyTerm).where(TaxonomyTerm.taxonomy == taxonomy).order_by(TaxonomyTerm.position)
    return list(session.scalars(query))


def directory_fields(session: Session, codes: Iterable[str]) -> list[TaxonomyTerm]:
    """What the city's directory calls these service codes."""
    fields = select(Crosswalk.field_code).where(Crosswalk.term_code.in_(list(codes)))
    query = select(TaxonomyTerm).where(TaxonomyTerm.code.in_(fields)).order_by(TaxonomyTerm.position)
    return list(session.scalars(query))
