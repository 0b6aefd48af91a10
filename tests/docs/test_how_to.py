"""What the how-to pages tell people to type exists: every command, every option, every form, every link."""

import re
import shlex
from pathlib import Path

import click
import pytest

from generator import library
from generator.cli import planscribe

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [*sorted((DOCS / "how-to").glob("*.md")), DOCS / "packets.md", DOCS / "api.md"]
TYPED = re.compile(r"`(planscribe [^`\n]+)`|^ *(planscribe [^#\n]+?)(?: {3,}.*)?$", re.MULTILINE)


def commands(page: Path) -> list[str]:
    return [one or other for one, other in TYPED.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_the_page_is_one_with_the_options_it_shows(page):
    found = commands(page)
    assert found
    for text in found:
        words = shlex.split(text)[1:]
        here: click.Command = planscribe
        while isinstance(here, click.Group) and words and words[0] in here.commands:
            here = here.commands[words.pop(0)]
        assert here is not planscribe, text
        known = {option for parameter in here.params for option in parameter.opts} | {"--help"}
        assert {word for word in words if re.fullmatch(r"--?[a-z][a-z-]*", word)} <= known, text


def test_the_forms_that_the_pages_fill_are_in_the_library():
    ids = {form.id for form in library.forms()}
    told = {
        word for page in PAGES for text in commands(page) for word in text.split() if re.fullmatch(r"[a-z].*-pdf", word)
    }
    assert told
    assert told <= ids


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_the_page_leads_to_a_page(page):
    for target in re.findall(r"\]\(([^)#]+\.md)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).is_file(), target
