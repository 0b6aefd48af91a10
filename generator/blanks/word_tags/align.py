"""A filled document laid over its template: what each tag printed, in which round of which loop.

The template's own words between tags are the anchors. Both files are read as lines of text with marks where a paragraph,
a cell or a row ends; the template becomes a small program of lines, choices and loops, which is run over the filled text
with a way back at every choice. Nothing here knows what a treatment plan is. Runs in the worker.
"""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from generator.blanks.word_tags.render import source_of
from generator.blanks.word_tags.scan import PROPERTIES, tagged_parts
from generator.errors import BlankNotReadable
from generator.ooxml import SIGNED_STYLE, W, open_package, parse_xml
from generator.ooxml_clean import cleaned

Piece: TypeAlias = list["str | list[list[object]]"]
"""`["t", words]`, `["e", expression]` or `["i", [[condition, pieces], ...]]`: what a line of the template prints."""

_PARAGRAPH, _CELL, _ROW = "\x1e", "\x1d", "\x1c"
_ENDS = {"</w:p>": _PARAGRAPH, "</w:tc>": _CELL, "</w:tr>": _ROW}
_MARKS = re.compile(f"[{_PARAGRAPH}{_CELL}{_ROW}]")
_TOKEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_XML = re.compile(r"<[^>]*>|[^<]+")
_FOR = re.compile(r"for\s+(\w+)\s+in\s+(.+)", re.DOTALL)
_CONSTANT = re.compile(r"(['\"])([^'\"\\]*)\1")
_ROOM = re.compile(r"_{2,}|\.{4,}|…{2,}")
_ADDED = ("Continued", "Continuación")
_STEPS = 400_000
_LARGEST = 2_000_000
_NOTICE = re.compile(r"42 CFR part 2 prohibits unauthorized use or disclosure of these records\.?")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the filled document and the pieces that printed it (JSON of a list of `Piece`).

    `names` are the loops' names and the entry each stands for: `{"g": "goals[1]"}`; `where` tells the line apart.
    """

    text: str
    pieces: str
    names: Mapping[str, str]
    where: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A document laid over a template: its lines, how many of the template's own letters it shows, and parts that differ.

    `has_added`: texts that had no place stand after its last paragraph; they are none of the lines.
    """

    lines: tuple[PrintedLine, ...]
    anchors: int
    differing: tuple[str, ...]
    has_added: bool = False


def lay_over(template: bytes, filled: bytes, is_form: bool = False) -> Laid:
    """Find what each tag of `template` printed in `filled`. A part that is not what its template prints is named.

    `is_form`: underscores and dots to write on are no words of the form; an answer takes as many of them as it needs.

    Raises BlankNotReadable where either is no Word file.
    """
    own = cleaned(open_package(template, refuse_acting=False)).parts
    other = cleaned(open_package(filled, refuse_acting=False)).parts
    lines: list[PrintedLine] = []
    differing: list[str] = []
    anchors = 0
    has_added = False
    for part in tagged_parts(own):
        if part in PROPERTIES:
            continue
        if part not in other:
            differing.append(part)
            continue
        program = _Program.of(source_of(own[part], part), _ROOM if is_form else None)
        subject = _flat(_as_written(other[part], part))
        subject = _ROOM.sub("", subject) if is_form else subject
        has_added = has_added or any(line.strip() in _ADDED for line in _MARKS.split(subject))
        found = program.run(subject, part)
        if found is None:
            differing.append(part)
        else:
            lines += found[0]
            anchors += found[1]
    return Laid(tuple(lines), anchors, tuple(differing), has_added)


def _as_written(xml: bytes, part: str) -> str:
    """The part without what was put there by signing: below it the form's own words still stand."""
    from lxml import etree

    root = parse_xml(xml, part)
    for style in [one for one in root.iter(f"{{{W}}}rStyle") if one.get(f"{{{W}}}val") == SIGNED_STYLE]:
        run = next(style.iterancestors(f"{{{W}}}r"), None)
        holder = run.getparent() if run is not None else None
        if run is not None and holder is not None:
            holder.remove(run)
    return etree.tostring(root, encoding="unicode")


class _Flattener:
    """XML to text, a piece at a time: a piece may end inside an element of text."""

    def __init__(self) -> None:
        self._in_text = False
        self._in_field = 0

    def text(self, xml: str) -> str:
        out: list[str] = []
        for token in _XML.findall(xml):
            if not token.startswith("<"):
                if self._in_text and not self._in_field:
                    out.append(html.unescape(token))
                continue
            name = token[1:].split(None, 1)[0].rstrip("/>")
            if name == "w:t":
                self._in_text = not token.endswith("/>")
            elif name == "/w:t":
                self._in_text = False
            elif name == "w:fldChar":
                # What Word counts itself (page numbers) is no anchor: it changes whenever the file is saved.
                self._in_field += 1 if 'fldCharType="begin"' in token else -1 if 'fldCharType="end"' in token else 0
                self._in_field = max(self._in_field, 0)
            elif token in _ENDS:
                out.append(_ENDS[token])
            elif name == "w:br" and "page" not in token:
                out.append("\n")
            elif token in ("<w:tab/>", "<w:cr/>"):
                out.append("\t" if "tab" in token else "\n")
        return "".join(out)


def _flat(xml: str) -> str:
    return _Flattener().text(xml)


@dataclass(slots=True)
class _Node:
    """A tag's expression, a loop or a choice of the template, with the words between."""

    kind: str  # words, tag, for, if
    text: str = ""
    bodies: list[tuple[str, list["_Node"]]] = field(default_factory=list)


def _parsed(source: str, room: "re.Pattern[str] | None") -> list[_Node]:
    """The template's source as nodes. Raises BlankNotReadable where its blocks do not fit together."""
    flattener = _Flattener()
    stack: list[tuple[str, _Node | None, list[_Node]]] = [("", None, [])]
    at = 0
    for found in [*_TOKEN.finditer(source), None]:
        words = flattener.text(source[at : found.start() if found else len(source)])
        words = room.sub("", words) if room is not None else words
        if words:
            stack[-1][2].append(_Node("words", words))
        if found is None:
            break
        at = found.end()
        inside = found[0][2:-2].strip().strip("-").strip()
        if found[0].startswith("{{"):
            constant = _CONSTANT.fullmatch(inside)
            # A text in quotation marks is the template's own word, as if it stood outside of the tag.
            tag = _Node("words", constant[2]) if constant else _Node("tag", re.sub(r"^(r|p)\s+", "", inside))
            stack[-1][2].append(tag)
        elif found[0].startswith("{%"):
            _block(stack, inside)
    if len(stack) != 1:
        raise BlankNotReadable(
            "The blocks of this template do not fit together. Check it with: planscribe template check"
        )
    return stack[0][2]


def _block(stack: list[tuple[str, _Node | None, list[_Node]]], inside: str) -> None:
    word, _, rest = inside.partition(" ")
    if word in ("for", "if"):
        node = _Node(word, inside if word == "for" else "")
        body: list[_Node] = []
        stack[-1][2].append(node)
        node.bodies.append((rest.strip(), body))
        stack.append((word, node, body))
    elif word in ("elif", "else"):
        _, known, _ = stack.pop()
        if known is None:
            raise BlankNotReadable("The blocks of this template do not fit together.")
        fresh: list[_Node] = []
        known.bodies.append((rest.strip() if word == "elif" else "", fresh))
        stack.append((known.kind, known, fresh))
    elif word in ("endfor", "endif"):
        if len(stack) < 2:
            raise BlankNotReadable("The blocks of this template do not fit together.")
        stack.pop()


def _is_inline(node: _Node) -> bool:
    if node.kind == "words":
        return not _MARKS.search(node.text)
    return all(_is_inline(inner) for _, body in node.bodies for inner in body)


def _pieces(nodes: Sequence[_Node]) -> list[Piece]:
    out: list[Piece] = []
    for node in nodes:
        if node.kind == "words":
            out.append(["t", node.text])
        elif node.kind == "tag":
            out.append(["e", node.text])
        elif node.kind == "if":
            out.append(["i", [[condition, _pieces(body)] for condition, body in node.bodies]])
        else:
            out.append(["u", node.text])
    return out


def _skeleton(nodes: Sequence[_Node]) -> str:
    """A regular expression of a line: its own words, and room for whatever tags print."""
    out = []
    for node in nodes:
        if node.kind == "words":
            out.append(re.escape(node.text))
        elif node.kind == "if":
            bodies = [_skeleton(body) for _, body in node.bodies]
            out.append(f"(?:{'|'.join(bodies)}|)")
        else:
            out.append(f"[^{_PARAGRAPH}{_CELL}{_ROW}]*")
    return "".join(out)


def _own_letters(nodes: Sequence[_Node]) -> int:
    return sum(sum(map(str.isalnum, node.text)) for node in nodes if node.kind == "words")


@dataclass(slots=True)
class _Op:
    """One instruction: line, mark, split (`to` is the other way), jump, enter, next (round of a loop), leave, fact."""

    name: str
    text: str = ""
    to: int = -1
    line: "re.Pattern[str] | None" = None
    pieces: str = ""
    letters: int = 0
    variable: str = ""
    has_tags: bool = False


_Loops: TypeAlias = tuple[tuple[str, str, int], ...]
_Facts: TypeAlias = frozenset[tuple[str, bool]]
_Trail: TypeAlias = "tuple[_Trail, PrintedLine, int] | None"


class _Program:
    def __init__(self, ops: list[_Op]) -> None:
        self._ops = ops

    @classmethod
    def of(cls, source: str, room: "re.Pattern[str] | None" = None) -> "_Program":
        """The program of one part's source; what `room` finds between tags is left out."""
        ops: list[_Op] = []
        _emit(_parsed(source, room), ops)
        ops.append(_Op("end"))
        return cls(ops)

    def run(self, subject: str, part: str) -> tuple[list[PrintedLine], int] | None:
        """The lines that tags printed, and how many letters of the template are there; None where it does not fit.

        Loops are tried as long as they go and as short: where both fit, that way is right which shows more of the
        template's own words.
        """
        if len(subject) > _LARGEST:
            return None
        found = [one for greedy in (True, False) if (one := self._search(subject, part, greedy)) is not None]
        return max(found, key=lambda one: one[1]) if found else None

    def _search(self, subject: str, part: str, greedy: bool) -> tuple[list[PrintedLine], int] | None:
        start: tuple[int, int, _Loops, _Facts, _Trail] = (0, 0, (), frozenset(), None)
        waiting = [start]
        seen: set[tuple[int, int, _Loops, _Facts]] = set()
        steps = 0
        while waiting:
            pc, pos, loops, facts, trail = waiting.pop()
            while True:
                steps += 1
                if steps > _STEPS:
                    return None
                op = self._ops[pc]
                if op.name in ("split", "next"):
                    state = (pc, pos, loops, facts)
                    if state in seen:
                        break
                    seen.add(state)
                if op.name == "line":
                    mark = _MARKS.search(subject, pos)
                    end = mark.start() if mark else len(subject)
                    text = subject[pos:end]
                    if op.line is None or not op.line.fullmatch(text):
                        break
                    if op.has_tags:
                        names = {variable: _entry(path, index) for variable, path, index in loops}
                        where = f"{part}/{pc}/{'.'.join(str(index) for _, _, index in loops)}"
                        trail = (trail, PrintedLine(text, op.pieces, names, where), op.letters)
                    elif op.letters:
                        trail = (trail, PrintedLine("", "", {}, ""), op.letters)
                    pc, pos = pc + 1, end
                elif op.name == "mark":
                    if not subject.startswith(op.text, pos):
                        break
                    pc, pos = pc + 1, pos + len(op.text)
                elif op.name == "split":
                    waiting.append((op.to, pos, loops, facts, trail))
                    pc += 1
                elif op.name == "jump":
                    pc = op.to
                elif op.name == "enter":
                    loops = (*loops, (op.variable, _resolved(op.text, loops), -1))
                    pc += 1
                elif op.name == "next":
                    variable, path, index = loops[-1]
                    again = (pc + 1, pos, (*loops[:-1], (variable, path, index + 1)), facts | {(path, True)}, trail)
                    stop_facts = facts if index >= 0 else facts | {(path, False)}
                    done = (op.to, pos, loops[:-1], stop_facts, trail)
                    may = [one for one in (again, done) if _agree(one[3])]
                    if not may or (index > 0 and index > len(subject)):
                        break
                    if not greedy:
                        may.reverse()
                    waiting += reversed(may[1:])
                    pc, pos, loops, facts, trail = may[0]
                elif op.name == "fact":
                    wanted = _fact(op.text, loops)
                    if wanted is not None:
                        facts = facts | {wanted}
                        if not _agree(facts):
                            break
                    pc += 1
                elif _is_rest(subject[pos:]):
                    return _told(trail)
                else:
                    break
        return None


def _emit(nodes: Sequence[_Node], ops: list[_Op]) -> None:
    """Instructions for nodes: whole lines where tags stand inside a paragraph, choices and loops around whole ones."""
    line: list[_Node] = []

    def flush() -> None:
        pieces = [node for node in line if node.kind != "words" or node.text]
        has_tags = any(node.kind != "words" for node in pieces)
        pattern = re.compile(_skeleton(pieces), re.DOTALL)
        ops.append(
            _Op(
                "line",
                line=pattern,
                pieces=json.dumps(_pieces(pieces)),
                letters=_own_letters(pieces),
                has_tags=has_tags,
            )
        )
        line.clear()

    for node in nodes:
        if _is_inline(node):
            line.append(node)
        elif node.kind == "words":
            at = 0
            for mark in _MARKS.finditer(node.text):
                line.append(_Node("words", node.text[at : mark.start()]))
                if any(one.kind != "words" or one.text for one in line) or mark[0] == _PARAGRAPH:
                    flush()
                line.clear()
                ops.append(_Op("mark", mark[0]))
                at = mark.end()
            if node.text[at:]:
                line.append(_Node("words", node.text[at:]))
        else:
            if any(one.kind != "words" or one.text for one in line):
                flush()
            line.clear()
            _emit_block(node, ops)
    if any(one.kind != "words" or one.text for one in line):
        flush()


def _emit_block(node: _Node, ops: list[_Op]) -> None:
    if node.kind == "for":
        found = _FOR.fullmatch(node.text)
        enter = _Op("enter", found[2].strip() if found else "?", variable=found[1] if found else "?")
        ops.append(enter)
        turn = _Op("next")
        ops.append(turn)
        start = len(ops) - 1
        _emit(node.bodies[0][1], ops)
        ops.append(_Op("jump", to=start))
        turn.to = len(ops)
        return
    ends: list[_Op] = []
    before: list[str] = []
    for condition, body in node.bodies:
        split = _Op("split")
        ops.append(split)
        ops += [_Op("fact", f"not {one}") for one in before]
        if condition:
            ops.append(_Op("fact", condition))
            before.append(condition)
        _emit(body, ops)
        end = _Op("jump")
        ops.append(end)
        ends.append(end)
        split.to = len(ops)
    ops += [_Op("fact", f"not {one}") for one in before]
    for end in ends:
        end.to = len(ops)


def _resolved(path: str, loops: _Loops) -> str:
    first, dot, rest = path.partition(".")
    for variable, known, index in reversed(loops):
        if variable == first:
            return f"{_entry(known, index)}{dot}{rest}"
    return path


def _entry(path: str, index: int) -> str:
    return f"{path}[{index}]"


def _fact(condition: str, loops: _Loops) -> tuple[str, bool] | None:
    """What a condition says of a list: `goals`, `not goals`; None for any other condition."""
    bare = condition.removeprefix("not ").removeprefix("not ")
    if not re.fullmatch(r"[\w.]+", bare):
        return None
    negations = condition.count("not ")
    return _resolved(bare, loops), negations % 2 == 0


def _agree(facts: _Facts) -> bool:
    return not any((path, not held) in facts for path, held in facts)


def _is_rest(text: str) -> bool:
    """Whether nothing is left but blank lines, the notice that is added at the foot, and texts that had no place."""
    for line in map(str.strip, _MARKS.split(text)):
        if line in _ADDED:
            return True  # what follows was added after the form's last paragraph
        if line and not _NOTICE.fullmatch(line):
            return False
    return True


def _told(trail: _Trail) -> tuple[list[PrintedLine], int]:
    lines: list[PrintedLine] = []
    letters = 0
    while trail is not None:
        trail, line, own = trail
        letters += own
        if line.where:
            lines.append(line)
    return list(reversed(lines)), letters
