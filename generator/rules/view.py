"""A plan as the rules see it: formal or not, a minor or not, what is live and active, each with its path.

The words are those of "How rules.tsv is read": live objective, active intervention, active problem. An empty bullet of
a list, or a text where an entry should stand, is no entry; the notes of the check name it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar, cast

from generator.plan import Plan
from generator.plan.base import Part, is_blank
from generator.plan.goals import Goal, Intervention, Objective, Problem
from generator.plan.people import StaffMember
from generator.plan.told import Told, told
from generator.rules.context import Context, FormSeen
from generator.rules.known_codes import KnownCodes
from generator.rules.others import names_in
from generator.rules.profiles import Profile, profile_of
from generator.rules.text.likeness import normalised
from generator.rules.texts import Text, name_words, texts_of

T = TypeVar("T", covariant=True)
P = TypeVar("P", bound=Part)
R = TypeVar("R")


@dataclass(frozen=True)
class Placed(Generic[T]):
    """An entry of the plan, its path, and the goal it stands under."""

    path: str
    it: T
    goal: Goal | None = None


@dataclass(frozen=True)
class View:
    """One plan on one day."""

    plan: Plan
    context: Context = field(default_factory=Context)

    @property
    def as_of(self) -> date:
        """The day the check is made for; never the clock."""
        return self.context.as_of

    @property
    def form(self) -> FormSeen | None:
        """The chosen form. That it was asked for is noted: a rule that asks may find other things for another form."""
        self.__dict__["is_form_asked"] = True
        return self.context.form

    def of_form(self, form: FormSeen | None) -> "View":
        """The same plan with another form; what was worked out of the plan alone is kept."""
        other = View(self.plan, replace(self.context, form=form))
        other.__dict__.update({key: value for key, value in self.__dict__.items() if key not in other.__dict__})
        return other

    @cached_property
    def profile(self) -> Profile:
        """The programme's profile."""
        return profile_of(self.plan.plan.program, self.context.profiles)

    @cached_property
    def is_formal(self) -> bool:
        """Every plan whose type is not informal, blank ones too."""
        return self.plan.plan.type != "informal"

    @cached_property
    def is_english(self) -> bool:
        """Whether the plan says that its language is English."""
        return subtag(self.plan.plan.language) == "en"

    @cached_property
    def dob(self) -> date | None:
        """The birth date where it can be right; else it counts as missing for every other rule."""
        born = self.plan.patient.dob
        return born if born is not None and born <= self.as_of and age_on(born, self.as_of) <= 120 else None

    @cached_property
    def is_minor(self) -> bool:
        """Under 18 (or the agency's own age) on the plan's date, on as_of without one."""
        day = self.plan.plan.plan_date or self.as_of
        return self.dob is not None and age_on(self.dob, day) < self.context.adult_age

    def judge(self, judgement: Callable[[str], R], sentence: str) -> R:
        """What is to be said of a sentence, found out once where the caller keeps what was found."""
        known = self.context.judged
        if known is None:
            return judgement(sentence)
        key = (judgement, sentence)
        try:
            return cast("R", known[key])
        except KeyError:
            known[key] = found = judgement(sentence)
        return found

    @cached_property
    def told(self) -> Sequence[Told]:
        """Every value of the plan, with its place."""
        return told(self.plan)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text of the plan except ids and keys, with its path."""
        return tuple(texts_of(self.told))

    @cached_property
    def _small_texts(self) -> tuple[str, ...]:
        return tuple(text.value.lower() for text in self.texts)

    @cached_property
    def _all_text(self) -> str:
        return "\x00".join(self._small_texts)

    @cached_property
    def _bare(self) -> dict[str, str]:
        return {}

    def bare(self, text: str | None) -> str:
        """The normalised text, found out once for each text of this plan; "" where there is none."""
        if not text:
            return ""
        known = self._bare.get(text)
        if known is None:
            known = self._bare[text] = normalised(text)
        return known

    def texts_with(self, pattern: re.Pattern[str], *needed: str) -> Iterator[tuple[Text, re.Match[str]]]:
        """The texts in which a pattern is found.

        One of the `needed` words, in small letters, is in whatever the pattern finds; most plans have none of them, and
        then nothing more is looked for.
        """
        if not any(word in self._all_text for word in needed):
            return
        for text, small in zip(self.texts, self._small_texts, strict=True):
            if any(map(small.__contains__, needed)) and (match := pattern.search(text.value)) is not None:
                yield text, match

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word of every name that stands in a name field of the plan, lower case."""
        return names_in(self.texts)

    @cached_property
    def codes(self) -> KnownCodes:
        """The ICD-10-CM codes of this plan, each looked up once."""
        return KnownCodes()

    @cached_property
    def staff(self) -> Mapping[str, StaffMember]:
        """The staff by id."""
        return {one.it.id.strip(): one.it for one in entries("staff", self.plan.staff) if one.it.id}

    @cached_property
    def staff_words(self) -> frozenset[str]:
        """The words of the staff's names, lower case."""
        return frozenset(word for one in self.staff.values() for word in name_words(one.name or ""))

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The words of the patient's own name, lower case."""
        name = self.plan.patient.name
        return frozenset(
            word for part in (name.first, name.middle, name.last, name.preferred) for word in name_words(part or "")
        )

    @cached_property
    def active_problems(self) -> tuple[Placed[Problem], ...]:
        """Problems whose status is active or blank."""
        return tuple(one for one in entries("problems", self.plan.problems) if one.it.status in (None, "active"))

    @cached_property
    def all_goals(self) -> tuple[Placed[Goal], ...]:
        """Every goal of the plan, whatever its status."""
        return tuple(
            goal
            for problem in entries("problems", self.plan.problems)
            for goal in entries(f"{problem.path}.goals", problem.it.goals)
        )

    @cached_property
    def all_objectives(self) -> tuple[Placed[Objective], ...]:
        """Every objective of the plan, whatever its status."""
        return tuple(
            objective
            for goal in self.all_goals
            for objective in entries(f"{goal.path}.objectives", goal.it.objectives, goal.it)
        )

    @cached_property
    def active_goals(self) -> tuple[Placed[Goal], ...]:
        """The goals of active problems."""
        return tuple(
            goal for problem in self.active_problems for goal in entries(f"{problem.path}.goals", problem.it.goals)
        )

    @cached_property
    def live_objectives(self) -> tuple[Placed[Objective], ...]:
        """Objectives that are not dropped, nor their goal, nor is their problem closed."""
        return tuple(
            objective
            for goal in self.active_goals
            if goal.it.status != "dropped"
            for objective in entries(f"{goal.path}.objectives", goal.it.objectives, goal.it)
            if objective.it.status != "dropped"
        )

    @cached_property
    def active_interventions(self) -> tuple[Placed[Intervention], ...]:
        """The active interventions of live objectives."""
        return tuple(placed for objective in self.live_objectives for placed in self.interventions_of(objective))

    def interventions_of(self, objective: Placed[Objective]) -> tuple[Placed[Intervention], ...]:
        """The active interventions of one objective (status active or blank)."""
        found = self._interventions.get(objective.path)
        if found is None:
            found = self._interventions[objective.path] = tuple(
                one
                for one in entries(f"{objective.path}.interventions", objective.it.interventions, objective.goal)
                if (one.it.status or "").strip().lower() in ("", "active")
            )
        return found

    @cached_property
    def _interventions(self) -> dict[str, tuple[Placed[Intervention], ...]]:
        return {}

    @cached_property
    def diagnosis_words(self) -> frozenset[str]:
        """Codes and descriptions of the listed diagnoses, normalised."""
        return frozenset(normalised(text) for d in self.plan.diagnoses for text in (d.icd10cm, d.description) if text)


def entries(path: str, items: Sequence[P], goal: Goal | None = None) -> Iterator[Placed[P]]:
    """The entries of a list with their paths; what is no entry (an empty bullet, a bare text) is left out."""
    for i, item in enumerate(items):
        if item.is_entry:
            yield Placed(f"{path}[{i}]", item, goal)


def has_entry(items: object) -> bool:
    """Whether a list holds something that is not blank."""
    return isinstance(items, list) and any(not is_blank(item) for item in items)


def age_on(born: date, day: date) -> int:
    """Whole years; born on 29 February, the birthday is 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


_LANGUAGES = {"english": "en", "inglés": "en", "ingles": "en", "spanish": "es", "español": "es", "espanol": "es"}


def subtag(language: str | None) -> str:
    """The first subtag of a language: es-MX is es; "Spanish" written out is es too."""
    word = (language or "").strip().lower().replace("_", "-").split("-")[0].strip()
    return _LANGUAGES.get(word, word)


def label(kind: str, placed: Placed[Problem] | Placed[Goal] | Placed[Objective] | Placed[Intervention]) -> str:
    """What a message calls an entry: its own number, or its place."""
    return f"{kind} {number_of(placed)}"


def number_of(placed: Placed[Problem] | Placed[Goal] | Placed[Objective] | Placed[Intervention]) -> str:
    """An entry's own number (G1.O2), or its place (1.1.2)."""
    place = ".".join(str(int(step.split("]")[0]) + 1) for step in placed.path.split("[")[1:])
    return (placed.it.id or "").strip() or place
