"""What a process remembers of sentences it judged: yes or no, and nothing of the sentence."""

import gc

import pytest

from generator.exchange.plan_file import read_plan
from generator.rules import Context, check
from generator.rules.judged import JudgedBefore
from generator.rules.text.measurable import explain, is_measurable
from tests.rules.test_measurable import EXAMPLES

SENTENCE = "Zephyrine will attend 3 of 4 groups each week"


def test_a_judgement_is_made_once_for_a_sentence_and_says_the_same():
    plan, judged = read_plan(EXAMPLES[0]), JudgedBefore()
    once = check(plan, Context(judged=judged))
    assert len(judged) > 0
    assert check(plan, Context(judged=judged)) == once == check(plan, Context())


def test_no_text_stands_in_what_is_remembered():
    judged = JudgedBefore()
    judged[is_measurable, SENTENCE] = True
    assert judged[is_measurable, SENTENCE] is True
    held = gc.get_referents(judged, *gc.get_referents(judged))
    assert any(name in repr(held) for name in map(repr, judged))  # it is looked where the names are
    assert "Zephyrine" not in repr(held)


def test_two_processes_name_a_sentence_differently_and_two_judgements_too():
    one, other = JudgedBefore(), JudgedBefore()
    one[is_measurable, SENTENCE] = other[is_measurable, SENTENCE] = True
    assert set(one) != set(other)
    with pytest.raises(KeyError):
        one[explain, SENTENCE]


def test_reasons_which_hold_words_are_not_kept():
    judged = JudgedBefore()
    judged[explain, SENTENCE] = explain(SENTENCE)
    assert len(judged) == 0
