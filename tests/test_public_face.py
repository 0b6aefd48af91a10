import doctest
from pathlib import Path

import generator
from generator import make_pdf


def test_the_public_face_is_what_all_says():
    assert sorted(generator.__all__) == generator.__all__
    for name in generator.__all__:
        found = getattr(generator, name)
        assert found.__doc__, name
    assert set(generator._HOMES) == set(generator.__all__)


def test_a_name_that_is_not_there_is_told():
    try:
        generator.nothing  # noqa: B018
    except AttributeError as error:
        assert "nothing" in str(error)
    else:
        raise AssertionError("a name that does not exist was given")


def test_the_examples_on_the_public_face_are_true():
    assert doctest.testmod(generator).failed == 0
    assert doctest.testmod(make_pdf, optionflags=doctest.IGNORE_EXCEPTION_DETAIL).failed == 0


def test_the_examples_of_the_page_for_programs_are_true():
    page = Path(__file__).parents[1] / "docs" / "api.md"
    result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8")
    assert result.failed == 0
    assert result.attempted > 15


def test_the_five_functions_of_the_page_stand_on_the_public_face():
    page = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
    headings = [line[4:].split("(")[0] for line in page.splitlines() if line.startswith("## `")]
    assert [one for one in headings if one] == ["read_plan", "check", "make_document", "make_packet", "next_review"]
    assert set(headings) <= set(generator.__all__)
