"""Guards: every view says who may enter. `refuse_unguarded` and a test read the mark they leave."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.access.policy import SEEING, can, ensure
from models.errors import NotFound

View = Callable[..., Any]
OPEN_ENDPOINTS = frozenset({"static", "bootstrap.static"})


def public(view: View) -> View:
    """Anybody may enter."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anybody with an account may enter; what is shown is the person's own."""

    @wraps(view)
    def guarded(**kwargs: Any) -> Any:
        if g.sign_in is None:
            return to_sign_in()
        return view(**kwargs)

    guarded.guard = "signed_in"  # type: ignore[attr-defined]
    return guarded


def requires(permission: Permission, *, load: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Only acts with the permission may enter; `load(session, key, act)` finds the subject.

    404 when there is no such thing or the actor may not know it, 403 when it may not be done, and
    the sign-in page for a visitor who is asked for more than looking.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**kwargs: Any) -> Any:
            if load is None:
                if g.sign_in is None and not can(g.act, permission):
                    return to_sign_in()
                ensure(g.act, permission)
                return view(**kwargs)
            key = kwargs.pop(next(iter(kwargs)))
            subject = load(g.db, key, g.act)
            if g.sign_in is None and permission not in SEEING:
                return to_sign_in()
            if subject is None:
                raise NotFound("not_found")
            ensure(g.act, permission, subject)
            return view(subject, **kwargs)

        guarded.guard = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def to_sign_in() -> Response:
    """Ask the visitor to sign in, and come back to the page."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.sign_in", next=wanted), 303)


def refuse_unguarded() -> None:
    """A view that says nothing about who may enter lets nobody in."""
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return
    view = current_app.view_functions[request.endpoint]
    if not hasattr(view, "guard"):
        msg = f"{request.endpoint} has no guard"
        raise RuntimeError(msg)


def init_app(app: Flask) -> None:
    """Refuse unguarded views, and give templates the same `can()`."""
    app.before_request(refuse_unguarded)

    @app.context_processor
    def _policy() -> dict[str, Any]:
        return {
            "can": lambda permission, subject=None: can(g.act, Permission[permission], subject),
            "Permission": Permission,
        }
