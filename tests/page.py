"""A client that checks every page it fetches, so that no test has to remember to.

    pages = PageClient(app.test_client())
    page = pages.get("/needs")
    page = page.click("发布需求")
    page = page.form("need").fill(title="午饭", groups=["old"]).submit(follow=True)
    assert page.h1 == "午饭"

`skip` names rules a page cannot keep, for instance when it shows hostile input on purpose.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page_document import Document, text_of
from tests.page_form import PageForm
from tests.page_rules import STRUCTURE
from tests.page_words import WORDS

RULES = STRUCTURE | WORDS
REDIRECTS = range(300, 400)


@dataclass(frozen=True)
class Link:
    """A link as a person sees it."""

    text: str
    href: str


def faults(document: Document, skip: Iterable[str] = ()) -> list[str]:
    """Everything that is wrong with a page, each with the name of its rule."""
    unknown = set(skip) - RULES.keys()
    assert not unknown, f"no such rules: {sorted(unknown)}"
    return [
        f"{name}: {fault}" for name, rule in RULES.items() if name not in skip for fault in rule(document)
    ]


class Page:
    """One answer, and if it is a page, what is on it."""

    def __init__(self, client: "PageClient", response: TestResponse, path: str) -> None:
        self.client = client
        self.response = response
        self.path = path
        self.status: int = response.status_code
        self.location: str | None = response.headers.get("Location")
        self.is_html = response.mimetype == "text/html" and self.status not in REDIRECTS
        self.html: str = response.get_data(as_text=True) if self.is_html else ""
        self.document = Document(self.html)

    @property
    def h1(self) -> str:
        """The words of the heading."""
        return next((text_of(each) for each in self.document.all("h1")), "")

    @property
    def text(self) -> str:
        """All the words a person sees in the main part."""
        main = next(self.document.all("main", "body"), self.document.root)
        main = next(self.document.all("main"), main)
        return text_of(main)

    @property
    def links(self) -> list[Link]:
        """Every link of the page."""
        return [Link(self.document.name_of(each), each.get("href", "")) for each in self.document.all("a")]

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        boxes = [each for each in self.document.all("div") if "errors" in each.get("class", "").split()]
        return [text_of(item) for box in boxes for item in box.iter("li")]

    @property
    def flashes(self) -> list[str]:
        """The messages after a deed."""
        return [
            text_of(each) for each in self.document.all("div") if "flash" in each.get("class", "").split()
        ]

    def rows(self, caption: str | None = None) -> list[list[str]]:
        """The cells of the first table, or of the one with this caption."""
        for table in self.document.all("table"):
            title = next((text_of(each) for each in table.iter("caption")), "")
            if caption is None or caption in title:
                return [
                    [text_of(cell) for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")
                ]
        message = f"{self.path} has no table {caption or ''}"
        raise AssertionError(message)

    def link(self, text: str) -> str:
        """Where the link with these words goes."""
        found = [link.href for link in self.links if link.text == text] or [
            link.href for link in self.links if text in link.text
        ]
        assert found, f"{self.path} has no link {text!r}, only {[link.text for link in self.links]}"
        return urljoin(self.path, found[0])

    def click(self, text: str, status: int = 200) -> "Page":
        """Follow the link with these words."""
        return self.client.get(self.link(text), status=status)

    def form(self, which: str | int | None = None) -> PageForm:
        """A form of the main part: by id, by its address, by the words of a button, or by position."""
        main = next(self.document.all("main"), self.document.root)
        forms = list(main.iter("form"))
        if isinstance(which, int):
            return PageForm(self, forms[which])
        if which is None:
            forms = [form for form in forms if form.get("method", "get").lower() == "post"] or forms
            assert len(forms) == 1, f"{self.path} has {len(forms)} forms, say which"
            return PageForm(self, forms[0])
        for matches in (_has_id, _has_address, _has_button):
            found = [form for form in [*forms, *self.document.all("form")] if matches(form, which)]
            if found:
                return PageForm(self, found[0])
        message = f"{self.path} has no form {which!r}"
        raise AssertionError(message)


def _has_id(form: Element, which: str) -> bool:
    return form.get("id") == which


def _has_address(form: Element, which: str) -> bool:
    return which.startswith("/") and urlsplit(form.get("action", "")).path == which


def _has_button(form: Element, which: str) -> bool:
    return any(text_of(button) == which for button in form.iter("button"))


class PageClient:
    """A browser without a screen, and a strict one."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: Page | None = None

    def get(
        self, path: str, status: int = 200, *, follow: bool = False, skip: Iterable[str] = (), **options: Any
    ) -> Page:
        """Fetch a page; `follow` goes along redirects, `options` are the test client's."""
        response = self.client.get(path, **options)
        return self._arrive(response, path, status, follow=follow, skip=skip)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        status: int = 303,
        *,
        follow: bool = False,
        token: bool = True,
        skip: Iterable[str] = (),
        **options: Any,
    ) -> Page:
        """Send a form; the token comes from the last page, or else from the page at `path` or at "/"."""
        sent = dict(data or {})
        if token and "csrf_token" not in sent:
            sent["csrf_token"] = self.token(path)
        response = self.client.post(path, data=sent, **options)
        return self._arrive(response, path, status, follow=follow, skip=skip)

    def token(self, path: str = "/") -> str:
        """A csrf token of this session."""
        seen = self.page.document if self.page else None
        found = _token(seen) if seen else None
        for place in (path, "/"):
            if not found:
                found = _token(Document(self.client.get(place).get_data(as_text=True)))
        assert found, f"no csrf token on the last page, on {path} or on /"
        return found

    def _arrive(
        self, response: TestResponse, path: str, status: int, *, follow: bool, skip: Iterable[str]
    ) -> Page:
        page = Page(self, response, path)
        if follow and page.status in REDIRECTS and page.location:
            where = urljoin(path, page.location)
            return self.get(where, status=status if status not in REDIRECTS else 200, follow=True, skip=skip)
        told = f" to {page.location}" if page.location else ""
        said = f": {page.errors or page.text[:300]}" if page.html else ""
        assert page.status == status, f"{path} answered {page.status}{told}, not {status}{said}"
        if page.is_html:
            found = faults(page.document, skip) + _policy_faults(page)
            assert not found, "\n".join(
                [f"{path} has {len(found)} faults:", *(f"  - {fault}" for fault in found)]
            )
            self.page = page
        return page


def _token(document: Document) -> str | None:
    inputs = (each for each in document.all("input") if each.get("name") == "csrf_token")
    return next((each.get("value") for each in inputs if each.get("value")), None)


def _policy_faults(page: Page) -> list[str]:
    """The nonce of every script is the one the policy allows."""
    policy = page.response.headers.get("Content-Security-Policy", "")
    if "nonce-" not in policy:
        return []
    nonces = {each.get("nonce") for each in page.document.all("script") if each.get("nonce")}
    return [
        f"nothing_inline: nonce {nonce!r} is not in the policy"
        for nonce in nonces
        if f"'nonce-{nonce}'" not in policy
    ]
