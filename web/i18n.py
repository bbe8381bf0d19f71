"""Languages: msgids are Chinese, English is in translations/en/*.po, merged in memory at the start."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request, session
from flask_babel import Babel, Domain, force_locale, get_locale

FOLDER = Path(__file__).parent / "translations"
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}


def english() -> Catalog:
    """Every English message, one file per subject."""
    catalog = Catalog(locale="en")
    for path in sorted((FOLDER / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id and message.string:
                    catalog[message.id] = message
    return catalog


class OneCatalogue(Domain):
    """A domain whose catalogues are given, not looked for on the disk at each request."""

    def __init__(self, translations: dict[str, NullTranslations]) -> None:
        super().__init__()
        self.by_language = translations

    def get_translations(self) -> NullTranslations:
        """The catalogue of the request's language."""
        locale = get_locale()
        return self.by_language["en" if locale is not None and locale.language == "en" else "zh"]


def language() -> str:
    """The request's language: chosen, then the person's, then the browser's, then Chinese."""
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    sign_in = g.get("sign_in")
    if sign_in is not None and sign_in.person.locale in LOCALES:
        return str(sign_in.person.locale)
    return request.accept_languages.best_match(["zh-CN", "zh", "en"], "zh").split("-")[0]


def init_app(app: Flask) -> None:
    """Flask-Babel with our catalogues; times are shown in Shanghai."""
    app.config["BABEL_DEFAULT_LOCALE"] = LOCALES["zh"]
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    Babel(app, locale_selector=lambda: LOCALES[language()])
    compiled = BytesIO()
    write_mo(compiled, english())
    compiled.seek(0)
    domain = OneCatalogue({"zh": NullTranslations(), "en": Translations(compiled)})

    app.extensions["messages"] = domain
    app.before_request(domain.as_default)


@contextmanager
def speaking(app: Flask, locale: str | None) -> Iterator[None]:
    """Outside of any request: words in a person's language, Chinese where none is set."""
    with app.app_context():
        app.extensions["messages"].as_default()
        with force_locale(LOCALES.get(locale or "zh", LOCALES["zh"])):
            yield
