"""PDF from HTML, with WeasyPrint (the extra `pdf`), without any network: only our own static files are read.

For papers of headings, text and tables: `of_paper(paper)`. For anything else, a template that extends
`papers/base.html`: `pdf(render_template(...))`. Both give bytes; `answer(bytes, name)` hands them out.
"""

from functools import cache
from importlib import import_module
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, Response, current_app, render_template, send_file
from flask_babel import force_locale
from werkzeug.utils import safe_join

from models.errors import NotFound
from web.i18n import LOCALES
from web.papers.paper import Paper

BASE = "http://static.invalid/"
"""Where relative addresses of a template lead: nowhere but to the fetcher below."""


@cache
def _weasyprint() -> ModuleType | None:
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):  # an OSError: Pango is not installed
        return None


def is_available() -> bool:
    """Whether this machine can write PDF; without it no page offers it."""
    return _weasyprint() is not None


def pdf(html: str) -> bytes:
    """A page as PDF: the same bytes for the same page."""
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise NotFound("pdf_missing")
    made = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=_fetcher(weasyprint))
    written: bytes = made.write_pdf(pdf_tags=True)
    return written


def of_paper(paper: Paper) -> bytes:
    """A paper as PDF, in Chinese whatever the page's language."""
    with force_locale(LOCALES["zh"]):
        return pdf(render_template("papers/paper.html", paper=paper))


def answer(content: bytes, name: str) -> Response:
    """The file under a name without its ending."""
    return send_file(
        BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=f"{name}.pdf"
    )


def register(app: Flask) -> None:
    """Templates ask `pdf_available()` before they offer it."""
    app.jinja_env.globals["pdf_available"] = is_available


def static_file(url: str) -> Path:
    """The file of ours that an address names; ValueError for every other address."""
    parts = urlsplit(url)
    prefix = f"{current_app.static_url_path}/"
    if f"{parts.scheme}://{parts.netloc}/" == BASE and parts.path.startswith(prefix):
        found = safe_join(current_app.static_folder or "", unquote(parts.path.removeprefix(prefix)))
        if found and Path(found).is_file():
            return Path(found)
    raise ValueError("not one of our static files")


def _fetcher(weasyprint: ModuleType) -> Any:
    class OurFiles(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]  # an extra: known at run time
        def fetch(self, url: str, headers: object = None) -> Any:  # its caller's shape
            path = static_file(url)
            kind = {"Content-Type": guess_type(path.name)[0] or "application/octet-stream"}
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes(), kind)

    return OurFiles()
