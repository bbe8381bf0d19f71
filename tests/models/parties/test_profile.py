"""What an organisation says of itself."""

from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.parties import profile
from models.parties.organisation import Certificate, Organisation
from tests.factories import parties
from tests.factories.parties import act_as


@pytest.fixture
def ours(session: Session) -> Organisation:
    return parties.organisation(session)


@pytest.fixture
def staff(session: Session, ours: Organisation) -> Act:
    return act_as(session, Role.ORGANISATION_STAFF, organisation=ours)


def test_own_staff_write_the_profile(session: Session, ours: Organisation, staff: Act) -> None:
    before = ours.revision
    profile.edit_profile(
        session,
        ours,
        staff,
        description="做助餐十年。",
        name_en="Happy Elders",
        website="https://leling.example",
    )
    assert (ours.name_en, ours.website) == ("Happy Elders", "https://leling.example")
    assert ours.revision == before + 1
    with pytest.raises(Conflict, match="stale"):
        profile.edit_profile(session, ours, staff, description="旧的一页", revision=before)


def test_another_organisations_staff_write_nothing(session: Session, ours: Organisation) -> None:
    others = parties.organisation(session, name="另一家")
    stranger = act_as(session, Role.ORGANISATION_STAFF, organisation=others)
    with pytest.raises(NotAllowed):
        profile.edit_profile(session, ours, stranger, description="冒名")
    with pytest.raises(NotAllowed):
        profile.add_staff(session, ours, stranger, name="冒名")


def test_staff_come_with_certificates_and_go(session: Session, ours: Organisation, staff: Act) -> None:
    key = uuid4()
    for _click in range(2):
        profile.add_staff(
            session, ours, staff, name="李文", title="督导", certificate=Certificate.SENIOR, id=key
        )
    assert [(each.name, each.certificate) for each in ours.staff] == [("李文", Certificate.SENIOR)]
    profile.remove_staff(session, ours, staff, staff_id=key)
    with pytest.raises(NotFound):
        profile.remove_staff(session, ours, staff, staff_id=key)


def test_residents_on_the_board_are_marked(session: Session, ours: Organisation, staff: Act) -> None:
    key = uuid4()
    for _click in range(2):
        profile.add_board_member(session, ours, staff, name="陈阿姨", is_resident=True, id=key)
    assert [each.is_resident for each in ours.board] == [True]
    profile.remove_board_member(session, ours, staff, member_id=key)
    assert ours.board == []


def test_somebody_without_a_name_is_refused(session: Session, ours: Organisation, staff: Act) -> None:
    with pytest.raises(Invalid, match="name_missing"):
        profile.add_staff(session, ours, staff, name="  ")
    with pytest.raises(Invalid, match="words_too_long"):
        profile.add_board_member(session, ours, staff, name="名" * 201)
