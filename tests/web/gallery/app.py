"""A tiny application that shows every component; the portal itself is not needed."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations
from flask import Flask, abort, redirect, render_template, request
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict

from tests.web.gallery.forms import NeedForm
from tests.web.gallery.samples import samples
from web import address, charts, headers
from web import format as formats
from web.i18n import OneCatalogue, english

WEB = Path(__file__).resolve().parents[3] / "web"
NOW = datetime(2026, 11, 17, 4, 50, tzinfo=UTC)
PLACES = {
    "main.landing": "/",
    "main.search": "/search",
    "main.accessibility": "/accessibility",
    "main.data": "/data",
    "main.rules": "/rules",
    "inbox.list_": "/inbox",
    "account.sign_in": "/sign-in",
    "account.sign_out": "/sign-out",
    "account.switch_role": "/switch-role",
    "account.language": "/language",
}


def create_gallery() -> Flask:
    """The application: base.html and the components, without sign-in or database."""
    app = Flask(
        "gallery",
        template_folder=str(WEB / "templates"),
        static_folder=str(WEB / "static"),
        static_url_path="/static",
    )
    app.jinja_loader.searchpath.append(str(Path(__file__).parent))
    app.config.update(SECRET_KEY="only for the gallery", BOOTSTRAP_SERVE_LOCAL=True)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Bootstrap5(app)
    CSRFProtect(app)
    Babel(app, default_locale="zh", locale_selector=lambda: request.args.get("locale", "zh"))
    compiled = BytesIO()
    write_mo(compiled, english())
    compiled.seek(0)
    domain = OneCatalogue({"zh": NullTranslations(), "en": Translations(compiled)})
    app.before_request(domain.as_default)
    address.register(app)
    charts.register(app)
    formats.register(app, lambda: NOW)
    app.context_processor(shell)
    headers.init_app(app, https=False)
    app.jinja_env.globals["opened_at"] = str  # nobody is signed in here, so no form says when it was opened
    for endpoint, path in PLACES.items():
        app.add_url_rule(path, endpoint, blank, methods=["GET", "POST"])
    app.add_url_rule("/draft", "draft", draft, methods=["POST"])
    app.add_url_rule("/propose", "propose", propose, methods=["POST"])
    app.add_url_rule("/gallery", "gallery", gallery, methods=["GET", "POST"])
    return app


def shell() -> dict[str, object]:
    """What the portal's context processor gives to base.html."""
    english = request.args.get("locale") == "en"
    places = (
        ("Home", "Needs", "Assessments", "Deliberation", "Services")
        if english
        else ("首页", "需求", "评估", "议事", "服务")
    )
    return {
        "shell": SimpleNamespace(
            person_name=None if "out" in request.args else "陆知微",
            place="临澄区 芦汀街道 芦花里社区",
            role_label="Community worker" if english else "社区工作者",
            nav=[(place, f"/gallery?n={n}", n == 1) for n, place in enumerate(places)],
            inbox_count=3,
            locale="en" if english else "zh",
            version="0.1.0",
            roles=[("Assessor" if english else "评估员", "2")],
        ),
    }


def blank():
    """Any other page of the portal."""
    return redirect("/gallery", 303)


def draft():
    """Saves a draft, unless the title asks for trouble."""
    if "故障" in request.form["title"]:
        abort(503)
    return {"saved": True}


def propose():
    """What the words so far suggest, as a piece of a page."""
    if "饭" not in request.form["text"]:
        return ""
    return '<button type="button" class="btn" data-name="groups" data-value="old">失能老人</button>'


def gallery():
    """Every component; a POST shows the form with its errors, ?part= one part alone."""
    form = NeedForm()
    if request.method == "POST" and form.validate_on_submit():
        return redirect("/gallery?saved=1", 303)
    if "errors" in request.args:
        form = NeedForm(MultiDict({"people": "0", "budget": "-5"}), meta={"csrf": False})
        form.validate()
    status = 422 if request.method == "POST" else 200
    return render_template(
        "gallery.html",
        form=form,
        reject=NeedForm(prefix="reject"),
        now=NOW,
        **samples(request.args.get("locale", "zh")),
    ), status
