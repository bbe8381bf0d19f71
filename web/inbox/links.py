"""Where a message leads: the page of its subject."""

from typing import Any

from flask import url_for

from models.outbox import Message
from web.home.page import News
from web.labels import message as words

PAGES = {
    "need": ("needs.show", "need_id"),
    "deliberation": ("deliberations.show", "deliberation_id"),
    "assessment": ("assessments.show", "assessment_id"),
    "service": ("catalogue.show", "service_id"),
    "organisation": ("parties.show", "organisation_id"),
    "panel_member": ("marking.seat", "panel_member_id"),
    "low_price_question": ("low_prices.answer", "opened_id"),
    "tender": ("tenders.show", "tender_id"),
    "bid": ("awards.letter", "letter_id"),
    "challenge": ("challenges.show", "challenge_id"),
    "contract": ("contracts.show", "contract_id"),
    "framework_agreement": ("frameworks.show", "framework_id"),
    "contract_milestone": ("milestones.show", "milestone_id"),
    "assignment": ("assignments.assignment", "assignment_id"),
    "agency_suspension": ("agencies.suspension", "suspension_id"),
    "evaluation": ("evaluations.show", "evaluation_id"),
    "rescore": ("evaluations.rescore", "rescore_id"),
    "rectification": ("rectifications.show", "rectification_id"),
    "consequence": ("consequences.show", "consequence_id"),
    "rating": ("ratings.of", "rating_id"),
    "survey": ("surveys.show", "survey_id"),
    "learning_run": ("learning.show", "run_id"),
}
KINDS = {
    "rating_open": ("ratings.show", "contract_id"),
    "recommendation_withdrawn": ("matching.show", "need_id"),
    "service_recommended": ("matching.show", "need_id"),
}
"""Messages that lead to another page than that of their subject."""
LISTS = {"consortium": "bids.invitations"}
"""Subjects without a page of their own, and the list they stand on."""


def address(subject_type: str, subject_id: str, kind: str = "") -> str | None:
    """The page of a subject, if it has one; `kind` is that of the message."""
    if subject_type == "consortium":
        return url_for("bids.invitations")
    if subject_type in LISTS:
        return url_for(LISTS[subject_type])
    page = KINDS.get(kind) or PAGES.get(subject_type)
    if page is None:
        return None
    endpoint, name = page
    values: dict[str, Any] = {name: subject_id}
    return url_for(endpoint, **values)


def news_of(message: Message) -> News:
    """A message as a line of news; following it marks it as read."""
    return News(
        message.created_at, words(message.kind, message.facts), url_for("inbox.follow", message_id=message.id)
    )
