"""A message leads to a page that is there."""

import pytest
from flask import Flask

from web.inbox.links import LISTS, PAGES
from web.labels import message


@pytest.mark.parametrize("subject", [*PAGES, *LISTS])
def test_every_subject_has_its_page(portal: Flask, subject: str) -> None:
    endpoint = LISTS.get(subject) or PAGES[subject][0]
    assert endpoint in portal.view_functions
    (rule, *_more) = portal.url_map.iter_rules(endpoint)
    assert rule.arguments == ({PAGES[subject][1]} if subject in PAGES else set())


def test_a_deadline_in_a_message_is_read_as_pages_write_it(portal: Flask) -> None:
    facts = {"title": "助餐", "reference": "CG-2026-0001", "until": "2026-11-30 10:00"}
    with portal.test_request_context():
        assert "2026年11月30日 10:00 截止投标" in message("tender_new", facts)
