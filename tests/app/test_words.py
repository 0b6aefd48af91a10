"""Every text that the page asks for is there in both languages, and asks for the same values in both."""

import re
from pathlib import Path
from string import Formatter

import yaml

from generator.app.parts.named import in_words

APP = Path(__file__).parents[2] / "generator" / "app"
FILES = sorted((APP.parent / "data" / "app").glob("words*.yaml"))


def catalogue() -> dict[str, dict[str, str]]:
    return {key: texts for file in FILES for key, texts in yaml.safe_load(file.read_text(encoding="utf-8")).items()}


def test_a_key_stands_once_and_is_a_text():
    every = [key for file in FILES for key in yaml.safe_load(file.read_text(encoding="utf-8"))]
    assert len(every) == len(set(every))
    assert all(isinstance(key, str) for key in every)


def test_every_text_that_a_screen_names_is_in_the_catalogue():
    asked = {key for file in APP.rglob("*.py") for key in re.findall(r'\bsay\(\s*"([^"{]+)"', file.read_text())}
    assert len(asked) > 100
    assert asked - set(catalogue()) == set()


def test_both_languages_take_the_same_values():
    for key, texts in catalogue().items():
        assert set(texts) == {"en", "es"}, key
        if texts["en"] and texts["es"]:
            taken = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values()]
            assert taken[0] == taken[1], key


def test_a_sentence_of_the_core_says_places_in_words():
    said = in_words("The same text stands at problems[0].goals[1].statement. See patient.dob, e.g. x.y", "en")
    assert said == "The same text stands at Problems 1, Goals 2: Goal. See Patient: Date of birth, e.g. x.y"
