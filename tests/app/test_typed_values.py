"""What people type for dates and for the Social Security number: read where it can be, else kept and told."""

import pytest
from streamlit.testing.v1 import AppTest

from generator.plan import Plan
from tests.app.test_places import opened


def typed(place: str, text: str) -> AppTest:
    page = opened(Plan(), place=place)
    box = next(one for one in page.text_input if (one.key or "").startswith(f"w:{place}~"))
    return box.set_value(text).run()


@pytest.mark.parametrize("text", ["3/2/1958", "03021958", "03/02/1958", "1958-03-02", " 3-2-1958 "])
def test_a_birth_date_is_read_as_people_type_it(text):
    page = typed("patient.dob", text)
    assert page.session_state["draft"].plan.patient.dob.isoformat() == "1958-03-02"


@pytest.mark.parametrize("text", ["02/30/1958", "3/2/58", "13/1/1958", "1958"])
def test_what_is_no_date_is_kept_as_typed_and_told(text):
    page = typed("patient.dob", text)
    assert page.session_state["draft"].plan.patient.dob is None
    assert any("not a date on the calendar" in one.value for one in page.error)
    assert any(one.value == text for one in page.text_input)


@pytest.mark.parametrize("text", ["536-90-4399", "536904399", "536 90 4399", "000-12-3456", "666-12-3456", "12345678"])
def test_a_whole_social_security_number_is_kept_and_said_to_be_too_much_or_impossible(text):
    page = typed("patient.ssn", text)
    draft = page.session_state["draft"]
    assert (draft.plan.patient.ssn or draft.plan.patient.unread.get("ssn")) is not None
    told = [one for one in draft.findings if one.where == "patient.ssn"]
    assert told
    assert not any(text in one.message + one.mend for one in told)
