"""The place of each slot in what repeats: the second goal's first objective, the third medicine.

A number in the caption, tooltip or name decides ("Objective 1.2", "drugs#0"); else a column of equal boxes; else the
return of a value that the current entry already has.
"""

import re
from collections.abc import Sequence

from generator.mapping.evidence import Evidence, caption_of
from generator.mapping.phrases import words

_LEVELS = ("problems[]", "goals[]", "objectives[]", "interventions[]")
_ORDINAL_WORDS = {
    "primary": 1, "secondary": 2, "tertiary": 3, "first": 1, "second": 2, "third": 3, "principal": 1, "primario": 1,
    "secundario": 2, "other": 3, "secundaria": 2, "fourth": 4,
}  # fmt: skip
_NOUNS = {
    "problems[]": "problem problema need area",
    "goals[]": "goal meta ltg",
    "objectives[]": "objective objetivo stg sto obj",
    "interventions[]": "intervention intervencion service method action strategy task",
}
_HEADED = {"diagnoses[]", "coverage[]"}  # "primary", "secondary" count here


def with_places(
    evidences: Sequence[Evidence], order: Sequence[int], chosen: Sequence[str], others: Sequence[Sequence[str]]
) -> list[dict[str, str]]:
    """For each slot: every path it might take → that path with its indexes."""
    tree = _Tree(any(path.startswith("problems[]") and path.count("[]") == 1 for path in chosen),
                 any(path.count("[]") == 2 and path.startswith("problems[]") for path in chosen))  # fmt: skip
    lists: dict[str, _List] = {}
    zero = _counts_from_zero(evidences)
    counted = _counted_names(evidences)
    out: list[dict[str, str]] = [{} for _ in chosen]
    anchors = _anchors(evidences, chosen)
    for i in order:
        path, evidence = chosen[i], evidences[i]
        anchor = anchors.get(evidence.slot.group, "")
        if anchor and evidence.slot.index is not None:
            for other in {path, *others[i]}:
                if other.startswith("problems[]"):
                    out[i][other] = _in_row_of(anchor, other, evidence.slot.index, _parent(evidence, tree))
            if path.startswith("problems[]"):
                continue
        if path.startswith("problems[]"):
            tree.visit(path, evidence)
        elif "[]" in path:
            lists.setdefault(_list_of(path), _List(_list_of(path) in _HEADED, _list_of(path) != "coverage[]")).visit(
                path, evidence, zero, counted
            )
        for other in {path, *others[i]}:
            if other.startswith("problems[]"):
                out[i][other] = tree.placed(other)
            elif "[]" in other:
                entry = lists.get(_list_of(other))
                head, _, tail = other.rpartition("[]")  # the innermost list is the one that repeats on paper
                out[i][other] = f"{head.replace('[]', '[0]')}[{entry.index if entry else 0}]{tail}"
    return out


def _anchors(evidences: Sequence[Evidence], chosen: Sequence[str]) -> dict[str, str]:
    """What each row of a table of goals is about: an objective, where the table has a column for them, else a goal."""
    columns: dict[str, set[str]] = {}
    for evidence, path in zip(evidences, chosen, strict=True):
        if evidence.slot.group and evidence.slot.index is not None and path.startswith("problems[]"):
            columns.setdefault(evidence.slot.group, set()).add(path)
    out = {}
    for group, paths in columns.items():
        if any(path.endswith("objectives[].statement") for path in paths):
            out[group] = "objectives"
        elif any(path.endswith("goals[].statement") for path in paths):
            out[group] = "goals"
        elif any(path.endswith("interventions[].description") for path in paths):
            out[group] = "interventions"
        elif any(path.endswith("problems[].title") for path in paths):
            out[group] = "problems"
    return out


def _parent(evidence: Evidence, tree: "_Tree") -> str:
    """The goal that a table of objectives stands under, where its caption says so ("Goal 2: Objective")."""
    numbers = _tree_numbers(evidence, 1) or _tree_numbers(evidence, 0)
    if not numbers:
        return ""
    return f"problems[{numbers[0] - 1}].goals[0]." if tree.has_problems else f"goals[{numbers[-1] - 1}]."


def _in_row_of(anchor: str, path: str, n: int, parent: str = "") -> str:
    """A path told from the entry that its row is about."""
    tail = path[path.rindex("[]") + 2 :]
    own = f"{anchor}[]"
    if own in path:
        rest = path[path.index(own) + len(own) :]
        return f"{parent if anchor == 'objectives' else ''}{anchor}[{n}]{rest.replace('[]', '[0]')}"
    if anchor == "objectives":
        if path.endswith("goals[].statement"):
            return f"objectives[{n}].goal_statement"
        if path.endswith("problems[].title"):
            return f"objectives[{n}].problem_title"
    if anchor == "goals" and path.endswith("problems[].title"):
        return f"goals[{n}].problem_title"
    return f"{_LEVELS[path.count('[]') - 1].replace('[]', f'[{n}]')}{tail}"


def _list_of(path: str) -> str:
    return path[: path.index("[]") + 2]


def _counts_from_zero(evidences: Sequence[Evidence]) -> bool:
    return any(
        re.search(r"(?:#|\[|_|\.)0(?:\D|$)", evidence.slot.id) and not evidence.slot.id.endswith("[0]")
        for evidence in evidences
    )


def _stem(name: str) -> str:
    return re.sub(r"[0-9]+", "9", name)


def _counted_names(evidences: Sequence[Evidence]) -> set[str]:
    """Names that differ from another's only in a number: those numbers count entries."""
    names: dict[str, set[str]] = {}
    for evidence in evidences:
        names.setdefault(_stem(evidence.slot.id), set()).add(evidence.slot.id)
    return {stem for stem, found in names.items() if len(found) > 1}


class _List:
    """A plain list: diagnoses, medicines, scores, coverages."""

    def __init__(self, is_headed: bool, is_by_return: bool) -> None:
        self.index = 0
        self._seen: set[str] = set()
        self._seen_ever: set[str] = set()
        self._is_numbered = False
        self._is_headed = is_headed
        self._is_by_return = is_by_return

    def visit(self, path: str, evidence: Evidence, zero: bool, counted: set[str]) -> None:
        """Move on to the entry that this slot belongs to."""
        number = self._number(evidence, zero, counted)
        if number is None and self._is_numbered and path not in self._seen_ever and evidence.slot.page is None:
            number = 0
        elif number is not None:
            self._is_numbered = True
        self._seen_ever.add(path)
        if evidence.slot.index is not None:
            number = evidence.slot.index
        if number is not None and 0 <= number < 40:
            if number != self.index:
                self._seen = set()
            self.index = number
        elif self._is_by_return and path in self._seen and not evidence.is_check and not _is_part_of_one(evidence):
            self.index += 1
            self._seen = set()
        self._seen.add(path)

    def _number(self, evidence: Evidence, zero: bool, counted: set[str]) -> int | None:
        for source, tokens in sorted(
            ((s.source, s.tokens) for s in evidence.said),
            key=lambda one: one[0] not in ("label", "left", "row", "column"),
        ):
            if source in ("below", "right", "above") and len(tokens) > 6:
                continue
            if source == "name" and _stem(evidence.slot.id) not in counted:
                continue
            if self._is_headed:
                for word in tokens:
                    if word in _ORDINAL_WORDS and word != "other":
                        return _ORDINAL_WORDS[word] - 1
            numbers = [int(t) for t in tokens if t.isdigit() and len(t) <= 2]
            plain = [n for n in numbers if n not in (9, 10, 11) or len(numbers) > 1] if self._is_headed else numbers
            if len(plain) == 1 and source != "below":
                return plain[0] if zero and source == "name" else plain[0] - 1 if plain[0] > 0 else None
        return None


class _Tree:
    """Problems, their goals, their objectives, their interventions."""

    def __init__(self, has_problems: bool, has_goals: bool) -> None:
        self.has_problems, self._has_goals = has_problems, has_goals
        self._at = [0, 0, 0, 0]
        self._seen: list[set[str]] = [set(), set(), set(), set()]

    def visit(self, path: str, evidence: Evidence) -> None:
        """Move on to the entry that this slot belongs to."""
        level = path.replace("progress[]", "").count("[]") - 1
        numbered = -1
        for above in range(level + 1):
            numbers = _tree_numbers(evidence, above)
            if numbers:
                self._set(above, numbers)
                numbered = above
        if numbered < level and path in self._seen[level] and not evidence.is_check:
            self._next(level)
        self._seen[level].add(path)

    def _set(self, level: int, numbers: Sequence[int]) -> None:
        """ "1.2.a" at the level of objectives: the last number is theirs, those before it their parents'."""
        top = self._top()
        places = list(range(max(top, level - len(numbers) + 1), level + 1))
        if len(numbers) > len(places):
            numbers = numbers[-len(places) :]
        if len(numbers) == 2 and level == 2 and self.has_problems and self._has_goals and not self._goal_is_numbered:
            # "Objective 1.2" where each problem has one goal: problem 1, its second objective.
            places = [0, 2]
        is_of_its_problem = numbers[0] == self._at[0] + 1 or not self._seen[1]
        if len(numbers) == 1 and level == 1 and self.has_problems and is_of_its_problem:
            self._seen[1] = set()  # "Goal 2" under "Problem 2" is that problem's goal
            return
        for place, number in zip(places, numbers, strict=False):
            if number - 1 != self._at[place]:
                self._at[place] = max(0, number - 1)
                self._seen[place] = set()
                for below in range(place + 1, 4):
                    self._at[below], self._seen[below] = 0, set()

    _goal_is_numbered = False

    def _next(self, level: int) -> None:
        self._at[level] += 1
        self._seen[level] = set()
        for below in range(level + 1, 4):
            self._at[below], self._seen[below] = 0, set()

    def _top(self) -> int:
        return 0 if self.has_problems else 1 if self._has_goals else 2

    def placed(self, path: str) -> str:
        """The path with its indexes: counted from the level that the form starts with."""
        path = path.replace("progress[]", "progress[0]")
        level = path.count("[]") - 1
        top = self._top()
        tail = path[path.rindex("[]") + 2 :]
        if level < top:
            top = level
        if top == 0:
            names = _LEVELS
        elif top == 1:
            names = ("", "goals[]", "objectives[]", "interventions[]")
        elif level == 3 and top == 3:
            names = ("", "", "", "interventions[]")
        else:
            names = ("", "", "objectives[]", "interventions[]")
        parts = [names[n].replace("[]", f"[{self._at[n]}]") for n in range(top, level + 1)]
        return ".".join(parts) + tail


def _tree_numbers(evidence: Evidence, level: int) -> tuple[int, ...]:
    """The numbers after this level's own noun: "Goal #2", "Objective 1.1.a", "Problem Area 3"."""
    nouns = _NOUNS[_LEVELS[level]].split()
    near = evidence.slot.near
    name = re.sub(r"(?<=[A-Za-z])(?=[0-9])", " ", evidence.slot.id.replace("_", " "))
    context = caption_of(evidence.slot)[1]
    for text in (
        evidence.slot.label,
        context,
        near.left,
        near.above,
        near.row,
        near.inside,
        evidence.slot.tooltip,
        name,
    ):
        for found in _NUMBERED.finditer(text):
            noun = words(found[1])
            if noun and (noun[-1] in nouns or (level == 0 and found[2])):
                parts = [part for part in re.split(r"[.\-]", found[3]) if part]
                return tuple(int(p) if p.isdigit() else ord(p.lower()[0]) - 96 for p in parts)
    return ()


_NUMBERED = re.compile(
    r"(?i)\b([a-záéíóúñ]+?)( area)?\s*(?:#|no\.?|number|n\.º)?\s*([0-9]{1,2}(?:[.\-][0-9a-z]\b){0,3})(?![0-9/])"
)


def _is_part_of_one(evidence: Evidence) -> bool:
    """Whether the slot is a piece of one answer: the month, day or year of a date, an area code."""
    tokens = {token for said in evidence.said if said.source in ("name", "label") for token in said.tokens}
    return bool(tokens & {"month", "day", "year", "mes", "dia", "ano"})
