"""The portal. What may never happen here is in README.md."""

from flask import Flask, g
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from models.matching.engine import Engine
from models.sealing.drafts import DraftKeeper, draft_keys
from web import address, charts, db, errors, guards, headers, i18n, keeper, opened, pdf, shell
from web import format as formats
from web.blueprints import BLUEPRINTS
from web.config import Config
from web.request import Request

MAXIMUM_UPLOAD = 25 * 1024 * 1024


def create_app(config: Config | None = None) -> Flask:
    """One portal, from one configuration."""
    config = config or Config.from_environment()
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=config.secret_key,
        TESTING=config.testing,
        MAX_CONTENT_LENGTH=MAXIMUM_UPLOAD,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.https,
        PERMANENT_SESSION_LIFETIME=8 * 3600,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still saves
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.request_class = Request
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    Bootstrap5(app)
    db.init_app(app, config.database_url)
    opened.init_app(app)
    app.extensions["matching"] = Engine()
    app.extensions["config"] = config
    app.extensions["keeper"] = DraftKeeper(draft_keys(config.var / keeper.KEYS))
    i18n.init_app(app)
    CSRFProtect(app)
    guards.init_app(app)
    headers.init_app(app, https=config.https)
    errors.init_app(app)
    shell.init_app(app)
    address.register(app)
    charts.register(app)
    pdf.register(app)
    formats.register(app, lambda: g.at if "at" in g else db.now())
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=app.static_folder, prefix="static/")  # type: ignore[method-assign]
    return app
