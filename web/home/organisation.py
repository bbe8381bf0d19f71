"""The home page of an organisation: entries to confirm, drafts to publish, a profile to complete."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import local_date, start_of
from models.catalogue import queries as catalogue
from models.catalogue.queries import ServiceRow
from models.catalogue.service import STALE_AFTER_DAYS, ServiceStatus
from models.parties import queries as parties
from web.home.bids import of_bidder, sealed
from web.home.contracts import to_perform
from web.home.evaluations import to_answer
from web.home.judging import to_explain
from web.home.matching import fitting_todo
from web.home.page import Home, InProgress, ToDo, by_date
from web.home.ratings import to_rate
from web.home.rectifying import to_mend
from web.home.surveys import to_register
from web.home.volunteers import calling, to_close
from web.labels import label

SHOWN = 5


def build(session: Session, act: Act) -> Home:
    """What an organisation must do now, and what it has on offer."""
    rows = catalogue.mine(session, act, sort="confirmed")
    active = [row for row in rows if row.phase == ServiceStatus.ACTIVE]
    return Home(
        todo=by_date(
            [
                *of_bidder(session, act),
                *to_mend(session, act),
                *to_perform(session, act),
                *to_register(session, act),
                *to_answer(session, act),
                *to_rate(session, act),
                *to_explain(session, act),
                *to_close(session, act),
                *to_confirm(session, act),
                *fitting_todo(session, act),
                *to_publish(rows),
                *to_complete(session, act),
            ]
        ),
        in_progress=[
            *sealed(session, act),
            *calling(session, act),
            *(on_offer(row) for row in active[::-1][:SHOWN]),
        ],
        start=[
            (_("写一项服务"), url_for("catalogue.new")),
            (_("我的服务"), url_for("catalogue.mine")),
            (_("我的投标"), url_for("bids.mine")),
            (_("我们的投标结果"), url_for("awards.mine")),
            (_("合同"), url_for("contracts.list_")),
            (_("我们的评估"), url_for("evaluations.list_")),
            (_("我们的过往记录"), url_for("records.show", organisation_id=act.actor.organisation_id)),
            (_("整改"), url_for("rectifications.list_")),
            (_("评估后的决定"), url_for("consequences.list_")),
            (_("互评"), url_for("ratings.list_")),
        ],
    )


def to_confirm(session: Session, act: Act) -> list[ToDo]:
    """Published entries nobody has confirmed for a year, and those that soon will be a year old."""
    today = local_date(act.at)
    rows = [*catalogue.stale(session, act), *catalogue.going_stale(session, act)]
    return [confirming(row, (today - row.service.verified_on).days) for row in rows[:SHOWN]]


def confirming(row: ServiceRow, days: int) -> ToDo:
    """Confirm one entry."""
    last = start_of(row.service.verified_on + timedelta(days=STALE_AFTER_DAYS + 1))
    note = ngettext("上次确认是 %(num)d 天前", "上次确认是 %(num)d 天前", days)
    url = url_for("catalogue.show", service_id=row.service.id)
    return ToDo(_("确认服务"), row.service.title, url, due=None if row.is_stale else last, note=note)


def to_publish(rows: list[ServiceRow]) -> list[ToDo]:
    """Drafts that nobody else can see yet."""
    drafts = [row.service for row in rows if row.phase == ServiceStatus.DRAFT]
    return [
        ToDo(_("写完并发布"), each.title, url_for("catalogue.edit", service_id=each.id))
        for each in drafts[:SHOWN]
    ]


def to_complete(session: Session, act: Act) -> list[ToDo]:
    """What a reader of the organisation's page would miss."""
    if act.actor.organisation_id is None:
        return []
    page = parties.organisation_page(session, act.actor.organisation_id, act)
    if page is None:
        return []
    whose, key = page.organisation.name, page.organisation.id
    missing = []
    if not page.organisation.description:
        missing.append(ToDo(_("写机构介绍"), whose, url_for("organisation.profile", organisation_id=key)))
    if not page.organisation.staff:
        missing.append(
            ToDo(_("登记工作人员和证书"), whose, url_for("organisation.members", organisation_id=key))
        )
    return missing


def on_offer(row: ServiceRow) -> InProgress:
    """A published entry, and how much of it is free."""
    free = [capacity for capacity in row.service.capacities if capacity.available == 0]
    tag = (_("已满"), "waiting") if free else (label(row.phase), "done")
    url = url_for("catalogue.show", service_id=row.service.id)
    return InProgress(row.service.title, url, tag)
