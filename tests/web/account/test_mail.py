"""Everybody sets their own address for mail, and switches mail off."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.audit.event import AuditEvent
from models.parties.person import Person
from tests.conftest import SignInAs


def person(session: Session) -> Person:
    session.expire_all()
    return session.scalars(select(Person).order_by(Person.created_at.desc())).first() or Person()


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_an_address_is_set_and_mail_switched_off(session: Session, sign_in_as: SignInAs, locale: str) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER, locale=locale)
    save = "保存邮件设置" if locale == "zh" else "Save mail settings"
    pages.get("/me").form(save).fill(email=" li@example.org ").submit()
    assert (person(session).email, person(session).wants_mail) == ("li@example.org", True)
    form = pages.get("/me").form(save)
    assert form.values["email"] == "li@example.org"
    form.fill(wants_mail=False).submit()
    assert (person(session).email, person(session).wants_mail) == ("li@example.org", False)
    pages.get("/me").form(save).fill(email="").submit()
    assert person(session).email is None


def test_an_address_that_is_none_comes_back_to_its_field(session: Session, sign_in_as: SignInAs) -> None:
    form = sign_in_as(Role.COMMUNITY_WORKER).get("/me").form("保存邮件设置")
    page = form.fill(email="li@example").submit(status=422)
    assert "这个邮箱地址不对" in page.text
    assert person(session).email is None


def test_the_address_is_in_no_audit_event(session: Session, sign_in_as: SignInAs) -> None:
    form = sign_in_as(Role.COMMUNITY_WORKER).get("/me").form("保存邮件设置")
    form.fill(email="li@example.org").submit()
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "person.set_mail")).one()
    assert event.facts == {"has_address": True, "wants_mail": True}
