"""The rule book for everybody, and the thresholds for those who keep them."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.calendar.clocks import local_date
from models.errors import DomainError
from models.parties.queries import procuring_places
from models.parties.unit import AdministrativeUnit
from models.rulebook.deadlines import Deadline, deadlines
from models.rulebook.methods import METHODS
from models.rulebook.picker import Picked, pick
from models.rulebook.rule import Rule, rules
from models.rulebook.thresholds import ThresholdKind, history, thresholds_at
from models.rulebook.thresholds import set_threshold as enter
from models.session import transaction
from web import asked
from web.guards import public, requires
from web.rulebook import words
from web.rulebook.forms import DeadlinesForm, MethodsForm, ThresholdForm

bp = Blueprint("rulebook", __name__, url_prefix="/rulebook")

Answer = str | Response | tuple[str, int]


@bp.get("")
@public
def list_() -> str:
    """Every rule in force today."""
    wanted = asked.words()
    book = rules(local_date(g.act.at))
    found = [each for each in book if wanted is None or _speaks_of(each, wanted)]
    return render_template("rulebook/list.html", rules=found, total=len(book), words=words, wanted=wanted)


@bp.get("/deadlines")
@public
def dates() -> Answer:
    """Every date of a procedure."""
    form = DeadlinesForm()
    found: list[Deadline] | None = None
    if form.asked and form.validate():
        try:
            found = deadlines(form.chosen, form.known)
        except DomainError as error:
            form.refuse(error)
    return _answer("rulebook/deadlines.html", form=form, found=found)


@bp.get("/methods")
@public
def methods() -> Answer:
    """Which methods a purchase may use."""
    places = procuring_places(g.db)
    form = MethodsForm().offer(places)
    found: Picked | None = None
    limits = thresholds_at(g.db, _among(places, form.place.data), local_date(g.act.at))
    if form.asked and form.validate():
        try:
            found = pick(form.purchase(limits))
        except DomainError as error:
            form.refuse(error)
    return _answer(
        "rulebook/methods.html", form=form, found=found, limits=limits, places=places, methods=METHODS
    )


@bp.get("/thresholds")
@requires(Permission.THRESHOLD_SET)
def thresholds() -> str:
    """The thresholds of my area, now and before."""
    return _thresholds(ThresholdForm(formdata=None))


@bp.post("/thresholds")
@requires(Permission.THRESHOLD_SET)
def set_threshold() -> Answer:
    """Enter a threshold."""
    form = ThresholdForm()
    if not form.validate():
        return _thresholds(form), 422
    try:
        with transaction(g.db):
            enter(
                g.db,
                _own_unit(),
                g.act,
                kind=ThresholdKind(form.kind.data),
                amount=form.amount.data,
                valid_from=form.valid_from.data,
                source=form.source.data,
            )
    except DomainError as error:
        form.refuse(error)
        return _thresholds(form), error.status
    flash(_("标准已录入，从生效之日起按它判断。"))
    return redirect(url_for(".thresholds"), 303)


def _own_unit() -> AdministrativeUnit:
    return g.db.get_one(AdministrativeUnit, g.act.actor.unit_code)


def _thresholds(form: ThresholdForm) -> str:
    unit = _own_unit()
    return render_template(
        "rulebook/thresholds.html",
        form=form,
        unit=unit,
        current=thresholds_at(g.db, unit.code, local_date(g.act.at)),
        rows=history(g.db, unit.code, g.act),
    )


def _answer(template: str, **page: object) -> Answer:
    """The page of a question; 422 when the question cannot be answered."""
    status = 422 if page["form"].errors else 200  # type: ignore[attr-defined]  # every form has errors
    return render_template(template, words=words, **page), status


def _among(places: Sequence[AdministrativeUnit], code: str | None) -> str | None:
    """The place that was picked, else the first one that is offered."""
    codes = [place.code for place in places]
    return code if code in codes else next(iter(codes), None)


def _speaks_of(rule: Rule, wanted: str) -> bool:
    text = " ".join((rule.id, rule.zh, rule.en, rule.article)).casefold()
    return all(word in text for word in wanted.casefold().split())
