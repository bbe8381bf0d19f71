"""Every table, for migrations and for creating a database: importing this fills `Base.metadata`."""

import models.audit.event
import models.catalogue.service
import models.catalogue.term
import models.exchange.batch
import models.files
import models.matching.gap
import models.matching.review
import models.matching.run
import models.needs.assessment
import models.needs.deliberation
import models.needs.details
import models.needs.lifecycle
import models.needs.need
import models.outbox
import models.parties.organisation
import models.parties.person
import models.parties.unit
import models.planning.edit
import models.planning.plan
import models.reference  # noqa: F401  # imported for its table
from models.base import Base

metadata = Base.metadata

__all__ = ["metadata"]
