import re
from pathlib import Path

from generator.blanks.word_tags import open_word_tags
from generator.filters import FILTERS
from generator.mapping.author_page import author_page
from generator.mapping.names import known_names
from tests.making import word, word_text

PAGE = Path(__file__).resolve().parents[2] / "docs" / "template-authors.md"


def test_the_page_for_authors_is_current():
    assert PAGE.read_text(encoding="utf-8") == author_page(), "run: python scripts/template_authors.py"


def test_the_page_says_every_name_that_prints_and_every_filter():
    page = author_page()
    written = set(re.findall(r"^\| `([^`]+)`", page, re.MULTILINE))
    sections = {
        name for name in known_names() if any(one.startswith((f"{name}.", f"{name}[]")) for one in known_names())
    }
    assert known_names() - sections <= written
    assert {one.name for one in FILTERS} <= written


def test_every_filter_works_in_a_template_with_any_value():
    for one in FILTERS:
        tag = one.example.replace("{{ ", "{{ (").replace(" | ", ") | ", 1)
        name = re.search(r"\(([\w.]+)\)", tag)
        assert name, one.name
        for value in (
            "2026-11-03",
            "",
            None,
            True,
            5,
            ["a", "b"],
            [{"name": "x", "phone": "1", "date": "2026-11-03", "value": "3"}],
        ):
            inside = tag.replace(f"({name[1]})", "v").replace("m.max", "9")
            open_word_tags(word(f"[{inside}]")).render({"v": value})


def test_the_filters_authors_ask_for_print_what_their_page_says():
    context = {
        "d": "2026-11-03",
        "p": "5185550110",
        "s": "123-45-4321",
        "l": ["a", "b"],
        "yes": True,
        "no": False,
        "n": 1,
        "blank": "",
    }
    for tag, printed in (
        ("d | date", "11/03/2026"), ('d | date("m/d/yy")', "11/3/26"), ("d | date_long", "November 3, 2026"), ('d | date_long("es")', "3 de noviembre de 2026"),
        ("p | phone", "(518) 555-0110"), ("s | ssn_masked", "XXX-XX-4321"), ("yes | check", "☒"), ("no | check", "☐"), ("l | bullets", "• a\n• b"),
        ("l | commas", "a, b"), ("blank | none", "None reported"), ('n | plural("week")', "week"), ('l | plural("week")', "weeks"), ("no | yesno", "No"),
    ):  # fmt: skip
        assert word_text(open_word_tags(word(f"{{{{ {tag} }}}}")).render(context)) == printed
