"""A message leads to a page that is there."""

import pytest
from flask import Flask

from web.inbox.links import LISTS, PAGES


@pytest.mark.parametrize("subject", [*PAGES, *LISTS])
def test_every_subject_has_its_page(portal: Flask, subject: str) -> None:
    endpoint = LISTS.get(subject) or PAGES[subject][0]
    assert endpoint in portal.view_functions
    (rule, *_more) = portal.url_map.iter_rules(endpoint)
    assert rule.arguments == ({PAGES[subject][1]} if subject in PAGES else set())
