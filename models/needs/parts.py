"""Verbs on the parts of a need: codes and groups, indicators, evidence and files, resources, funding.

Each sets its part anew, whole, and says so in the trail only when something changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import files
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.errors import Invalid, NotFound
from models.needs.details import (
    Evidence,
    EvidenceKind,
    FundingSource,
    IndicatorCode,
    NeedFunding,
    NeedIndicator,
    NeedResource,
    NeedTerm,
    ResourceKind,
)
from models.needs.need import Need
from models.needs.writing import take_up, touch
from models.wording import bounded

MOST_CODES, MOST_GROUPS, MOST_FILES = 5, 8, 10
MOST_HEARD = 1_000_000
HIGHEST_AMOUNT = Decimal(10_000_000_000)


@dataclass(frozen=True)
class Source:
    """Where a need was heard, as it comes in; files are attached by `attach`."""

    kind: EvidenceKind
    words: str = ""
    count: int | None = None
    seen_on: date | None = None


def set_terms(
    session: Session,
    need: Need,
    act: Act,
    *,
    codes: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    revision: int | None = None,
) -> None:
    """Set the service codes, the groups, or both, in the order given; None leaves a kind as it is."""
    take_up(session, need, act, revision)
    before = [term.term_code for term in need.terms]
    chosen = []
    for kind, wanted, field, most in (
        (Taxonomy.SERVICE, codes, "codes", MOST_CODES),
        (Taxonomy.BENEFICIARY, groups, "groups", MOST_GROUPS),
    ):
        held = [t.term_code for t in need.terms if t.is_group is (kind is Taxonomy.BENEFICIARY)]
        named = list(dict.fromkeys(wanted)) if wanted is not None else held
        known = TaxonomyTerm.taxonomy == kind, TaxonomyTerm.code.in_(named)
        unknown = set(named) - set(session.scalars(select(TaxonomyTerm.code).where(*known)))
        if unknown:
            raise Invalid("need_code_unknown", field=field, code=min(unknown))
        if len(named) > most:
            raise Invalid("need_too_many_codes", field=field, most=most)
        chosen += named
    if chosen == before:
        return
    rows = {term.term_code: term for term in need.terms}
    need.terms[:] = [rows.get(code) or NeedTerm(term_code=code) for code in chosen]
    for position, row in enumerate(need.terms):
        row.position = position
    touch(need, act)
    record(session, act, "need.set_terms", need, codes=chosen)


def set_indicators(
    session: Session,
    need: Need,
    act: Act,
    *,
    values: Mapping[IndicatorCode, int],
    notes: Mapping[IndicatorCode, str] | None = None,
    revision: int | None = None,
) -> None:
    """Set the indicators, 0 to 4 each, with a note where one was written; what is not named is taken out."""
    take_up(session, need, act, revision)
    for code, value in values.items():
        if not 0 <= value <= 4:
            raise Invalid("need_indicator_out_of_range", field=code.lower(), value=value)
    told = {code: bounded(words, 200, field=f"{code.lower()}_note") for code, words in (notes or {}).items()}
    wanted = {code: (values[code], told.get(code, "")) for code in IndicatorCode if code in values}
    if wanted == {row.code: (row.value, row.note) for row in need.indicators}:
        return
    rows = {row.code: row for row in need.indicators}
    need.indicators[:] = [rows.get(code) or NeedIndicator(code=code) for code in wanted]
    for position, row in enumerate(need.indicators):
        row.value, row.note = wanted[row.code]
        row.position = position
    touch(need, act)
    facts = {code.value: value for code, (value, _note) in wanted.items()}
    record(session, act, "need.set_indicators", need, **facts)


def set_evidence(
    session: Session, need: Need, act: Act, *, sources: Sequence[Source], revision: int | None = None
) -> None:
    """Set where the need was heard, one source of a kind; attached files and what was folded in stay."""
    take_up(session, need, act, revision)
    wanted = {source.kind: source for source in sources}
    for source in wanted.values():
        if source.count is not None and not 0 <= source.count <= MOST_HEARD:
            raise Invalid("need_count_out_of_range", field=f"count_{source.kind}", most=MOST_HEARD)
        if source.seen_on is not None and source.seen_on > local_date(act.at):
            raise Invalid("need_day_in_future", field="seen_on")
    kept = [row for row in need.evidence if row.file_id or row.kind is EvidenceKind.REPORT]
    rows = {row.kind: row for row in need.evidence if row not in kept}
    before = {kind: Source(kind, row.words, row.count, row.seen_on) for kind, row in rows.items()}
    after = {
        kind: Source(kind, bounded(each.words, 200, field="evidence"), each.count, each.seen_on)
        for kind, each in wanted.items()
    }
    if before == after:
        return
    fresh = [rows.get(kind) or Evidence(kind=kind, added_at=act.at) for kind in after]
    for row in fresh:
        source = after[row.kind]
        row.words, row.count, row.seen_on = source.words, source.count, source.seen_on
    need.evidence[:] = [*kept, *fresh]
    touch(need, act)
    record(session, act, "need.set_evidence", need, kinds=sorted(after))


def attach(
    session: Session,
    need: Need,
    act: Act,
    *,
    name: str,
    content: bytes,
    kind: EvidenceKind = EvidenceKind.PHOTO,
    words: str = "",
) -> Evidence:
    """Attach a photo or another file as evidence."""
    take_up(session, need, act)
    if sum(row.file_id is not None for row in need.evidence) >= MOST_FILES:
        raise Invalid("need_too_many_files", field="file", most=MOST_FILES)
    file = files.store(session, act, name=name, content=content)
    row = Evidence(kind=kind, words=bounded(words, 200, field="file"), added_at=act.at, file=file)
    need.evidence.append(row)
    touch(need, act)
    session.flush()  # the event names the file's id
    record(session, act, "need.attach", need, file=file.id)
    return row


def detach(session: Session, need: Need, act: Act, *, evidence_id: UUID) -> None:
    """Take a source off the need, with its file when it has one."""
    take_up(session, need, act)
    found = [row for row in need.evidence if row.id == evidence_id]
    if not found:
        raise NotFound("not_found")
    need.evidence.remove(found[0])
    touch(need, act)
    record(session, act, "need.detach", need, evidence=evidence_id)


def set_resources(
    session: Session,
    need: Need,
    act: Act,
    *,
    resources: Mapping[ResourceKind, str],
    revision: int | None = None,
) -> None:
    """Set what the neighbourhood can bring beside money, each with a few words."""
    take_up(session, need, act, revision)
    wanted = {
        kind: bounded(resources[kind], 200, field="resources") for kind in ResourceKind if kind in resources
    }
    rows = {row.kind: row for row in need.resources}
    if wanted == {kind: row.words for kind, row in rows.items()}:
        return
    need.resources[:] = [rows.get(kind) or NeedResource(kind=kind) for kind in wanted]
    for row in need.resources:
        row.words = wanted[row.kind]
    touch(need, act)
    record(session, act, "need.set_resources", need, kinds=list(wanted))


def set_funding(
    session: Session,
    need: Need,
    act: Act,
    *,
    funding: Mapping[FundingSource, Decimal | None],
    revision: int | None = None,
) -> None:
    """Set where the money comes from, each with its amount where it is known."""
    take_up(session, need, act, revision)
    for amount in funding.values():
        if amount is not None and not 0 <= amount <= HIGHEST_AMOUNT:
            raise Invalid("need_amount_out_of_range", field="funding")
    wanted = {source: funding[source] for source in FundingSource if source in funding}
    rows = {row.source: row for row in need.funding}
    if wanted == {source: row.amount for source, row in rows.items()}:
        return
    need.funding[:] = [rows.get(source) or NeedFunding(source=source) for source in wanted]
    for row in need.funding:
        row.amount = wanted[row.source]
    touch(need, act)
    record(session, act, "need.set_funding", need, sources=list(wanted))
