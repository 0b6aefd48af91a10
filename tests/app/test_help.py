"""Help beside fields: in both languages, for fields that exist."""

import yaml

from generator.app.words import help_of, plain, say, short
from generator.plan.catalog import by_path, fields
from tests.app.test_places import SCRIPT

HELP = yaml.safe_load((SCRIPT.parent / "generator/data/app/help.yaml").read_text(encoding="utf-8"))
WORDS = {
    name: yaml.safe_load((SCRIPT.parent / f"generator/data/app/{name}").read_text(encoding="utf-8"))
    for name in ("words.yaml", "words_plan.yaml")
}


def test_every_help_is_of_a_field_and_speaks_both_languages():
    assert set(HELP) <= set(by_path())
    for path, said in HELP.items():
        assert set(said) == {"en", "es"} and said["en"] != said["es"], path
        assert all(20 < len(text) < 160 for text in said.values()), path
    assert sum(help_of(field, "es") is not None for field in fields()) >= 40


def test_no_word_stands_in_two_catalogues_and_each_has_both_languages():
    assert not set(WORDS["words.yaml"]) & set(WORDS["words_plan.yaml"])
    for key, said in WORDS["words_plan.yaml"].items():
        assert set(said) == {"en", "es"}, key
    assert say("problem_of", "es", n=1, all=3) == "Problema 1 de 3"


def test_a_persons_words_in_a_label_are_not_read_as_markdown():
    assert plain("*a* [b](c) :smile: $x$") == r"\*a\* \[b\]\(c\) \:smile\: \$x\$"
    assert short("one two three four", 9) == "one two…"
