"""Every table, for migrations and for creating a database: importing this fills `Base.metadata`."""

import models.agencies.agency
import models.agencies.assignment
import models.agencies.engagement
import models.agencies.rotation
import models.agencies.suspension
import models.agencies.tie
import models.audit.event
import models.audit.time_taken
import models.bids.bid
import models.bids.consortium
import models.bids.draft
import models.bids.opened
import models.bids.opening
import models.catalogue.service
import models.catalogue.term
import models.clocks.reminder
import models.contracts.award
import models.contracts.challenge
import models.contracts.contract
import models.evaluations.answer
import models.evaluations.evaluation
import models.evaluations.evidence
import models.evaluations.indicators
import models.evaluations.rescore
import models.evaluations.sheet
import models.exchange.batch
import models.files
import models.frameworks.agreement
import models.mailing
import models.matching.gap
import models.matching.learning
import models.matching.recommendation
import models.matching.review
import models.matching.run
import models.needs.assessment
import models.needs.deliberation
import models.needs.details
import models.needs.lifecycle
import models.needs.meeting_rule
import models.needs.need
import models.needs.raiser
import models.needs.ticket
import models.outbox
import models.panels.marking
import models.panels.panel
import models.panels.pool
import models.parties.dealing
import models.parties.independence
import models.parties.organisation
import models.parties.person
import models.parties.unit
import models.planning.edit
import models.planning.plan
import models.ratings.rating
import models.rectifications.consequence
import models.rectifications.escalation
import models.rectifications.rectification
import models.reference
import models.rulebook.thresholds
import models.rulebook.working_days
import models.supervision.sample
import models.surveys.answer
import models.surveys.assembly
import models.surveys.register
import models.surveys.survey
import models.tenders.amendment
import models.tenders.approval
import models.tenders.criterion
import models.tenders.enquiry
import models.tenders.key
import models.tenders.lot
import models.tenders.notice
import models.tenders.tender
import models.tenders.terms
import models.volunteers.call  # noqa: F401  # imported for its table
from models.base import Base

metadata = Base.metadata

__all__ = ["metadata"]
