"""Names of the paper view that are made of several values, as patterns: the inverse of `paper` and `words`."""

import re
from collections.abc import Mapping

from generator.mapping import words
from generator.mapping.names import FLAT
from generator.mapping.reading.pattern import Alt, Dear, Each, Hole, Join, Lit, Pattern, Seq, Told
from generator.plan.catalog import by_path

_PERS = ("day", "week", "2 weeks", "month", "year", "quarter")
_UNITS = ("days", "weeks", "months", "years", "sessions")


def made(place: str, name: str, language: str) -> Pattern | None:
    """The pattern of a name that is made of several values; None where it is one value of the plan as it stands."""
    parent, _, key = place.rpartition(".")
    path = _in_plan(name)
    if path in by_path():
        return None
    if name in ("patient.age", "patient.is_minor"):
        return Hole("", must="digits")
    if key in ("problem_number", "goal_number", "objective_number"):
        return Hole("", must="numbered")
    if parent == "patient.name":
        return _NAMES.get(key)
    if parent.endswith("address"):
        return _address(parent, key)
    if key == "full":
        return Join(", ", (Hole(f"{parent}.name"), Hole(f"{parent}.credential")), frozenset({0}))
    if key == "line":
        return Join(" ", (Hole(f"{parent}.icd10cm"), Hole(f"{parent}.description")), frozenset({0, 1}))
    if key in ("goal_statement", "problem_title"):
        return Hole(place)
    if key in ("problems_text", "objectives_text", "interventions_text"):
        return _lines(place, key)
    if key.endswith("_text") and f"{path.removesuffix('_text')}" in by_path():
        return _rows_as_text(place.removesuffix("_text"), path.removesuffix("_text"), language)
    if key == "when_text":
        return _when(parent, language)
    if key == "text":
        return _phrase(parent, language)
    return None


def _in_plan(name: str) -> str:
    path = next((whole + name[len(flat) :] for flat, whole in FLAT.items() if name.startswith(flat)), name)
    return path.removesuffix("[]")


def _hole(key: str) -> Hole:
    return Hole(f"patient.name.{key}")


_GIVEN = Join(" ", (_hole("first"), _hole("middle")), frozenset({0}))
_NAMES: Mapping[str, Pattern] = {
    "full": Alt(
        (
            Join(" ", (_hole("first"), _hole("middle"), _hole("last"), _hole("suffix")), frozenset({0, 2})),
            Dear(_hole("first"), 3),
        )
    ),
    "last_first": Join(", ", (_hole("last"), _GIVEN), frozenset({0, 1})),
    "called": Alt((_hole("preferred"), _hole("first"))),
}


def _address(parent: str, key: str) -> Pattern | None:
    line1, line2, city, state, postal = (
        Hole(f"{parent}.{part}") for part in ("line1", "line2", "city", "state", "zip")
    )
    town = Alt(
        (
            Seq((Join(", ", (city, state), frozenset({0})), Lit(" "), postal)),
            Join(", ", (city, state), frozenset({0})),
            Dear(Join(" ", (state, postal)), 2),
        )
    )
    street = Join(", ", (line1, line2), frozenset({0}))
    if key == "street":
        return street
    if key == "city_line":
        return town
    if key == "one_line":
        return Alt((Join(", ", (line1, line2, town), frozenset({0, 2})), Dear(town, 2), Dear(street, 2)))
    return None


def _rows_as_text(place: str, path: str, language: str) -> Pattern:
    columns = [
        field.path.rpartition(".")[2]
        for field in by_path().values()
        if field.path.startswith(f"{path}[].") and "." not in field.path[len(path) + 3 :]
    ]

    def cell(i: int, column: str) -> Pattern:
        if column == "age_first":
            before, after = ("desde los ", " años") if language == "es" else ("from age ", "")
            return Seq((Lit(before), Hole(f"{place}[{i}].{column}"), Lit(after)))
        return Hole(f"{place}[{i}].{column}", (("date", ()),))  # a day is printed as one, words stay as they are

    def entry(i: int) -> Pattern:
        return Join(", ", tuple(cell(i, column) for column in columns))

    # A list may have been given as words, such as "none": those have no commas.
    return Alt((Hole(f"{place}_text", must="words"), Each("; ", entry)))


def _lines(place: str, key: str) -> Pattern:
    if key == "problems_text":
        return Each("\n", lambda i: Hole(f"{place.removesuffix('_text')}[{i}].title"))
    if key == "objectives_text":
        return Each("\n", lambda i: Hole(f"{place.removesuffix('_text')}[{i}].statement"))
    return Each("\n", lambda i: Hole(f"{place}[{i}]"))


def _phrase(parent: str, language: str) -> Pattern:
    if parent.endswith("measure"):
        to = " a " if language == "es" else " to "
        unit = Hole(f"{parent}.unit")
        baseline, target = (
            Alt((Hole(f"{parent}.{key}", must="amount"), Dear(Hole(f"{parent}.{key}"))))
            for key in ("baseline", "target")
        )
        end = Alt((Seq((target, Lit(" "), unit)), target))
        return Alt((Seq((baseline, Lit(to), end)), Dear(end)))
    if parent.endswith("frequency"):
        return _frequency(parent, language)
    return _duration(parent, language)


def _frequency(parent: str, language: str) -> Pattern:
    count, per = Hole(f"{parent}.count"), f"{parent}.per"
    known = []
    for word in _PERS:
        for number in ("1", "2"):
            phrase = words.frequency_text(number, word, language)
            known.append(Seq((count, Lit(phrase.removeprefix(number)), Told(per, word))))
    bare = {words.frequency_text(number, "", language).removeprefix(number) for number in ("1", "2")} - {"once"}
    times = [Seq((count, Lit(said))) for said in sorted(bare) if not said.isalpha()]
    single, several = (words.frequency_text(n, "x", language).removeprefix(n).removesuffix("x") for n in ("1", "2"))
    other = [Seq((count, Lit(between), Hole(per))) for between in (single, several)]
    once = [] if language == "es" else [Seq((Lit("once"), Told(f"{parent}.count", 1), Told(per, "once")))]
    return Alt((*known, *times, *once, *(Dear(one) for one in other), Dear(Hole(per, must="letters"), 2)))


def _duration(parent: str, language: str) -> Pattern:
    n, unit = Hole(f"{parent}.n"), f"{parent}.unit"
    known = [
        Seq((n, Lit(words.duration_text(number, word, language).removeprefix(number)), Told(unit, word)))
        for word in _UNITS
        for number in ("1", "2")
    ]
    return Alt((*dict.fromkeys(known), Dear(Seq((n, Lit(" "), Hole(unit, must="letters")))), Dear(n)))


def _when(parent: str, language: str) -> Pattern:
    often, long = _frequency(f"{parent}.frequency", language), _duration(f"{parent}.duration", language)
    middle = re.sub(r"^x|y$", "", words.when_text("x", "y", "", language))
    minutes = words.when_text("", "", "1", language).removeprefix("1")
    span = Alt((Seq((often, Lit(middle), long)), often, long))
    return Join(", ", (span, Seq((Hole(f"{parent}.session_minutes"), Lit(minutes)))))
