"""The areas of the starter library as data: read, found by words or code, and what their fill-ins ask.

Nothing here touches a plan.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml
from rapidfuzz import fuzz, process, utils

from generator.errors import AreaUnknown

FILL_IN = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class StarterObjective:
    """An objective of the library: its sentence, its measure as data, and its interventions. `number` is `1.2`."""

    number: str
    text: str
    measure: Mapping[str, Any]
    interventions: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class StarterGoal:
    """A goal, other wordings of it, the question that finds the person's own, and its objectives."""

    text: str
    variants: tuple[str, ...]
    ask: str
    objectives: tuple[StarterObjective, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One problem area in one language. `codes` are the beginnings of the ICD-10-CM codes it usually goes with."""

    id: str
    title: str
    codes: tuple[str, ...]
    usual_measure: str
    as_evidenced_by: tuple[str, ...]
    goals: tuple[StarterGoal, ...]
    if_not_met: tuple[str, ...]
    language: str
    safety_first: str = ""

    @property
    def objectives(self) -> tuple[StarterObjective, ...]:
        """The objectives of all goals, in order."""
        return tuple(objective for goal in self.goals for objective in goal.objectives)

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe library show ID --json`."""
        return {
            "id": self.id,
            "title": self.title,
            "language": self.language,
            "codes": list(self.codes),
            "usual_measure": self.usual_measure,
            "safety_first": self.safety_first,
            "as_evidenced_by": list(self.as_evidenced_by),
            "goals": [
                {
                    "text": goal.text,
                    "variants": list(goal.variants),
                    "ask": goal.ask,
                    "objectives": [
                        {
                            "number": objective.number,
                            "text": objective.text,
                            "measure": dict(objective.measure),
                            "interventions": [dict(one) for one in objective.interventions],
                        }
                        for objective in goal.objectives
                    ],
                }
                for goal in self.goals
            ],
            "if_not_met": list(self.if_not_met),
            "fill_ins": {key: question(key, self.language) for key in fill_ins_of(texts_of(self))},
        }


@cache
def areas(language: str = "en") -> tuple[Area, ...]:
    """The areas in English or Spanish, in the library's order."""
    spoken = "es" if language.startswith("es") else "en"
    return tuple(_area(entry, spoken) for entry in _read(f"{spoken}.yaml"))


def find(area_id: str, language: str = "en") -> Area:
    """The area of this id. Raises AreaUnknown, naming the nearest ones."""
    for area in areas(language):
        if area.id == area_id.strip().lower().replace("-", "_"):
            return area
    near = [area.id for area in search(area_id.replace("_", " "), language)[:3]] or [areas()[0].id]
    raise AreaUnknown(
        f'The starter library has no area "{area_id}". Near it: {", ".join(near)}. All: planscribe library'
    )


def search(words: str, language: str = "en") -> tuple[Area, ...]:
    """The areas that speak of these words or code (typing mistakes allowed), best first; all of them for no words."""
    query = utils.default_process(words)
    if not query:
        return areas(language)
    by_code = [area for area in areas(language) if any(_same_code(words, code) for code in area.codes)]
    if by_code:
        return tuple(by_code)
    scores = []
    for area in areas(language):
        title = utils.default_process(f"{area.title} {area.id} {area.usual_measure}")
        texts = [utils.default_process(text) for text in texts_of(area)]
        best = process.extractOne(query, texts, scorer=fuzz.token_set_ratio)
        scores.append(
            (
                max(fuzz.token_set_ratio(query, title), fuzz.partial_ratio(query, title), best[1] * 0.9 if best else 0),
                area,
            )
        )
    return tuple(area for score, area in sorted(scores, key=lambda pair: -pair[0]) if score >= 75)


def question(key: str, language: str = "en") -> str:
    """What a fill-in asks."""
    english, spanish = questions()[key]
    return spanish if language.startswith("es") else english


@cache
def questions() -> dict[str, tuple[str, str]]:
    """The question of each fill-in, English and Spanish."""
    return {key: (pair[0], pair[1]) for key, pair in _read("questions.yaml").items()}


def fill_ins_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The fill-ins of texts, each once, in order."""
    return tuple(dict.fromkeys(key for text in texts for key in FILL_IN.findall(text)))


def _same_code(typed: str, root: str) -> bool:
    code = re.sub(r"\s", "", typed).upper()
    return re.match(r"[A-Z]\d", code) is not None and (code.startswith(root) or root.startswith(code))


def texts_of(area: Area) -> Iterator[str]:
    """Every text of an area, in the library's order."""
    yield from area.as_evidenced_by
    for goal in area.goals:
        yield from (goal.text, *goal.variants)
        for objective in goal.objectives:
            yield objective.text
            yield from (str(entry["text"]) for entry in objective.interventions)
    yield from area.if_not_met


def _area(entry: Mapping[str, Any], language: str) -> Area:
    goals = tuple(
        StarterGoal(
            text=goal["text"],
            variants=tuple(goal.get("variants", ())),
            ask=goal["ask"],
            objectives=tuple(
                StarterObjective(f"{g}.{o}", one["text"], one["measure"], tuple(one["interventions"]))
                for o, one in enumerate(goal["objectives"], 1)
            ),
        )
        for g, goal in enumerate(entry["goals"], 1)
    )
    return Area(
        id=entry["id"],
        title=entry["title"],
        codes=tuple(entry["codes"]),
        usual_measure=entry["usual_measure"],
        as_evidenced_by=tuple(entry["as_evidenced_by"]),
        goals=goals,
        if_not_met=tuple(entry["if_not_met"]),
        language=language,
        safety_first=entry.get("safety_first", ""),
    )


def _read(name: str) -> Any:
    source = resources.files("generator") / "data" / "starter" / name
    return yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
