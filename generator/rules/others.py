"""The agency's other plans, as far as rules ask: names that must not stray, and statements that must not be copied."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.plan import Plan
from generator.plan.told import told
from generator.rules.text.likeness import normalised
from generator.rules.texts import Text, name_words, texts_of


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """Another patient's plan: the words of the patient's name, and its goals and objectives, names taken out."""

    names: frozenset[str]
    statements: tuple[str, ...]


def other_plans(plan: Plan, saved: Iterable[Plan]) -> tuple[OtherPlan, ...]:
    """Those of `saved` that are about another person. An earlier plan of the same person may say the same again."""
    return tuple(_other(one) for one in saved if not _is_same_person(plan, one))


def _other(plan: Plan) -> OtherPlan:
    name = plan.patient.name
    names = {word for part in (name.first, name.middle, name.last, name.preferred) for word in (part or "").split()}
    own = names_in(text for text in texts_of(told(plan)) if text.is_person)
    return OtherPlan(
        frozenset(names),
        tuple(without_names(text, own) for text in statements(plan) if text and text.strip()),
    )


def _is_same_person(plan: Plan, other: Plan) -> bool:
    one, two = plan.patient, other.patient
    number, number_2 = (one.record_number or "").strip().lower(), (two.record_number or "").strip().lower()
    if number and number_2:
        return number == number_2 and (not one.dob or not two.dob or one.dob == two.dob)
    name, name_2 = (tuple(name_words(f"{person.name.first or ''} {person.name.last or ''}")) for person in (one, two))
    return name == name_2 and one.dob == two.dob


def statements(plan: Plan) -> list[str | None]:
    """Every goal's and objective's statement."""
    return [
        statement
        for problem in plan.problems
        for goal in problem.goals
        for statement in (goal.statement, *(objective.statement for objective in goal.objectives))
    ]


def names_in(texts: Iterable[Text]) -> frozenset[str]:
    """Every word of every name that stands in a name field of a plan, lower case."""
    return frozenset(word for text in texts if text.is_name for word in name_words(text.value))


def without_names(text: str, names: Iterable[str]) -> str:
    """The normalised text without these name words."""
    out = {part for name in names for part in normalised(name).split() if len(part) > 1}
    return " ".join(word for word in normalised(text).split() if word not in out)


def whole_word(names: Iterable[str]) -> re.Pattern[str]:
    """Any of these names as a whole word, written as it is."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(names))})(?!\w)")
