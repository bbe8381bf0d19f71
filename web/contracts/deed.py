"""A page with one form: shown, checked, carried out by one verb, or shown again with what is wrong."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request
from werkzeug.wrappers import Response

from models.errors import DomainError
from models.session import transaction
from web.contracts import words
from web.form import Form

Answer = str | Response | tuple[str, int]


def carry_out(
    form: Form,
    verb: Callable[[], Any],
    *,
    title: str,
    button: str,
    back: tuple[str, str],
    done: str,
    to: Callable[[Any], str] | None = None,
    lead: str = "",
    kind: str = "",
    template: str = "contracts/form.html",
    danger: bool = False,
    **context: Any,
) -> Answer:
    """`back` is (words, address) of where one comes from and goes back to; `done` is said there, or on
    the page `to` of what the verb has made; `kind` names the project or organisation above the title.
    """

    def page(status: int) -> Answer:
        shown = {"title": title, "button": button, "back": back, "lead": lead, "kind": kind, "danger": danger}
        return render_template(template, form=form, words=words, **shown, **context), status

    if request.method == "GET":
        return page(200)
    if not form.validate():
        return page(422)
    try:
        with transaction(g.db):
            made = verb()
    except DomainError as error:
        form.refuse(error)
        return page(error.status)
    return _go(done, to(made) if to else back[1])


def press(verb: Callable[[], Any], *, done: str, to: str) -> Response:
    """A button without a form: a refusal is a page of its own."""
    with transaction(g.db):
        verb()
    return _go(done, to)


def _go(done: str, to: str) -> Response:
    flash(done)
    return redirect(to, 303)
