"""Numbers that identify people, agencies and services: right ones pass, one wrong digit does not; stdnum agrees."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.us import ein as stdnum_ein
from stdnum.us import ssn as stdnum_ssn

from generator.plan.types import ein, npi, phone, procedure_code, ssn, zip_code

DIGITS = st.text("0123456789", min_size=9, max_size=10)


@settings(max_examples=300)
@given(DIGITS)
def test_a_social_security_number_is_possible_where_stdnum_says_so(number):
    assert ssn.is_possible(number) == (len(number) == 9 and stdnum_ssn.is_valid(number))


@settings(max_examples=300)
@given(st.text("0123456789", min_size=9, max_size=9))
def test_a_provider_number_is_valid_where_stdnums_check_digit_says_so(start):
    digit = luhn.calc_check_digit(f"80840{start}")
    assert npi.is_valid(start + digit)
    assert not any(npi.is_valid(start + other) for other in "0123456789" if other != digit)


@settings(max_examples=200)
@given(st.text("0123456789", min_size=9, max_size=9))
def test_every_employer_number_that_stdnum_accepts_has_our_shape(number):
    if stdnum_ein.is_valid(number):
        assert ein.is_valid(number)
        assert ein.is_valid(f"{number[:2]}-{number[2:]}")


@pytest.mark.parametrize("text", ["1234567890", "123456789", "12345678930", "12345 67893", "١٢٣٤٥٦٧٨٩٣", ""])
def test_a_provider_number_with_a_typing_error_is_not_valid(text):
    assert not npi.is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "078-05-1120",
        "219-09-9999",
        "457-55-5462",
        "000-12-3456",
        "666-12-3456",
        "900-12-3456",
        "123-00-4567",
        "123-45-0000",
    ],
)
def test_a_number_that_is_never_given_out_is_not_possible(text):
    assert not ssn.is_possible(text)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("12207", True),
        ("12207-1234", True),
        ("1220", False),
        ("12207-12", False),
        ("122071234", False),
        ("A2207", False),
    ],
)
def test_a_zip_code_is_five_digits_or_five_and_four(text, good):
    assert zip_code.is_valid(text) is good


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("(518) 555-0140", True),
        ("+1 518.555.0140 x12", True),
        ("518-555-014", False),
        ("118-555-0140", False),
        ("518-155-0140", False),
        ("call me", False),
    ],
)
def test_a_telephone_number_follows_the_north_american_plan(text, good):
    assert phone.is_valid(text) is good


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("90834", "CPT"),
        ("90834-95", "CPT"),
        ("0591T", "CPT"),
        ("H0004", "HCPCS"),
        ("h0004-hf-gt", "HCPCS"),
        ("T1017-U1-U2-U3-U4", "HCPCS"),
        ("T1017-U1-U2-U3-U4-U5", None),
        ("W0004", None),
        ("9083", None),
        ("psychotherapy", None),
        ("٩٠٨٣٤", None),
    ],
)
def test_a_service_code_is_known_by_its_shape_alone(text, system):
    assert procedure_code.system_of(text) == system
