"""What an assessment says: how people were asked, who answered, what they named; checked as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.errors import Invalid
from models.needs.assessment import (
    Assessment,
    AssessmentFinding,
    AssessmentMethod,
    MethodUsed,
    RespondentStratum,
)
from models.needs.sampling import Dimension
from models.parties.organisation import Organisation
from models.parties.strata import ALL_STRATA, STRATA
from models.wording import bounded, clean

MOST_FINDINGS = 20
MOST_PARTICIPANTS = 10_000_000


@dataclass(frozen=True)
class Finding:
    """One problem; its place in the list is its rank, `share` the part of those asked who named it."""

    problem: str
    term_code: str | None = None
    share: float | None = None


@dataclass(frozen=True)
class AssessmentContent:
    """Everything a person writes into an assessment."""

    title: str
    starts_on: date
    ends_on: date
    summary: str = ""
    assessor_id: UUID | None = None
    methods: Mapping[AssessmentMethod, int] = field(default_factory=dict)
    respondents: Mapping[str, int] = field(default_factory=dict)
    findings: Sequence[Finding] = ()


def fill(session: Session, assessment: Assessment, content: AssessmentContent) -> None:
    """Put the content into an assessment, or raise Invalid for what cannot be true."""
    title = bounded(content.title, 200, field="title")
    if not title:
        raise Invalid("title_missing", field="title")
    if content.ends_on < content.starts_on:
        raise Invalid("ends_before_start", field="ends_on")
    if content.assessor_id is not None and session.get(Organisation, content.assessor_id) is None:
        raise Invalid("assessor_unknown", field="assessor_id")
    _check_counts(content)
    _check_findings(session, content.findings)
    assessment.title = title
    assessment.summary = bounded(content.summary, 4000, field="summary")
    assessment.starts_on, assessment.ends_on = content.starts_on, content.ends_on
    assessment.assessor_id = content.assessor_id
    _write_counts(assessment, content)
    assessment.findings[:] = [
        AssessmentFinding(
            position=rank,
            problem=bounded(found.problem, 200, field="findings"),
            term_code=found.term_code,
            share=found.share,
        )
        for rank, found in enumerate(content.findings, start=1)
    ]


def _check_counts(content: AssessmentContent) -> None:
    """Nobody can be counted in a dimension who did not take part."""
    if any(number < 0 for number in content.methods.values()):
        raise Invalid("number_negative", field="methods")
    if any(number < 0 for number in content.respondents.values()):
        raise Invalid("number_negative", field="respondents")
    unknown = sorted(set(content.respondents) - ALL_STRATA)
    if unknown:
        raise Invalid("stratum_unknown", field="respondents", stratum=unknown[0])
    participants = sum(content.methods.values())
    if participants > MOST_PARTICIPANTS:
        raise Invalid("participants_out_of_range", field="methods", most=MOST_PARTICIPANTS)
    for dimension in Dimension:
        counted = sum(content.respondents.get(stratum, 0) for stratum in STRATA[dimension])
        if counted > participants:
            raise Invalid(
                "respondents_above_participants",
                field="respondents",
                dimension=dimension,
                counted=counted,
                participants=participants,
            )


def _check_findings(session: Session, findings: Sequence[Finding]) -> None:
    if len(findings) > MOST_FINDINGS:
        raise Invalid("findings_too_many", field="findings", most=MOST_FINDINGS)
    if any(not clean(found.problem) for found in findings):
        raise Invalid("finding_without_problem", field="findings")
    if any(found.share is not None and not 0 <= found.share <= 1 for found in findings):
        raise Invalid("share_out_of_range", field="findings")
    codes = {found.term_code for found in findings if found.term_code}
    services = TaxonomyTerm.taxonomy == Taxonomy.SERVICE
    known = set(session.scalars(select(TaxonomyTerm.code).where(services, TaxonomyTerm.code.in_(codes))))
    if codes - known:
        raise Invalid("term_unknown", field="findings", code=min(codes - known))


def _write_counts(assessment: Assessment, content: AssessmentContent) -> None:
    """Rows that stay are kept, so that writing the same again changes nothing."""
    methods = {row.method: row for row in assessment.methods}
    wanted = [method for method in AssessmentMethod if method in content.methods]
    assessment.methods[:] = [methods.get(method) or MethodUsed(method=method) for method in wanted]
    for used in assessment.methods:
        used.participants = content.methods[used.method]
    strata = {row.stratum: row for row in assessment.respondents}
    counted = sorted(name for name, number in content.respondents.items() if number)
    assessment.respondents[:] = [strata.get(name) or RespondentStratum(stratum=name) for name in counted]
    for row in assessment.respondents:
        row.respondents = content.respondents[row.stratum]
