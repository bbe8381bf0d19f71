"""The unified social credit code, as people type it."""

import pytest

from models.errors import Invalid
from models.parties.credit_code import checked
from models.parties.organisation import OrganisationType
from tests.factories.parties import CREDIT_CODES, credit_code

ASSOCIATION, SERVICE, FOUNDATION = OrganisationType


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_a_right_code_stays_as_it_is(code: str) -> None:
    assert checked(code, SERVICE) == code


@pytest.mark.parametrize(
    "typed",
    [
        "52310101mj4900013e",
        "５２３１０１０１ＭＪ４９０００１３Ｅ",
        " 52 3101 01MJ4900013E ",
        "52310101-MJ4900013-E",
    ],
)
def test_small_letters_full_width_and_blanks_are_read(typed: str) -> None:
    assert checked(typed, SERVICE) == "52310101MJ4900013E"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("52310101MJ4900013F", "credit_code_check_digit"),
        ("52310101MJ4900031E", "credit_code_check_digit"),
        ("52310101MJ490001", "credit_code_length"),
        ("", "credit_code_length"),
        ("52310101MJ4900013E0", "credit_code_length"),
        ("52310101MI4900013E", "credit_code_sign"),
        ("52310101MJ49000𠮷3E", "credit_code_sign"),
        ("91350100M000100Y43", "credit_code_type"),
    ],
)
def test_a_wrong_code_is_refused_by_what_is_wrong_with_it(typed: str, error: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(typed, SERVICE)
    assert refused.value.code == error
    assert refused.value.field == "credit_code"


@pytest.mark.parametrize("kind", OrganisationType)
def test_the_prefix_must_agree_with_the_legal_form(kind: OrganisationType) -> None:
    code = credit_code(7, kind)
    assert checked(code, kind) == code
    for other in set(OrganisationType) - {kind}:
        with pytest.raises(Invalid, match="credit_code_type"):
            checked(code, other)
