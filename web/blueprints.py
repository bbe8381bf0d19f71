"""Every part of the portal, in one list."""

from web.account.routes import bp as account
from web.agencies.routes import assignments
from web.agencies.routes import bp as agencies
from web.agenda.routes import bp as agenda
from web.api.ocds.routes import bp as ocds
from web.archive.routes import bp as archive
from web.assessments.routes import bp as assessments
from web.bids.routes import bp as bids
from web.bids.routes import openings
from web.catalogue.own import bp as catalogue
from web.contracts.awards import bp as awards
from web.contracts.challenges import bp as challenges
from web.contracts.milestones import bp as milestones
from web.contracts.routes import bp as contracts
from web.deliberations.routes import bp as deliberations
from web.deliberations.rules import bp as meeting_rules
from web.evaluations.routes import bp as evaluations
from web.exchange.routes import bp as exchange
from web.frameworks.routes import bp as frameworks
from web.handling.routes import bp as handling
from web.home.routes import bp as home
from web.inbox.routes import bp as inbox
from web.learning.exposure import bp as exposure
from web.learning.routes import bp as learning
from web.main.routes import bp as main
from web.matching.recommending import bp as recommending
from web.matching.routes import bp as matching
from web.needs.routes import bp as needs
from web.needs.tickets import bp as tickets
from web.overview.routes import bp as overview
from web.panels.explaining import bp as low_prices
from web.panels.member import bp as marking
from web.panels.pool import bp as experts
from web.panels.ranking import bp as ranking
from web.panels.routes import bp as panels
from web.parties.own import bp as organisation
from web.parties.routes import bp as parties
from web.parties.standing import bp as standing
from web.people.routes import bp as people
from web.planning.routes import bp as planning
from web.ratings.routes import bp as ratings
from web.records.routes import bp as records
from web.rectifications.consequences import bp as consequences
from web.rectifications.routes import bp as rectifications
from web.reports.routes import bp as reports
from web.rulebook.routes import bp as rulebook
from web.rulebook.working_days import bp as working_days
from web.supervision.routes import bp as supervision
from web.surveys.paper import bp as sheets
from web.surveys.register import bp as served
from web.surveys.resident import bp as resident
from web.surveys.routes import bp as surveys
from web.tenders.routes import bp as tenders
from web.volunteers.routes import bp as volunteers

BLUEPRINTS = (
    main,
    account,
    home,
    inbox,
    exchange,
    needs,
    tickets,
    assessments,
    deliberations,
    meeting_rules,
    handling,
    catalogue,
    parties,
    organisation,
    standing,
    people,
    matching,
    recommending,
    learning,
    exposure,
    records,
    planning,
    overview,
    rulebook,
    working_days,
    ranking,
    experts,
    panels,
    marking,
    low_prices,
    tenders,
    ocds,
    bids,
    openings,
    awards,
    challenges,
    contracts,
    milestones,
    frameworks,
    agencies,
    assignments,
    supervision,
    evaluations,
    rectifications,
    consequences,
    ratings,
    agenda,
    archive,
    reports,
    surveys,
    sheets,
    served,
    resident,
    volunteers,
)
