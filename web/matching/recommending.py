"""A hub recommends a service for a need, and takes it back."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import Length

from models.access.permissions import Permission
from models.catalogue.queries import Wanted, list_services
from models.catalogue.queries import service as load_service
from models.catalogue.service import Service
from models.errors import DomainError, NotFound
from models.matching.recommendation import REASON_LIMIT, HubRelation, Recommendation
from models.matching.recommending import OPEN, recommend, recommendation, recommended_for, withdraw
from models.needs.lifecycle import phase_at
from models.needs.need import Need
from models.needs.queries import need as load_need
from models.paging import Paging
from models.session import transaction
from web import asked
from web.form import Form, Required, record_id, tidy
from web.guards import requires
from web.labels import LABELS

bp = Blueprint("recommending", __name__)
OFFERED = 20


class RecommendForm(Form):
    """Which service, what the hub has to do with its organisation, and why."""

    service = RadioField(_l("推荐哪项服务"), [Required(_l("请选一项服务。"))], validate_choice=False)
    relation = RadioField(
        _l("和这家机构的关系"),
        [Required(_l("请如实选和这家机构的关系。"))],
        choices=[SelectChoice(each.value, words) for each, words in LABELS[HubRelation].items()],
    )
    reason = TextAreaField(
        _l("为什么推荐"),
        [
            Required(_l("请写明为什么推荐，街道要看。")),
            Length(max=REASON_LIMIT, message=_l("理由最多写 1000 个字，请缩短。")),
        ],
        filters=[tidy],
    )


@bp.route("/needs/<uuid:need_id>/recommend", methods=["GET", "POST"])
@requires(Permission.MATCH_RECOMMEND, load=load_need)
def page(need: Need) -> str | Response | tuple[str, int]:
    """What I recommend for the need, and recommending one service more."""
    form, status = RecommendForm(), 200
    found = _offered(need)
    form.service.choices = [
        SelectChoice(str(each.id), f"{each.title} · {each.organisation.name}") for each in found
    ]
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    recommend(
                        g.db,
                        need,
                        g.act,
                        service=_chosen(form),
                        relation=HubRelation(form.relation.data),
                        reason=form.reason.data or "",
                    )
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("已推荐，街道会收到消息。"))
                return redirect(url_for(".page", need_id=need.id), 303)
    return _page(need, form, found), status


@bp.post("/recommendations/<uuid:recommendation_id>/withdraw")
@requires(Permission.MATCH_RECOMMEND, load=recommendation)
def take_back(made: Recommendation) -> Response:
    """Take one back."""
    with transaction(g.db):
        withdraw(g.db, made, g.act)
    flash(_("已撤回推荐，街道会收到消息。"))
    return redirect(url_for(".page", need_id=made.need_id), 303)


def _page(need: Need, form: RecommendForm, found: list[Service]) -> str:
    facts: dict[str, Any] = {"is_open": phase_at(need, g.at) in OPEN, "wanted": asked.words()}
    mine = recommended_for(g.db, need, g.act)
    return render_template("matching/recommend.html", need=need, form=form, mine=mine, found=found, **facts)


def _offered(need: Need) -> list[Service]:
    """Published services with the words asked for; without any, those of the need's first code."""
    words = asked.words()
    code = next((row.term_code for row in need.terms if not row.is_group), None)
    wanted = Wanted(words=words) if words else Wanted(code=code)
    return [row.service for row in list_services(g.db, g.act, wanted, paging=Paging(size=OFFERED)).rows]


def _chosen(form: RecommendForm) -> Service:
    key = record_id(form.service.data)
    found = load_service(g.db, key, g.act) if key else None
    if found is None:
        raise NotFound("not_found", field="service")
    return found
