"""Every part of the portal, in one list."""

from web.account.routes import bp as account
from web.assessments.routes import bp as assessments
from web.catalogue.own import bp as catalogue
from web.deliberations.routes import bp as deliberations
from web.exchange.routes import bp as exchange
from web.handling.routes import bp as handling
from web.home.routes import bp as home
from web.inbox.routes import bp as inbox
from web.main.routes import bp as main
from web.matching.routes import bp as matching
from web.needs.routes import bp as needs
from web.overview.routes import bp as overview
from web.parties.own import bp as organisation
from web.parties.routes import bp as parties
from web.parties.standing import bp as standing
from web.people.routes import bp as people
from web.planning.routes import bp as planning

BLUEPRINTS = (
    main,
    account,
    home,
    inbox,
    exchange,
    needs,
    assessments,
    deliberations,
    handling,
    catalogue,
    parties,
    organisation,
    standing,
    people,
    matching,
    planning,
    overview,
)
