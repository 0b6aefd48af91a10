"""What an expression prints, as a pattern that a printed text can be matched against.

`[patient.dob | date, patient.phone] | commas` is a join of two holes; `a or b` and `x if y else z` are choices; a name
made of several values (a full name, a one-line address) is the pattern of its parts (`made`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from jinja2 import nodes

from generator.mapping.kinds import fields_by_name, names_of_kind
from generator.mapping.reading.decode import Applied, Value
from generator.plan.notes import general
from generator.sandbox import parse


@dataclass(frozen=True, slots=True)
class Lit:
    """Words that stand there."""

    text: str


@dataclass(frozen=True, slots=True)
class Hole:
    """One value: `place` in the paper view (`goals[0].statement`), and the filters it went through.

    `place` "" is a value that belongs to no plan (today's date, a number of a loop): it is matched and let go.
    """

    place: str
    filters: tuple[Applied, ...] = ()
    must: str = ""  # a pattern that the text has to have beside what its field asks for


@dataclass(frozen=True, slots=True)
class Seq:
    """One after the other, with nothing between."""

    parts: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Those that are not blank, with `between`; `needed` ones always stand there."""

    between: str
    items: tuple["Pattern", ...]
    needed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Alt:
    """One of several."""

    options: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A value that is known from the words around it; it prints nothing itself.

    `'988' if contract.crisis_plan.call_988 else ''` is the words 988 and that the flag is set.
    """

    place: str
    value: Value


@dataclass(frozen=True, slots=True)
class Dear:
    """An unusual way to read a text: taken only where there is no usual one."""

    body: "Pattern"
    cost: int = 1


@dataclass(frozen=True, slots=True)
class Each:
    """The entries of a list with `between`; `entry(i)` is the pattern of entry i."""

    between: str
    entry: Callable[[int], "Pattern"]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What cannot be read backward; the names it reads are told."""

    names: tuple[str, ...] = ()


Pattern = Lit | Hole | Seq | Join | Alt | Told | Dear | Each | Unknown
NOTHING = Lit("")
Made = Callable[[str, str, str], Pattern | None]
"""(place, general name, language) → the pattern of a name that is made of several values; None for a plain one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: the place of its row (`goals[0]`), the loop's own names, the form's language."""

    language: str = "en"
    row: str = ""
    names: Mapping[str, str] | None = None

    def place(self, path: str) -> str:
        """The place of a name in the paper view; "" for one that is no value of a plan."""
        first, dot, rest = path.partition(".")
        bare, bracket, index = first.partition("[")
        if self.names is not None:
            if bare == "loop":
                return ""
            if bare in self.names:
                return f"{self.names[bare]}{bracket}{index}{dot}{rest}"
            return path
        if bare in ("today", "words"):
            return ""
        if not self.row:
            return path
        return self.row if path == "item" else f"{self.row}.{path}"


def pattern_of(text: str, scope: Scope, made: Made) -> Pattern:
    """The pattern of an expression's text. Raises what `sandbox.parse` raises."""
    if scope.names is None:
        return _in_row(text, scope.language, scope.row, made)
    return _read(text, scope, made)


@lru_cache(4096)
def _in_row(text: str, language: str, row: str, made: Made) -> Pattern:
    """The same, kept: a field map is asked for the same patterns for every plan. They hold places, never a value."""
    return _read(text, Scope(language, row), made)


def _read(text: str, scope: Scope, made: Made) -> Pattern:
    tree = parse("{{ (" + text + ") }}")
    (output,) = [node for node in tree.body if isinstance(node, nodes.Output)]
    return compiled(output.nodes[0], scope, made)


def compiled(node: nodes.Node, scope: Scope, made: Made) -> Pattern:
    """The pattern of an expression's syntax tree."""
    return _simple(_Compiler(scope, made).text(node, ()))


def squeezed(body: Pattern) -> Pattern:
    """The pattern with every run of blanks and line ends as one space, as text has it that is read off a page."""
    if isinstance(body, Lit):
        return Lit(_one_space(body.text))
    if isinstance(body, Seq):
        return Seq(tuple(map(squeezed, body.parts)))
    if isinstance(body, Alt):
        return Alt(tuple(map(squeezed, body.options)))
    if isinstance(body, Dear):
        return replace(body, body=squeezed(body.body))
    if isinstance(body, Join):
        return replace(body, between=_one_space(body.between), items=tuple(map(squeezed, body.items)))
    if isinstance(body, Each):
        entry = body.entry
        return Each(_one_space(body.between), lambda i: squeezed(entry(i)), _one_space(body.mark))
    return body


def _one_space(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def path_of(node: nodes.Node) -> str | None:
    """`objectives[0].target_date` for a name with its keys and indexes; None for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        inner = path_of(node.node)
        return None if inner is None else f"{inner}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        inner = path_of(node.node)
        if inner is not None:
            return f"{inner}[{node.arg.value}]" if isinstance(node.arg.value, int) else f"{inner}.{node.arg.value}"
    return None


class _Compiler:
    def __init__(self, scope: Scope, made: Made) -> None:
        self._scope = scope
        self._made = made

    def text(self, node: nodes.Node, filters: tuple[Applied, ...]) -> Pattern:
        path = path_of(node)
        if path is not None:
            return self._name(path, filters)
        if isinstance(node, nodes.Const):
            return Lit("" if node.value is None or node.value is False else str(node.value))
        if isinstance(node, nodes.TemplateData):
            return Lit(node.data)
        if isinstance(node, nodes.Concat):
            return Seq(tuple(self.text(one, filters) for one in node.nodes))
        if isinstance(node, nodes.Add):
            return Seq((self.text(node.left, filters), self.text(node.right, filters)))
        if isinstance(node, nodes.CondExpr):
            return self._choice(node, filters)
        if isinstance(node, nodes.Or):
            return Alt((self.text(node.left, filters), self.text(node.right, filters)))
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filtered(node, node.node, filters)
        return Unknown(tuple(self._names(node)))

    def _name(self, path: str, filters: tuple[Applied, ...]) -> Pattern:
        place = self._scope.place(path)
        if not place:
            return Hole("", filters)
        body = self._made(place, general(place), self._scope.language)
        if body is None:
            return Hole(place, filters)
        return _with_filters(body, filters) if filters else body

    def _choice(self, node: nodes.CondExpr, filters: tuple[Applied, ...]) -> Pattern:
        other = self.text(node.expr2, filters) if node.expr2 is not None else NOTHING
        holds = constant(node.test)
        if holds is not None:
            return self.text(node.expr1, filters) if holds else other
        one = self.text(node.expr1, filters)
        flag = path_of(node.test)
        place = self._scope.place(flag) if flag is not None else ""
        return Alt((Seq((one, Told(place, True))) if place and general(place) in flags() else one, other))

    def _filtered(self, node: nodes.Filter, inner: nodes.Node, filters: tuple[Applied, ...]) -> Pattern:
        arguments = tuple(one.value for one in node.args if isinstance(one, nodes.Const))
        arguments += tuple(one.value.value for one in node.kwargs if isinstance(one.value, nodes.Const))
        name = node.name
        if name in ("commas", "join", "bullets"):
            return self._joined(inner, name, arguments)
        if name in ("none", "default", "d"):
            words = str(arguments[0]) if arguments else "None reported" if name == "none" else ""
            return Alt((self.text(inner, filters), Lit(words)))
        path = path_of(inner)
        place = self._scope.place(path) if path is not None else ""
        if name in _OF_ROWS and place:
            return _OF_ROWS[name](place)
        return self.text(inner, ((name, arguments), *filters))

    def _joined(self, inner: nodes.Node, name: str, arguments: tuple[object, ...]) -> Pattern:
        first = str(arguments[0]) if arguments else None
        between = first if first is not None else "" if name == "join" else ", "
        mark = ""
        if name == "bullets":
            between, mark = "\n", f"{first or chr(0x2022)} "
        if isinstance(inner, nodes.List):
            items = tuple(Seq((Lit(mark), one)) if mark else one for one in self._items(inner))
            if _is_name(items):
                return Alt((Join(between, items, frozenset({0})), Dear(Join(between, items))))
            return Join(between, items)
        path = path_of(inner)
        place = self._scope.place(path) if path is not None else ""
        if not place:
            return Unknown(tuple(self._names(inner)))
        return Each(between, lambda i: Hole(f"{place}[{i}]"), mark)

    def _items(self, node: nodes.List) -> list[Pattern]:
        return [self.text(one, ()) for one in node.items]

    def _names(self, node: nodes.Node) -> list[str]:
        path = path_of(node)
        if path is not None:
            return [self._scope.place(path)]
        return [name for child in node.iter_child_nodes() for name in self._names(child)]


@cache
def flags() -> frozenset[str]:
    """The names whose value is yes or no, and stands in a plan (that a person is a minor is worked out)."""
    return frozenset(name for name in names_of_kind("flag") if name in fields_by_name())


def constant(node: nodes.Node) -> bool | None:
    """Whether a test of constants holds (`'en' == 'es'`); None where it asks the plan."""
    if isinstance(node, nodes.Const):
        return bool(node.value)
    if isinstance(node, nodes.Compare) and isinstance(node.expr, nodes.Const) and len(node.ops) == 1:
        other = node.ops[0].expr
        if isinstance(other, nodes.Const) and node.ops[0].op in ("eq", "ne"):
            return bool((node.expr.value == other.value) == (node.ops[0].op == "eq"))
    return None


def _is_name(items: tuple[Pattern, ...]) -> bool:
    """Whether a join begins with somebody's name: what follows is said of them and seldom stands alone."""
    return bool(items) and isinstance(items[0], Hole) and items[0].place.endswith(".name")


def _people(place: str) -> Pattern:
    def entry(i: int) -> Pattern:
        return Join(", ", (Hole(f"{place}[{i}].name"), Hole(f"{place}[{i}].phone")), frozenset({0}))

    return Each("\n", entry, "\u2022 ")


def _latest(place: str) -> Pattern:
    day = Hole(f"{place}[-1].date", (("date", ()),), must="date")
    return Join(", ", (Hole(f"{place}[-1].value"), day))


def _series(place: str) -> Pattern:
    def entry(i: int) -> Pattern:
        day = Hole(f"{place}[{i}].date", (("date", ()),), must="date")
        return Seq((Hole(f"{place}[{i}].value"), Lit(" ("), Alt((day, NOTHING)), Lit(")")))

    return Each(", ", entry)


_OF_ROWS: Mapping[str, Callable[[str], Pattern]] = {"people": _people, "latest": _latest, "series": _series}


def _with_filters(body: Pattern, filters: tuple[Applied, ...]) -> Pattern:
    """The pattern with each of its holes behind more filters; of several values only their case can still change."""
    if isinstance(body, Hole):
        return replace(body, filters=(*body.filters, *filters))
    if isinstance(body, Alt):
        return Alt(tuple(_with_filters(one, filters) for one in body.options))
    if isinstance(body, Dear):
        return replace(body, body=_with_filters(body.body, filters))
    return Unknown()


def _simple(body: Pattern) -> Pattern:
    """The same pattern, with what stands in one another laid flat."""
    if isinstance(body, Seq):
        flat: list[Pattern] = []
        for one in map(_simple, body.parts):
            flat += one.parts if isinstance(one, Seq) else [one]
        merged: list[Pattern] = []
        for one in flat:
            if isinstance(one, Lit) and merged and isinstance(last := merged[-1], Lit):
                merged[-1] = Lit(last.text + one.text)
            elif one != NOTHING:
                merged.append(one)
        return merged[0] if len(merged) == 1 else Seq(tuple(merged)) if merged else NOTHING
    if isinstance(body, Alt):
        options: list[Pattern] = []
        for one in map(_simple, body.options):
            options += one.options if isinstance(one, Alt) else [one]
        return options[0] if len(options) == 1 else Alt(tuple(dict.fromkeys(options)))
    if isinstance(body, Join):
        return replace(body, items=tuple(map(_simple, body.items)))
    if isinstance(body, Dear):
        return replace(body, body=_simple(body.body))
    return body
