"""Values by their place on paper, put into the shape of a plan file: the inverse of `mapping.paper`.

Paper numbers goals 1.2 and objectives 1.2.1 through the whole plan; a plan file holds them inside one another. Where a
form prints no number, the order is kept and what belongs to what is told as open.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generator.plan import SCHEMA
from generator.plan.catalog import by_path

Value = str | int | float | bool
Data = dict[str, object]
_STEP = re.compile(r"([^.\[\]]+)|\[(-?\d+)\]")
_FLAT = re.compile(r"(goals|objectives|interventions)\[(\d+)\]\.(.+)")
_NESTED = re.compile(
    r"problems\[(\d+)\](?:\.goals\[(\d+)\](?:\.objectives\[(\d+)\](?:\.interventions\[(\d+)\])?)?)?\.(.+)"
)
_SERVICE = re.compile(r"^services\[")
_DEPTH = {"goals": 2, "objectives": 3, "interventions": 4}
_KEYS = ("problems", "goals", "objectives", "interventions")
_STAFF = {
    "prepared_by_staff": "prepared_by",
    "assessor_staff": "assessor",
    "diagnosed_by_staff": "diagnosed_by",
    "staff": "responsible_staff",
}
_PARENT = {"goal_statement": (2, "statement"), "problem_title": (1, "title")}
Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """The plan's data, and what of its order a form does not say."""

    data: Data
    open: tuple[str, ...]


def plan_from_paper(values: Mapping[str, Value]) -> Built:
    """A plan's data from values by place (`goals[1].statement`, `patient.name.first`)."""
    data: Data = {"schema": SCHEMA}
    values = _with_services(values)
    staff = _Staff()
    tree = _Tree(values)
    for place, value in values.items():
        if place.startswith(("goals[", "objectives[", "interventions[", "problems[")):
            tree.put(place, value, staff)
        else:
            _put(data, place, value, staff)
    problems = tree.problems()
    if problems:
        data["problems"] = problems
    staff.add_to(data)
    return Built(data, tuple(tree.open))


def _with_services(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Services asked for are the interventions that are going on; where a form prints these too, they tell nothing more."""
    if any(place.startswith("interventions[") for place in values):
        return {place: value for place, value in values.items() if not place.startswith("services[")}
    return {_SERVICE.sub("interventions[", place): value for place, value in values.items()}


class _Staff:
    """People by what paper shows of them; each gets a short id that references use."""

    def __init__(self) -> None:
        self._shown: dict[str, tuple[Data, str, Data]] = {}

    def show(self, owner: Data, key: str, place: str, what: str, value: Value) -> None:
        """`what` (name, credential, role) of the person that `key` of `owner` refers to; `place` is that reference."""
        entry = self._shown.setdefault(place, (owner, key, {}))
        entry[2][what] = value

    def add_to(self, data: Data) -> None:
        """Write the people under `staff`, and their ids where they are referred to."""
        given = data.get("staff")
        people: list[Data] = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
        supervisor: Data | None = None
        for owner, key, person in self._shown.values():
            if not person.get("name"):
                continue
            known = next((one for one in people if _is_same(one, person)), None)
            if known is None:
                known = {}
                people.append(known)
            for what, value in person.items():
                known.setdefault(what, value)
            known.setdefault("id", f"st{people.index(known) + 1}")
            if key == "supervisor":
                supervisor = known
            else:
                owner[key] = known["id"]
        if supervisor is not None:
            head = data.get("plan")
            author = head.get("prepared_by") if isinstance(head, dict) else None
            for one in people:
                if author is not None and one.get("id") == author:
                    one["supervisor"] = supervisor["id"]
        if people:
            for n, one in enumerate(people, 1):
                one.setdefault("id", f"st{n}")
            data["staff"] = [{"id": one["id"], **one} for one in people]


def _is_same(one: Data, other: Data) -> bool:
    if one.get("name") != other.get("name"):
        return False
    return all(one.get(key) == other[key] for key in ("credential", "role") if key in other and key in one)


class _Tree:
    """Problems, goals, objectives and interventions, found by their numbers or, without any, by their order."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._nodes: dict[Key, Data] = {}
        self._keys: dict[tuple[str, int], Key] = {}
        self.open: list[str] = []
        indexes: dict[str, set[int]] = {name: set() for name in _DEPTH}
        for place in values:
            flat = _FLAT.fullmatch(place)
            if flat:
                indexes[flat[1]].add(int(flat[2]))
            nested = _NESTED.fullmatch(place)
            if nested:
                key = tuple(int(step) for step in nested.groups()[:4] if step is not None)
                for length in range(1, len(key) + 1):
                    self._nodes.setdefault(key[:length], {})
        for name, depth in _DEPTH.items():
            taken = [key for key in self._nodes if len(key) == depth]
            for index in sorted(indexes[name]):
                number = str(values.get(f"{name}[{index}].number", ""))
                key = self._by_number(number, depth) or self._next(name, depth, values, index, taken)
                self._keys[name, index] = key
                for length in range(1, len(key) + 1):
                    self._nodes.setdefault(key[:length], {})

    def _by_number(self, number: str, depth: int) -> Key | None:
        steps = number.split(".")
        if len(steps) != depth or not all(step.isdigit() and len(step) < 4 and 0 < int(step) <= 400 for step in steps):
            return None
        return tuple(int(step) - 1 for step in steps)

    def _next(self, name: str, depth: int, values: Mapping[str, Value], index: int, taken: list[Key]) -> Key:
        """The key of an entry without a number: that of the nested one in its place, or the next under one parent."""
        if index < len(taken):
            return sorted(taken)[index]
        number = ""
        if depth > 2:
            number = str(values.get(f"{name}[{index}].goal_number", ""))
        parent = (self._by_number(number, 2) or (0, 0)) + (0,) * (depth - 3) if depth > 2 else self._one_problem(values)
        said = {
            "goals": "Which problem each goal belongs to is not on this form; all stand under the first.",
            "objectives": "Which goal each objective belongs to is not on this form; all stand under the first.",
            "interventions": "Which objective each intervention belongs to is not on this form; all stand under one.",
        }[name]
        if said not in self.open:
            self.open.append(said)
        siblings = [key[-1] for key in self._nodes if len(key) == depth and key[:-1] == parent]
        return (*parent, max(siblings, default=-1) + 1)

    def _one_problem(self, values: Mapping[str, Value]) -> Key:
        return (0,)

    def put(self, place: str, value: Value, staff: _Staff) -> None:
        flat, nested = _FLAT.fullmatch(place), _NESTED.fullmatch(place)
        if flat:
            key, rest = self._keys[flat[1], int(flat[2])], flat[3]
        elif nested:
            key, rest = tuple(int(step) for step in nested.groups()[:4] if step is not None), nested[5]
        else:
            return
        if rest in ("number", "problem_number", "goal_number", "objective_number"):
            return
        if rest in _PARENT:
            depth, own = _PARENT[rest]
            self._nodes[key[:depth]].setdefault(own, value)
            return
        inner = re.fullmatch(r"(?:(objectives|interventions)\[(\d+)\]|(interventions)_text\[(\d+)\])(?:\.(.+))?", rest)
        if inner:
            self._put_inner(key, inner, value, staff)
            return
        _put(self._nodes[key], rest, value, staff, base=f"{key}.")

    def _put_inner(self, key: Key, inner: re.Match[str], value: Value, staff: _Staff) -> None:
        """`objectives[0].target_date` of a goal, or line 2 of all its interventions."""
        index = int(inner[2] or inner[4])
        if inner[1] == "objectives" or (inner[1] == "interventions" and len(key) == 3):
            own, rest = (*key, index), inner[5] or "statement"
        else:
            own, rest = (*key, *(0,) * (3 - len(key)), index), inner[5] or "description"
            said = (
                "Which objective each intervention belongs to is not on this form; they stand under the goal's first."
            )
            if len(key) < 3 and said not in self.open:
                self.open.append(said)
        for length in range(1, len(own) + 1):
            self._nodes.setdefault(own[:length], {})
        _put(self._nodes[own], rest, value, staff, base=f"{own}.")

    def problems(self) -> list[Data]:
        """The tree as nested lists, entries that are missing between others as blank ones."""
        return self._below(())

    def _below(self, parent: Key) -> list[Data]:
        depth = len(parent)
        last = max((key[depth] for key in self._nodes if len(key) == depth + 1 and key[:-1] == parent), default=-1)
        out = []
        for index in range(last + 1):
            key = (*parent, index)
            node = dict(self._nodes.get(key, {}))
            # Objects of the tree are kept, for staff references are written into them at the end.
            own = self._nodes.get(key, node)
            inner = self._below(key) if depth < 3 else []
            if inner:
                own[_KEYS[depth + 1]] = inner
            out.append(own)
        return out


def _put(data: Data, place: str, value: Value, staff: _Staff, base: str = "") -> None:
    """Set a value at a place below `data`; `_title` and `_text` stand for the field itself."""
    steps = [name or int(index) for name, index in _STEP.findall(place)]
    last = steps[-1]
    if len(steps) >= 2 and isinstance(steps[-2], str) and steps[-2] in (*_STAFF, "supervisor_staff"):
        owner = _reach(data, steps[:-2], steps[-2])
        key = _STAFF.get(str(steps[-2]), "supervisor")
        if isinstance(owner, dict):
            reference = f"{base}{place.rpartition('.')[0]}"
            staff.show(owner, key, reference, str(last), value)
        return
    owner = _reach(data, steps[:-1], last)
    if isinstance(last, int):
        if isinstance(owner, list):
            _fill_up(owner, last)
            owner[last] = value
    elif isinstance(owner, dict):
        owner.setdefault(_own_key(last), value)


def set_at(data: Data, path: str, value: object) -> None:
    """Set a value at a path of a plan file (`problems[0].goals[1].statement`); lists are filled up to its place."""
    steps: list[str | int] = [name or int(index) for name, index in _STEP.findall(path)]
    owner = _reach(data, steps[:-1], steps[-1])
    last = steps[-1]
    if isinstance(last, int) and isinstance(owner, list):
        _fill_up(owner, last)
        owner[last] = value
    elif isinstance(last, str) and isinstance(owner, dict):
        owner[last] = value


def _own_key(key: str) -> str:
    """The key of the plan that a name of the paper view stands for: `status_title` is status."""
    plain = key.removesuffix("_title").removesuffix("_text")
    keys, lists = _known_keys()
    return plain if key not in keys and (plain in lists or key.endswith("_title")) else key


@cache
def _known_keys() -> tuple[frozenset[str], frozenset[str]]:
    fields = by_path().values()
    return (
        frozenset(field.path.rpartition(".")[2] for field in fields),
        frozenset(field.path.rpartition(".")[2] for field in fields if field.kind == "rows"),
    )


def _reach(data: Data, steps: list[str | int], last: str | int) -> object:
    """The mapping or list at the end of the steps, made on the way; `last` is the step that comes after them."""
    here: object = data
    for step, following in zip(steps, [*steps[1:], last], strict=False):
        if isinstance(step, str) and isinstance(here, dict):
            here = here.setdefault(step, [] if isinstance(following, int) else {})
        elif isinstance(step, int) and isinstance(here, list):
            step = len(here) - 1 if step < 0 and here else max(step, 0)
            _fill_up(here, step)
            here = here[step]
        else:
            return None
    return here


def _fill_up(items: list[object], index: int) -> None:
    while len(items) <= min(index, 2_000):
        items.append({})
