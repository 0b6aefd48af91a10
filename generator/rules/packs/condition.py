"""The language of conditions: comparisons of plan values, joined by and, or, not. No code, no loops, no attributes.

    this.frequency.count >= 2 and not blank(this.modality)
    plan.program in ["sud_iop", "sud_outpatient"] or count(problems[]) > 2
    days(plan.admission_date, plan.plan_date) <= 14

Paths are those of the plan's model; one that the model does not have is refused when the pack is read. `this` is the
entry that `each` names. A value that is blank makes a comparison unknown, and an unknown condition reports nothing:
whether a value is there is asked with blank(...) and present(...).
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.errors import PackNotValid
from generator.plan import Plan
from generator.plan.base import Part, is_blank
from generator.plan.catalog import by_path
from generator.plan.types.partial_date import PartialDate

LONGEST, DEEPEST = 2_000, 40
"""Characters and levels of a condition."""

Value = object
_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d{2}-\d{2})(?!\w)|(?P<number>-?\d+(?:\.\d+)?)(?![\w.])|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<mark>==|!=|<=|>=|<|>|\(|\)|\[(?!\])|\]|,)|(?P<path>[A-Za-z_][\w]*(?:\[\])?(?:\.[A-Za-z_][\w]*(?:\[\])?)*))"
)
_COMPARE: Mapping[str, Callable[[object, object], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,  # type: ignore[operator]
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
    ">": lambda a, b: a > b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
}
_WORDS = ("and", "or", "not", "in", "contains", "begins", "true", "false")
_FUNCTIONS = {"blank": 1, "present": 1, "count": 1, "days": 2}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition is asked about: the plan, the entry at hand, and the day of the check."""

    plan: Plan
    this: Part | None
    as_of: date


Node = Callable[[Scope], Value]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read and found sound."""

    text: str
    node: Node

    def holds(self, scope: Scope) -> bool | None:
        """True, False, or None where a blank value leaves it open."""
        value = self.node(scope)
        return value if isinstance(value, bool) else None


def read_condition(text: object, *, each: str, define: Mapping[str, object], where: str) -> Condition:
    """A condition from its text; `each` is the general path that `this` stands for. Raises PackNotValid."""
    return _Reader(text, each, define, where, ()).read()


def values_at(part: Part, steps: list[str]) -> list[object]:
    """The values at a path's steps; a step with [] spreads over a list."""
    here: list[object] = [part]
    for step in steps:
        key, spread = step.removesuffix("[]"), step.endswith("[]")
        after: list[object] = []
        for one in here:
            value = _field(one, key) if isinstance(one, Part) else None
            if spread:
                after += (
                    [item for item in value if not isinstance(item, Part) or item.is_entry]
                    if isinstance(value, list)
                    else []
                )
            else:
                after.append(value)
        here = after
    return here


def known_path(path: str, where: str) -> str:
    """The path, if the plan's model has it. Raises PackNotValid, naming the nearest."""
    bare = path.removesuffix("[]")
    field = by_path().get(bare)
    if field is None or (path.endswith("[]") and field.kind not in ("rows", "list")):
        near = difflib.get_close_matches(bare, by_path(), n=1, cutoff=0.5)
        hint = f' The nearest is "{near[0]}".' if near else ""
        raise PackNotValid(f'{where}: a plan has no "{path}".{hint}')
    return path


def _field(part: Part, key: str) -> object:
    for name, info in type(part).model_fields.items():
        if key == (info.alias or name):
            return getattr(part, name)
    return None


class _Reader:
    """Reads one condition by precedence: or, and, not, comparison."""

    def __init__(
        self, text: object, each: str, define: Mapping[str, object], where: str, within: tuple[str, ...]
    ) -> None:
        if not isinstance(text, str) or not text.strip():
            raise PackNotValid(f"{where}: a condition is missing, such as this.duration.n <= 12.")
        if len(text) > LONGEST:
            raise PackNotValid(f"{where}: a condition is longer than {LONGEST} characters. Make it two rules.")
        self.text, self.each, self.define, self.where, self.within = text, each, define, where, within
        self.tokens = self._tokens(text)
        self.at = 0
        self.depth = 0

    def read(self) -> Condition:
        node = self._or()
        if self.at < len(self.tokens):
            raise self._wrong(f'"{self.tokens[self.at][1]}" is not expected there')
        return Condition(self.text, node)

    def _tokens(self, text: str) -> list[tuple[str, str]]:
        out, at = [], 0
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if match is None:
                raise self._wrong(f"the mark {text[at:].strip()[:1]} is not part of conditions")
            kind = match.lastgroup or ""
            out.append(("text" if kind in ("double", "single") else kind, match[kind]))
            at = match.end()
        return out

    def _wrong(self, what: str) -> PackNotValid:
        return PackNotValid(f"{self.where}: in the condition {self.text.strip()[:80]}, {what}.")

    def _next_is(self, *words: str) -> bool:
        return (
            self.at < len(self.tokens)
            and self.tokens[self.at][0] in ("mark", "path")
            and self.tokens[self.at][1] in words
        )

    def _take(self, word: str) -> None:
        if not self._next_is(word):
            raise self._wrong(f'"{word}" is missing')
        self.at += 1

    def _or(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._wrong(f"there are more than {DEEPEST} levels")
        nodes = [self._and()]
        while self._next_is("or"):
            self.at += 1
            nodes.append(self._and())
        self.depth -= 1
        return nodes[0] if len(nodes) == 1 else lambda scope: _any([node(scope) for node in nodes])

    def _and(self) -> Node:
        nodes = [self._not()]
        while self._next_is("and"):
            self.at += 1
            nodes.append(self._not())
        return nodes[0] if len(nodes) == 1 else lambda scope: _all([node(scope) for node in nodes])

    def _not(self) -> Node:
        turned = False
        while self._next_is("not"):
            self.at += 1
            turned = not turned
        node = self._comparison()
        return (lambda scope: _turned(node(scope))) if turned else node

    def _comparison(self) -> Node:
        left = self._term()
        if self._next_is(*_COMPARE):
            compare = _COMPARE[self._taken()]
            right = self._term()
            return lambda scope: _compared(compare, left(scope), right(scope))
        if self._next_is("in", "contains", "begins"):
            word = self._taken()
            right = self._term()
            return lambda scope: _worded(word, left(scope), right(scope))
        return left

    def _taken(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def _term(self) -> Node:
        if self.at >= len(self.tokens):
            raise self._wrong("something is missing at the end")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "mark" and text == "(":
            node = self._or()
            self._take(")")
            return node
        if kind == "mark" and text == "[":
            return self._list()
        if kind == "text":
            return _constant(text)
        if kind == "number":
            return _constant(float(text) if "." in text else int(text))
        if kind == "date":
            return self._date(text)
        if kind == "path":
            return self._named(text)
        raise self._wrong(f'"{text}" is not expected there')

    def _date(self, text: str) -> Node:
        try:
            return _constant(date.fromisoformat(text))
        except ValueError:
            raise self._wrong(f"{text} is not on the calendar") from None

    def _list(self) -> Node:
        nodes: list[Node] = []
        while not self._next_is("]"):
            nodes.append(self._term())
            if not self._next_is("]"):
                self._take(",")
        self._take("]")
        return lambda scope: [node(scope) for node in nodes]

    def _named(self, text: str) -> Node:
        if text in ("true", "false"):
            return _constant(text == "true")
        if text == "as_of":
            return lambda scope: scope.as_of
        if text in _FUNCTIONS and self._next_is("("):
            return self._function(text)
        if self._next_is("("):
            raise self._wrong(f"there is no function {text}; there are {', '.join(_FUNCTIONS)}")
        if text in _WORDS:
            raise self._wrong(f'"{text}" is not expected there')
        if text in self.define:
            if text in self.within:
                raise PackNotValid(
                    f"{self.where}: the definition {text} leads back to itself. Write it without itself."
                )
            return _Reader(self.define[text], self.each, self.define, self.where, (*self.within, text)).read().node
        return self._path(text)

    def _function(self, name: str) -> Node:
        self._take("(")
        nodes = [self._term()]
        while self._next_is(","):
            self.at += 1
            nodes.append(self._term())
        self._take(")")
        if len(nodes) != _FUNCTIONS[name]:
            raise self._wrong(f"{name}(...) takes {_FUNCTIONS[name]} value(s)")
        first = nodes[0]
        if name == "blank":
            return lambda scope: _is_nothing(first(scope))
        if name == "present":
            return lambda scope: not _is_nothing(first(scope))
        if name == "count":
            return lambda scope: _count(first(scope))
        return lambda scope: _days(first(scope), nodes[1](scope))

    def _path(self, text: str) -> Node:
        steps = text.split(".")
        if steps[0] == "this":
            if not self.each:
                raise self._wrong('"this" needs a rule with each:')
            whole = f"{self.each}.{'.'.join(steps[1:])}" if len(steps) > 1 else self.each
            known_path(whole, self.where)
            return lambda scope: _value(scope.this, steps[1:])
        known_path(text, self.where)
        return lambda scope: _value(scope.plan, steps)


def _constant(value: object) -> Node:
    return lambda scope: value


def _value(part: Part | None, steps: list[str]) -> object:
    if part is None:
        return None
    found = values_at(part, steps)
    if any(step.endswith("[]") for step in steps):
        return [value for value in found if not is_blank(value)]
    value = found[0] if found else None
    return (
        date(value.year, value.month, value.day)
        if isinstance(value, PartialDate) and value.month and value.day
        else value
    )


def _is_nothing(value: object) -> bool:
    return all(is_blank(item) for item in value) if isinstance(value, list) else is_blank(value)


def _count(value: object) -> int:
    return sum(not is_blank(item) for item in value) if isinstance(value, list) else int(not is_blank(value))


def _days(first: object, last: object) -> int | None:
    return (last - first).days if isinstance(first, date) and isinstance(last, date) else None


def _simple(value: object) -> object:
    return " ".join(value.lower().split()) if isinstance(value, str) else value


def _compared(compare: Callable[[object, object], bool], left: object, right: object) -> bool | None:
    if _is_nothing(left) or _is_nothing(right) or isinstance(left, list | Part) or isinstance(right, list | Part):
        return None
    try:
        return bool(compare(_simple(left), _simple(right)))
    except TypeError:
        return None


def _worded(word: str, left: object, right: object) -> bool | None:
    if word == "in":
        left, right = right, left
    if word == "begins":
        return _simple(left).startswith(str(_simple(right))) if isinstance(left, str) else None  # type: ignore[attr-defined]
    if isinstance(left, list):
        return None if _is_nothing(right) else _simple(right) in [_simple(item) for item in left]
    if isinstance(left, str) and not is_blank(left):
        return str(_simple(right)) in str(_simple(left))
    return None


def _turned(value: object) -> bool | None:
    return not value if isinstance(value, bool) else None


def _all(values: list[object]) -> bool | None:
    return (
        False if any(value is False for value in values) else True if all(value is True for value in values) else None
    )


def _any(values: list[object]) -> bool | None:
    return (
        True if any(value is True for value in values) else False if all(value is False for value in values) else None
    )
