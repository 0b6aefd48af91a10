"""A word is saved by its own place: what is kept is the plan to the letter all the same."""

import random

from generator.app.session import Draft
from generator.plan import Plan
from generator.plan.walk import parts
from generator.store.patch import equal
from tests.rules.plans import data_of, example

_WORDS = ("", "Núñez", "3/2/1958", "no number", "4", None, "one\ntwo", " ")


def test_after_any_fields_were_typed_the_vault_holds_the_plan_as_it_is():
    for seed in range(6):
        dice = random.Random(seed)
        draft = Draft()
        draft.open(Plan.model_validate(data_of(example(1 + seed % 3))))
        for _ in range(40):
            path, part = dice.choice(list(parts(draft.plan)))
            if not path:
                continue
            names = [name for name, info in type(part).model_fields.items() if info.default_factory is None]
            if not names:
                continue
            name = dice.choice(names)
            draft.put(f"{path}.{type(part).model_fields[name].alias or name}", dice.choice(_WORDS))
            if dice.random() < 0.1:
                draft.duplicate("problems", 0)
        assert draft.kept is not None and draft.kept.trouble is None
        found = draft.memory().drafts.load(draft.kept.id)
        assert equal(Plan.model_validate(found.data).as_data(), draft.plan.as_data()), seed


def test_a_word_that_waited_for_a_locked_vault_is_saved_with_the_next():
    draft = Draft()
    draft.open(Plan.model_validate(data_of(example(1))))
    opened, draft.kept.vault = draft.kept.vault, lambda: None
    draft.put("patient.name.first", "Ana")
    assert draft.kept.trouble is not None
    draft.kept.vault = opened
    draft.put("problems[0].title", "Sleep")
    found = Plan.model_validate(draft.memory().drafts.load(draft.kept.id).data)
    assert (found.patient.name.first, found.problems[0].title) == ("Ana", "Sleep")


def test_the_list_of_drafts_says_what_is_open_after_the_page_was_drawn():
    draft = Draft()
    draft.open(Plan())
    assert dict(draft.memory().drafts.cards()[0].noted) == {}
    draft.note_it()
    before = draft.memory().drafts.cards()[0]
    assert before.noted["open"] == len(draft.findings) > 0
    draft.put("patient.name", {"first": "Ana", "last": "Ruiz"})
    draft.note_it()
    after = draft.memory().drafts.cards()[0]
    assert after.noted["open"] == len(draft.findings) < before.noted["open"]
    assert after.revision == before.revision + 1
