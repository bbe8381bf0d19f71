"""The addresses of the open data: pages of releases and records, one process, everything, and what it is."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from flask_babel import force_locale

from models.disclosure import queries
from models.disclosure.process import Process
from models.errors import DomainError, NotFound
from models.paging import Listed, Paging
from web import asked
from web.api.ocds.package import record_package, release_package
from web.api.ocds.site import Site
from web.guards import public
from web.i18n import LOCALES
from web.inbox.links import address
from web.labels import sentence

bp = Blueprint("ocds", __name__, url_prefix="/ocds")
SIZE = 50
Packaging = Callable[..., dict[str, Any]]


@bp.get("/")
@public
def about() -> str:
    """What this is, for people."""
    found = queries.newest(g.db, g.act, Paging(size=1))
    example = site().ocid(found.rows[0].tender) if found.rows else None
    return render_template("api/ocds.html", site=site(), total=found.total, example=example, size=SIZE)


@bp.get("/releases")
@public
def releases() -> Response:
    """A page of releases, the newest first."""
    return _page(release_package)


@bp.get("/records")
@public
def records() -> Response:
    """A page of records, the newest first."""
    return _page(record_package)


@bp.get("/package.json")
@public
def package() -> Response:
    """Every release in one package."""
    found = queries.newest(g.db, g.act, Paging(size=None))
    response = _answer(release_package, found.rows)
    response.headers["Content-Disposition"] = "attachment; filename=ocds-releases.json"
    return response


@bp.get("/<ocid>")
@public
def process(ocid: str) -> Response:
    """The release package of one process."""
    reference = site().reference(ocid)
    found = queries.process(g.db, reference, g.act) if reference else None
    if found is None:
        raise NotFound("not_found")
    return _answer(release_package, [found])


@bp.errorhandler(DomainError)
def problem(error: DomainError) -> tuple[Response, int]:
    """A refusal as problem+json (RFC 9457)."""
    body = {"type": "about:blank", "title": sentence(error), "status": error.status}
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/problem+json"), error.status


def site() -> Site:
    """Where this portal publishes."""
    return Site(
        prefix=current_app.extensions["config"].ocid_prefix,
        page=_page_of,
        package=lambda ocid: url_for("ocds.process", ocid=ocid, _external=True),
        policy=url_for("ocds.about", _external=True),
    )


def _page_of(kind: str, id_: object) -> str | None:
    """The full address of a record's page, if it has one."""
    found = address(kind, str(id_))
    return request.url_root.rstrip("/") + found.removeprefix(request.script_root) if found else None


def _page(packaging: Packaging) -> Response:
    page = asked.paging().page
    found = queries.newest(g.db, g.act, Paging(page, SIZE))
    if not found.rows and page > 1:
        raise NotFound("not_found")
    response = _answer(packaging, found.rows)
    links = [f'<{_at(number)}>; rel="{rel}"' for rel, number in _neighbours(found, page)]
    if links:
        response.headers["Link"] = ", ".join(links)
    return response


def _neighbours(found: Listed[Process], page: int) -> list[tuple[str, int]]:
    before = [("prev", page - 1)] if page > 1 else []
    return [*before, ("next", page + 1)] if page * SIZE < found.total else before


def _at(page: int) -> str:
    return url_for(request.endpoint or "", page=page, _external=True)


def _answer(packaging: Packaging, processes: Sequence[Process]) -> Response:
    """The package in Chinese, whatever the reader's language.

    While nothing is published there is nothing to answer (204): the standard knows no empty package.
    """
    if not processes:
        return Response(status=204)
    at: datetime = g.at
    with force_locale(LOCALES["zh"]):
        made = packaging(processes, site(), uri=request.url, at=at)
    response = Response(json.dumps(made, ensure_ascii=False), mimetype="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
