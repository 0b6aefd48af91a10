"""What a Word template reads: every name with its place, loops followed to the lists they go over.

Also every place where it cannot work: a block that is not closed, an expression that is none, a filter there is not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from jinja2 import TemplateSyntaxError, nodes

from generator.blanks.word_tags.scan import OPENS, Tag, tags
from generator.errors import RefusedForSafety, TemplateNotValid
from generator.sandbox import parse

_ENDS = {"endfor": "for", "endif": "if", "endset": "set"}
_LOOP = "loop"
_CELL_TAGS = ("cellbg", "colspan")
_LONGEST_TAG = 20_000
_MOST_TAGS = 5_000
_SAME_LIST = ("list", "sort", "selectattr", "rejectattr", "select", "reject", "unique", "reverse", "default", "d")
_ONE_OF = ("first", "last")


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name that a template reads: `problems[].goals[].statement`.

    `is_printed` where its value is shown, `filters` the filters it goes through then, with their constant arguments.
    `written` is the name as it stands in the tag (`g.statement`), `loops` what the names of the loops around it mean,
    innermost first (`g`, `problems[].goals[]`).
    """

    path: str
    where: str
    around: str
    is_printed: bool
    filters: tuple[tuple[str, tuple[object, ...]], ...] = ()
    written: str = ""
    loops: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)
    tag: Tag | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a tag cannot work. `kind` is unclosed-tag, unclosed-block, stray-end, syntax, unknown-tag or unsafe."""

    kind: str
    tag: Tag
    message: str

    def error(self) -> TemplateNotValid | RefusedForSafety:
        """The fault as the error that stops a fill, with its place and the words there."""
        text = f"In {self.tag.where}, near “{self.tag.around}”: {self.message.rstrip('.')}."
        return RefusedForSafety(text) if self.kind == "unsafe" else TemplateNotValid(text)


@dataclass(slots=True)
class _Scope:
    """What the names of one block mean; `opened` is the tag that opened it."""

    opened: Tag | None
    kind: str
    meaning: dict[str, str] = field(default_factory=dict)


FilterChain: TypeAlias = tuple[tuple[str, tuple[object, ...]], ...]


def names_used(parts: Mapping[str, bytes], *, filters: frozenset[str] = frozenset()) -> tuple[NameUse, ...]:
    """Every name in the order of the document. `filters` are those that a program adds.

    Raises TemplateNotValid for the first fault of syntax, RefusedForSafety for a tag that does more than read; both
    say the place and the words there.
    """
    found: list[NameUse] = []
    for one in read_names(tags(parts), filters=filters):
        if isinstance(one, Fault):
            raise one.error()
        found.append(NameUse(one.path, one.where, one.around, one.is_printed, one.filters, one.written))
    return tuple(found)


def read_names(every: Iterator[Tag], *, filters: frozenset[str] = frozenset()) -> Iterator[NameUse | Fault]:
    """Names and faults in the order of the document; after a fault the reading goes on as well as it can."""
    reader, part = _Reader(filters), ""
    found = list(islice(every, _MOST_TAGS + 1))
    if len(found) > _MOST_TAGS:
        yield Fault("unsafe", found[-1], "this template holds far more tags than a form does")
        return
    for tag in found:
        if tag.place.part != part:
            yield from reader.end_part()
            part = tag.place.part
        yield from reader.read(tag)
    yield from reader.end_part()


class _Reader:
    """Reads tags one after the other; keeps what names mean in the blocks that are open."""

    def __init__(self, filters: frozenset[str]) -> None:
        self.filters = filters
        self.scopes: list[_Scope] = [_Scope(None, "part")]

    def end_part(self) -> Iterator[Fault]:
        """Every block that is still open; blocks open and close within one part."""
        for scope in self.scopes[1:]:
            if scope.opened is not None:
                yield Fault(
                    "unclosed-block",
                    scope.opened,
                    f"this {scope.kind} is never closed; add {{% end{scope.kind} %}} where it ends",
                )
        self.scopes = [_Scope(None, "part")]

    def read(self, tag: Tag) -> Iterator[NameUse | Fault]:
        """The names of one tag, or its fault."""
        try:
            yield from list(self._read(tag))
        except _Faulty as faulty:
            yield Fault(faulty.kind, tag, str(faulty))

    def _read(self, tag: Tag) -> Iterator[NameUse]:
        if tag.closes != OPENS[tag.opens]:
            wrong = f"it is closed by {tag.closes}" if tag.closes else "it is never closed"
            raise _Faulty("unclosed-tag", f"this tag opens with {tag.opens} and {wrong}; it needs {OPENS[tag.opens]}")
        if len(tag.inside) > _LONGEST_TAG:
            raise _Faulty("unsafe", "this tag is far too long")
        if tag.opens == "{{":
            yield from self._uses(self._parsed("{{ " + tag.inside + " }}"), tag, is_printed=True)
            return
        word, _, rest = tag.inside.partition(" ")
        if word in ("hm", "vm") and not rest:
            return
        if word in _CELL_TAGS:
            yield from self._uses(self._parsed("{{ " + rest + " }}"), tag, is_printed=False)
        elif word in _ENDS and not rest:
            self._close(word)
        elif word in ("else", "elif"):
            yield from self._otherwise(word, rest, tag)
        elif word == "for":
            yield from self._open_loop(tag)
        elif word == "if":
            self.scopes.append(_Scope(tag, "if"))
            yield from self._uses(self._parsed("{% " + tag.inside + " %}{% endif %}"), tag, is_printed=False)
        elif word == "set":
            yield from self._set(tag)
        else:
            raise _Faulty("unknown-tag", f'"{word}" is no word that templates know here')

    def _close(self, word: str) -> None:
        kind = _ENDS[word]
        if self.scopes[-1].kind == kind:
            self.scopes.pop()
            return
        if any(scope.kind == kind for scope in self.scopes):
            open_one = self.scopes[-1]
            while self.scopes[-1].kind != kind:
                self.scopes.pop()
            self.scopes.pop()
            raise _Faulty("stray-end", f"{word} stands before the {open_one.kind} inside it is closed")
        raise _Faulty("stray-end", f"{word} closes nothing here")

    def _otherwise(self, word: str, rest: str, tag: Tag) -> Iterator[NameUse]:
        if self.scopes[-1].kind not in (("for", "if") if word == "else" else ("if",)):
            raise _Faulty("stray-end", f"{word} stands outside of if")
        if word == "else" and rest:
            raise _Faulty("syntax", "else takes no condition; use elif")
        if word == "elif":
            yield from self._uses(self._parsed("{% if " + rest + " %}{% endif %}"), tag, is_printed=False)

    def _open_loop(self, tag: Tag) -> Iterator[NameUse]:
        scope = _Scope(tag, "for", {_LOOP: ""})
        try:
            tree = self._parsed("{% " + tag.inside + " %}{% endfor %}")
        except _Faulty:
            self.scopes.append(scope)
            raise
        loop = next(tree.find_all(nodes.For))
        uses = list(self._uses(loop.iter, tag, is_printed=False))
        if isinstance(loop.target, nodes.Name):
            path = self._path(loop.iter)
            scope.meaning[loop.target.name] = f"{path}[]" if path else ""
        else:
            names = [name.name for name in loop.target.find_all(nodes.Name)]
            scope.meaning |= dict.fromkeys(names, "")
            if isinstance(loop.iter, nodes.Filter) and loop.iter.name == "groupby" and len(names) == 2:
                scope.meaning[names[1]] = self._path(loop.iter.node) or "" if loop.iter.node is not None else ""
        self.scopes.append(scope)
        yield from uses
        if loop.test is not None:
            yield from self._uses(loop.test, tag, is_printed=False)

    def _set(self, tag: Tag) -> Iterator[NameUse]:
        if "=" not in tag.inside:
            raise _Faulty("syntax", "set needs a name, = and a value")
        tree = self._parsed("{% " + tag.inside + " %}")
        assign = next(tree.find_all(nodes.Assign))
        uses = list(self._uses(assign.node, tag, is_printed=False))
        targets = [assign.target] if isinstance(assign.target, nodes.Name) else assign.target.find_all(nodes.Name)
        for name in targets:
            self.scopes[-1].meaning[name.name] = self._path(assign.node) or ""
        yield from uses

    def _parsed(self, source: str) -> nodes.Template:
        try:
            return parse(source, filters=self.filters)
        except TemplateSyntaxError as error:
            raise _Faulty("syntax", error.message or "it cannot be read") from None
        except RefusedForSafety as error:
            raise _Faulty("unsafe", str(error)) from None

    def _uses(self, node: nodes.Node, tag: Tag, *, is_printed: bool, filters: FilterChain = ()) -> Iterator[NameUse]:
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            path = self._path(node)
            if path is not None:
                if path:
                    yield NameUse(path, tag.where, tag.around, is_printed, filters, _written(node), self._loops(), tag)
                return
        if isinstance(node, nodes.Filter) and is_printed:
            chain = _filter_chain(node)
            if chain is not None:
                yield from self._uses(chain[0], tag, is_printed=True, filters=(*chain[1], *filters))
                return
        if isinstance(node, nodes.CondExpr):
            yield from self._uses(node.test, tag, is_printed=False)
            for inner in [node.expr1, node.expr2] if node.expr2 is not None else [node.expr1]:
                yield from self._uses(inner, tag, is_printed=is_printed, filters=filters)
            return
        passes_on = filters if isinstance(node, nodes.Or | nodes.And) else ()
        for child in node.iter_child_nodes():
            yield from self._uses(child, tag, is_printed=is_printed, filters=passes_on)

    def _loops(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, meaning)
            for scope in reversed(self.scopes)
            for name, meaning in scope.meaning.items()
            if meaning.endswith("[]")
        )

    def _path(self, node: nodes.Node) -> str | None:
        """The plan path that a name means; "" where it is the template's own, None where the node is no path."""
        if isinstance(node, nodes.Name):
            for scope in reversed(self.scopes):
                if node.name in scope.meaning:
                    return scope.meaning[node.name]
            return node.name
        if isinstance(node, nodes.Filter) and node.node is not None:
            if node.name in _SAME_LIST:
                return self._path(node.node)
            if node.name in _ONE_OF:
                inner = self._path(node.node)
                return f"{inner}[]" if inner else inner
            return None
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            inner = self._path(node.node)
            if not inner:
                return inner
            if isinstance(node, nodes.Getattr):
                return f"{inner}.{node.attr}"
            if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                return f"{inner}.{node.arg.value}"
            return inner if isinstance(node.arg, nodes.Slice) else f"{inner}[]"
        return None


class _Faulty(Exception):
    """A fault on its way to the place where it is told."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def _filter_chain(node: nodes.Filter) -> tuple[nodes.Node, tuple[tuple[str, tuple[object, ...]], ...]] | None:
    """What is filtered, and the filters in the order in which they run; None where an argument is no constant."""
    chain: list[tuple[str, tuple[object, ...]]] = []
    inner: nodes.Node | None = node
    while isinstance(inner, nodes.Filter):
        if inner.kwargs or not all(isinstance(arg, nodes.Const) for arg in inner.args):
            return None
        chain.insert(0, (inner.name, tuple(arg.value for arg in inner.args if isinstance(arg, nodes.Const))))
        inner = inner.node
    return (inner, tuple(chain)) if inner is not None else None


def _written(node: nodes.Node) -> str:
    """A path as the author wrote it: `g.statement`."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_written(node.node)}[{node.arg.value!r}]"
    return ""
