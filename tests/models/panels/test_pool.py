"""The pool: who may be in it, what they know, and how long a tie counts."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.errors import Conflict, Invalid, NotAllowed
from models.panels import pool_queries, pooling
from models.panels.eligibility import tie_counts
from models.panels.pool import Expert, ExpertTie, TieKind
from models.panels.pool_queries import Wanted
from models.parties.unit import AdministrativeUnit
from tests.factories import panels, parties


def expert(session: Session, **values: object) -> Expert:
    """Somebody in the district's pool."""
    (person,) = panels.experts(session, 1, **values)  # type: ignore[arg-type]  # passed on as it is
    return session.get_one(Expert, person.id)


def test_who_is_in_the_pool_holds_the_role_of_a_panel_member(session: Session) -> None:
    registrar = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    area = session.get_one(AdministrativeUnit, parties.DISTRICT)
    worker = parties.person(session, unit=parties.NEIGHBOURHOOD)
    with pytest.raises(Invalid) as refused:
        pooling.add(session, area, registrar, person_id=worker.id)
    assert refused.value.code == "expert_without_role"


def test_a_pool_is_kept_by_the_registrars_of_its_area(session: Session) -> None:
    found = expert(session)
    for role in (Role.STREET_OFFICIAL, Role.AUDITOR, Role.PANEL_MEMBER):
        act = parties.act_as(session, role)
        with pytest.raises(NotAllowed):
            pooling.leave(session, found, act)
        assert pool_queries.experts(session, act, Wanted()).rows == []
        assert pool_queries.expert(session, found.person_id, act) is None


def test_an_expert_leaves_and_comes_back(session: Session) -> None:
    registrar = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    found = expert(session, terms=["EL-01", "EL"])
    with pytest.raises(Conflict) as refused:
        pooling.add(session, found.person.memberships[0].unit, registrar, person_id=found.person_id)
    assert refused.value.code == "expert_in_pool"
    pooling.leave(session, found, registrar)
    assert pool_queries.experts(session, registrar, Wanted()).total == 0
    assert pool_queries.experts(session, registrar, Wanted(has_left=True)).rows == [found]
    assert found.person in pool_queries.candidates(session, registrar)
    with pytest.raises(Conflict):
        pooling.leave(session, found, registrar)
    area = session.get_one(AdministrativeUnit, parties.DISTRICT)
    pooling.add(session, area, registrar, person_id=found.person_id, title="教授", terms=["DI"])
    session.flush()
    assert [term.term_code for term in found.terms] == ["DI"]
    assert pool_queries.experts(session, registrar, Wanted(words="教授")).rows == [found]
    assert pool_queries.experts(session, registrar, Wanted(words="护士")).rows == []


def test_only_services_and_domains_are_known_terms(session: Session) -> None:
    found = expert(session)
    registrar = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    for code in ("B02", "XX-99"):
        with pytest.raises(Invalid) as refused:
            pooling.describe(session, found, registrar, employer="", title="", terms=[code])
        assert refused.value.code == "expert_term_unknown"


def test_r53_a_tie_counts_for_three_years_after_its_last_day(session: Session) -> None:
    tie = ExpertTie(kind=TieKind.EMPLOYMENT, ended_on=date(2023, 11, 20))
    assert tie_counts(tie, date(2026, 11, 20))
    assert not tie_counts(tie, date(2026, 11, 21))
    assert tie_counts(ExpertTie(kind=TieKind.BOARD, ended_on=None), date(2036, 1, 1))
    assert tie_counts(ExpertTie(kind=TieKind.KINSHIP, ended_on=date(2010, 1, 1)), date(2026, 11, 20))
    leap = ExpertTie(kind=TieKind.CONTROL, ended_on=date(2025, 2, 28))
    assert tie_counts(leap, date(2028, 2, 29))
    assert not tie_counts(leap, date(2028, 3, 1))


def test_a_tie_has_an_order_of_dates_and_ends_once(session: Session) -> None:
    found = expert(session)
    registrar = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    key = parties.organisation(session).id
    with pytest.raises(Invalid) as refused:
        pooling.tie(
            session, found, registrar, organisation_id=key, kind=TieKind.BOARD,
            began_on=date(2026, 2, 1), ended_on=date(2026, 1, 31),
        )  # fmt: skip
    assert refused.value.code == "tie_ends_before_it_began"
    tie = pooling.tie(
        session, found, registrar, organisation_id=key, kind=TieKind.BOARD, began_on=date(2026, 2, 1)
    )
    with pytest.raises(Invalid) as refused:
        pooling.end_tie(session, tie, registrar, on=date(2026, 11, 21))
    assert refused.value.code == "tie_ends_in_future"
    pooling.end_tie(session, tie, registrar, on=date(2026, 11, 20))
    with pytest.raises(Conflict):
        pooling.end_tie(session, tie, registrar, on=date(2026, 11, 20))
