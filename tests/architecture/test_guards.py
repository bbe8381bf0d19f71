"""Every view says who may enter, in one of three ways."""

import pytest
from flask import Flask

from models.access.permissions import Permission
from models.access.policy import POLICY
from tests.page import PageClient
from web.guards import OPEN_ENDPOINTS, refuse_unguarded


def test_every_view_declares_its_guard(portal: Flask) -> None:
    unguarded = [
        name
        for name, view in portal.view_functions.items()
        if name not in OPEN_ENDPOINTS and not hasattr(view, "guard")
    ]
    assert unguarded == []


def test_every_guard_is_one_we_know(portal: Flask) -> None:
    guards = {getattr(view, "guard", "public") for view in portal.view_functions.values()}
    assert guards <= {"public", "signed_in", *Permission}


def test_a_view_without_a_guard_is_refused_at_run_time(
    portal: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(portal.view_functions, "main.landing", lambda: "open")
    with portal.test_request_context("/"), pytest.raises(RuntimeError, match=r"main\.landing has no guard"):
        refuse_unguarded()


def test_every_permission_has_a_rule_and_every_rule_a_permission() -> None:
    assert set(POLICY) == set(Permission)


def test_permissions_are_in_alphabetical_order() -> None:
    values = [permission.value for permission in Permission]
    assert values == sorted(values)


def test_addresses_use_typed_ids_and_small_letters(portal: Flask) -> None:
    for rule in portal.url_map.iter_rules():
        if rule.endpoint in OPEN_ENDPOINTS:
            continue
        assert rule.rule == rule.rule.lower().replace(" ", "-"), rule.rule
        for argument in rule.arguments:
            if argument.endswith("_id"):
                assert f"<uuid:{argument}>" in rule.rule, rule.rule


def test_a_visitor_is_asked_to_sign_in_and_comes_back(visitor: PageClient) -> None:
    answer = visitor.client.get("/home")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/home"
