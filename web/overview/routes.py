"""An area on one page: needs by place, domain and phase, what is offered, how long things take."""

from flask import Blueprint, g, render_template
from flask_babel import gettext as _

from models.access.permissions import Permission
from models.evaluations.replicating import asked_elsewhere
from models.matching.overview import OPEN, overview
from models.needs.need import NeedPhase
from models.reports.burden import burden
from models.reports.rising import rises, usual_period
from web import asked
from web.guards import requires
from web.overview.figures import Figures, spread
from web.reports.content import counted

bp = Blueprint("overview", __name__)
PHASES = (*OPEN, NeedPhase.CLOSED)


@bp.get("/overview")
@requires(Permission.DISTRICT_OVERVIEW)
def show() -> str:
    """The overview of my area."""
    phase = asked.member("phase", NeedPhase)
    found = overview(g.db, g.act)
    numbers = Figures(found, (phase,) if phase in PHASES else OPEN)
    return render_template(
        "overview/show.html",
        page=found,
        numbers=numbers,
        phase=phase,
        phases=PHASES,
        days=_("天"),
        spread=spread,
        burden=burden(g.db, usual_period(g.at), g.act),
        counted=counted,
        replicated=asked_elsewhere(g.db, g.act),
        rises=rises(g.db, usual_period(g.at), g.act),
    )
