"""The catalogue as everybody sees it."""

from flask import Blueprint, Response, current_app, g, render_template
from flask_babel import gettext as _

from models.access.permissions import Permission
from models.catalogue import queries
from models.catalogue.queries import ServiceRow, Wanted
from models.catalogue.service import Service
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy
from models.matching.lookalikes import lookalikes
from web import asked
from web.exchange.workbook import respond
from web.guards import public, requires
from web.labels.catalogue import price_words, term_name

bp = Blueprint("catalogue", __name__, url_prefix="/services")
COLUMNS = ("title", "organisation", "price", "confirmed")


@bp.get("")
@public
def list_() -> str | Response:
    """Everything on offer, filtered and sorted."""
    lists = {kind: terms(g.db, kind) for kind in (Taxonomy.DOMAIN, Taxonomy.SERVICE, Taxonomy.BENEFICIARY)}
    places = queries.places(g.db)
    wanted = Wanted(
        words=asked.words(),
        domain=asked.among("domain", [term.code for term in lists[Taxonomy.DOMAIN]]),
        code=asked.among("code", [term.code for term in lists[Taxonomy.SERVICE]]),
        group=asked.among("group", [term.code for term in lists[Taxonomy.BENEFICIARY]]),
        area=asked.among("area", [unit.code for unit in places]),
        price_to=asked.amount("price"),
    )
    sort, paging = asked.sort(COLUMNS, "-confirmed"), asked.paging()
    listed = queries.list_services(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("服务目录"), headings(), map(sheet_row, listed.rows))
    return render_template(
        "catalogue/list.html",
        listed=listed,
        wanted=wanted,
        sort=sort,
        paging=paging,
        places=places,
        lists=lists,
        Taxonomy=Taxonomy,
    )


@bp.get("/<uuid:service_id>")
@requires(Permission.SERVICE_VIEW, load=queries.service)
def show(service: Service) -> str:
    """One service: what, for whom, where, for how much, how much of it is free."""
    page = queries.service_page(g.db, service.id, g.act)
    return render_template("catalogue/show.html", page=page, service=service)


@bp.get("/<uuid:service_id>/alike")
@requires(Permission.SERVICE_VIEW, load=queries.service)
def alike(service: Service) -> str:
    """The services most like one, and what it has alone."""
    page = lookalikes(g.db, service, g.act, current_app.extensions["matching"])
    return render_template("catalogue/alike.html", page=page, service=service)


def headings() -> list[tuple[str, str]]:
    """The columns of the catalogue as a workbook."""
    return [
        (_("编号"), "reference"),
        (_("服务名称"), "title"),
        (_("提供机构"), "organisation"),
        (_("服务类别"), "codes"),
        (_("服务对象"), "groups"),
        (_("服务区域"), "areas"),
        (_("价格"), "prices"),
        (_("状态"), "phase"),
        (_("最近确认"), "verified_on"),
        (_("怎么做"), "description"),
    ]


def sheet_row(row: ServiceRow) -> dict[str, object]:
    """A line of the catalogue as a workbook has it."""
    service = row.service
    return {
        "reference": service.reference,
        "title": service.title,
        "organisation": service.organisation.name,
        "codes": [term_name(term) for term in row.codes],
        "groups": [term_name(term) for term in row.groups],
        "areas": [area.unit.name for area in service.areas],
        "prices": [price_words(option) for option in service.cost_options] or _("面议"),
        "phase": row.phase,
        "verified_on": service.verified_on,
        "description": service.description,
    }
