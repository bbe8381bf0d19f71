"""What belongs to a project: whatever points at its tender, its needs or their assessments, row by row.

Found from the foreign keys, so that a new table is in the file of a project from its first day. What must
stay outside is said here, with the reason; a test asks for a decision about every table.
"""

from sqlalchemy import Column, ForeignKey, Table

from models.tables import metadata

NOT_PARTS = {
    "bid_draft": "a draft is nobody's but its author's",
    "bid_draft_file": "the same",
    "plan_line": "a plan is of an area and not of a project",
    "plan_edit": "the same",
    "plan_alternate": "the same",
    "import_batch": "of an organisation's sheet",
}
"""Tables that point at something of a project and are no part of it."""

NOT_EDGES = frozenset({"need.assessment_id", "need.merged_into_id"})
"""Columns that point at a part without belonging to it: one assessment is the evidence of many needs."""

LEFT_OUT = frozenset(
    {
        "key_holder.hidden",  # a phrase not yet fetched
        "opening_share.hidden",  # a phrase under way
        "bid.copy",  # readable with the bidder's own key alone
        "served_person.label",  # who is served is nobody's business after the survey
        "survey_invitation.token_hash",  # opens a survey
        "stored_file.content",  # lies beside the rows as a file
    }
)
"""Columns that leave the house for nobody."""

ENVELOPES = {"bid.technical": "technical_digest", "bid.price": "price_digest"}
"""Sealed envelopes lie beside the rows as files, and the digest published at the deadline proves them."""

NEVER_OPENED = frozenset({"bid", "consortium", "consortium_member"})
"""Who had bid for a tender that ended before its envelopes were opened stays with the bidders."""

_DRAFTED = ("evaluation_id", "evaluation", ("drafted_at",))
BLIND_UNTIL = {
    "evaluation_mark": _DRAFTED,
    "evaluation_veto": _DRAFTED,
    "evaluation_evidence": _DRAFTED,
    "evaluation_report": _DRAFTED,
    "site_visit": _DRAFTED,
    "rescore_mark": ("rescore_id", "rescore", ("submitted_at",)),
    "survey_answer": ("survey_id", "survey", ("closed_at", "closes_at")),
}
"""Rows nobody reads until a stamp of what they belong to: a sheet until its draft, answers until the end."""


def edges(table: Table) -> list[tuple[Column[object], ForeignKey]]:
    """The columns by which rows of a table belong to another table's rows."""
    return [
        (column, key)
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is not table and str(column) not in NOT_EDGES
    ]


def parts() -> list[Table]:
    """Tables that may belong to a project, parents before children."""
    tables, found = metadata.sorted_tables, {"tender", "need", "assessment"}
    for table in tables:
        below = any(key.column.table.name in found for _column, key in edges(table))
        if below and table.name not in NOT_PARTS:
            found.add(table.name)
    return [table for table in tables if table.name in found]
