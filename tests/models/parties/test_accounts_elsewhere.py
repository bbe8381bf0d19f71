"""An administrator manages nobody who works for an organisation registered elsewhere."""

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.errors import NotAllowed
from models.parties import accounts, people
from models.parties.people import Wanted
from tests.factories import parties


def test_staff_of_an_organisation_elsewhere_are_not_managed_here(session: Session) -> None:
    elsewhere = parties.organisation(session, registered_place=parties.OTHER_STREET)
    someone = parties.person(session, Role.ORGANISATION_STAFF, organisation=elsewhere)
    act = parties.act_as(session, Role.ADMINISTRATOR, unit=parties.STREET)
    assert people.person(session, someone.id, act) is None
    assert someone not in [row.person for row in people.list_people(session, act, Wanted()).rows]
    assert elsewhere not in people.organisations_named(session, act)
    with pytest.raises(NotAllowed):
        accounts.set_password(session, someone, act, password=parties.PASSWORD)
    helper = parties.person(session, None)
    with pytest.raises(NotAllowed):
        accounts.give_role(session, helper, act, role=Role.ORGANISATION_STAFF, organisation=elsewhere)


def test_staff_of_an_organisation_here_are(session: Session) -> None:
    here = parties.organisation(session)
    someone = parties.person(session, Role.ORGANISATION_STAFF, organisation=here)
    act = parties.act_as(session, Role.ADMINISTRATOR)
    assert people.person(session, someone.id, act) is someone
    assert someone in [row.person for row in people.list_people(session, act, Wanted()).rows]
