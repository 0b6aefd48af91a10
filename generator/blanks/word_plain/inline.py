"""Places printed inside a line: underscores, date and number patterns, dots, leaders, brackets, grey prompts, gaps."""

import re
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from generator.blanks.word_text.layout import TextLine
from generator.blanks.word_text.line import PPR, RPR, TAB, Element, Piece, w
from generator.blanks.word_text.spot import Span, Spot
from generator.slots import SlotKind

_VAL, _U = w("val"), w("u")
_TAKEN = "\ue000"
LONGEST = 12_000  # characters of one line; no form prints more, and what does is not searched for blanks
# What is printed, by name. The order decides where two would match at one place.
_INLINE = re.compile(
    r"(?P<date>(?<![_\d])(?:_{1,6}|\ {2,4})\s?[/.-]\s?(?:_{1,6}|\ {2,4})\s?[/.-]\s?(?:20)?_{1,8}"
    r"|(?<![_\d/])\ {2,5}/\ {2,5}/(?:\ {2,8}|$)"
    r"|\b(?:mm|dd)\s?[/.-]\s?(?:dd|mm)\s?[/.-]\s?(?:yyyy|yy|aaaa)\b(?=\s*$|\s{2}|\t)"
    r"|\b_{2,}\s+de\s+_{3,}\s+de\s+(?:20)?_{2,})"
    r"|(?P<number>\((?:\s?_{2,4}\s?|\s{2,6})\)\s?_{2,6}(?:\s?-\s?_{2,6})?|(?<!_)_{2,5}-_{2,4}-_{3,6})"
    r"|(?P<bracket>\[\s?\]|\[_{1,3}\]|\(\ {1,4}\)|\(_{1,3}\)(?!\s?_)|<\ >)"
    r"|(?P<angle><<[^<>\n]{1,80}>>|«[^«»\n]{1,80}»)"
    r"|(?P<square>\[(?=[^\[\]\n]{0,160}[\w#])[^\[\]\n]{1,160}\])"
    r"|(?P<brace>(?<![{%#])\{(?![{%#])[^{}\n]{2,100}\}(?!\}))"
    r"|(?P<underscores>_(?:_{2,}|(?:\s_){3,})(?:\ ?_{3,})*|(?<=[$#%] )_{2}(?!_)|(?<![_\w])_{2}(?=[\s.,;)]|$))"
    r"|(?P<dots>\.{5,}|…{2,}[….]*|\.{2,}…[….]*|(?:\.\s){5,}\.?|·{5,})",
    re.IGNORECASE,
)
_TRIGGER = re.compile(r"_|\[|\{|<|«|\.\.|…|·{5}|\(\s{0,6}\)|/\s|\. \. |mm\s?/|dd\s?/|<\ >", re.IGNORECASE)
_PROMPT = re.compile(
    r"\s*[\[(<]?\s*(click|tap|enter|type|choose|select|insert|please (?:enter|type|describe|list)|write|describe|your |"
    r"haga clic|escriba|ingrese|elija|seleccione|introduzca|indique|pulse)\b",
    re.IGNORECASE,
)
_PROMPT_WORD = re.compile(
    r"\b(?:click|tap|enter|type|choose|select|insert|describe|write|please|your|clic|escriba|ingrese|elija|seleccione|"
    r"introduzca|indique|pulse)\b",
    re.IGNORECASE,
)
_NOT_A_BLANK = re.compile(
    r"\[\s*(sic|note|nota|see|ver|rev|form|page|p\.|optional|opcional|redacted|\d+|[ivxlc]+|[a-z])\b[^\]]*\]|"
    r"\[[^\]]{81,}\]|\{[^}]*\}\}|\[(?:https?:|www\.)",
    re.IGNORECASE,
)
_GREY = re.compile(r"[0-9a-f]{6}", re.IGNORECASE)
_LEADS = frozenset(("underscore", "dot", "middleDot", "hyphen", "heavy"))


def inline_spots(line: TextLine, taken: list[tuple[int, int]], leaders: "Leaders") -> Iterator[Spot]:
    """The places of one line that are printed with signs; `taken` are the places of controls in it."""
    text = line.text
    if len(text) > LONGEST:
        return
    found: list[tuple[int, int]] = []
    if _TRIGGER.search(text):
        masked = _masked(text, taken)
        for match in _INLINE.finditer(masked):
            spot = _from_match(line, match)
            if spot is not None:
                found.append((spot.start, spot.end))
                yield spot
    if "\t" in text or "  " in text or "\u00a0" in text:
        for spot in _ruled_spots(line, taken + found, leaders):
            found.append((spot.start, spot.end))
            yield spot
    if _PROMPT_WORD.search(text):
        yield from _prompts(line, taken + found)


def _from_match(line: TextLine, match: re.Match[str]) -> Spot | None:
    shape = match.lastgroup or ""
    start, end, said = match.start(), match.end(), match[0]
    if shape in ("square", "brace", "angle"):
        if _NOT_A_BLANK.match(said) or (shape == "brace" and not re.search(r"[A-Za-z]", said)):
            return None
        spot = Spot("placeholder", SlotKind.TEXT, [Span(line, start, end)])
        spot.hint = said.strip("[]{}<>«» ")
        if re.fullmatch(r"(?:mm?|dd?|yy(?:yy)?|aaaa|[/.\- ])+", spot.hint, re.IGNORECASE):
            spot.kind = SlotKind.DATE
        return spot
    if shape == "bracket":
        if said.startswith("(") and not re.search(r"\w", line.text[end : end + 3]):
            return None
        return Spot("bracket", SlotKind.CHECK, [Span(line, start, end)])
    if shape == "date":
        start += len(said) - len(said.lstrip(" ")) if "_" in said else 0
        return Spot("date", SlotKind.DATE, [Span(line, start, end)])
    if shape == "number":
        return Spot("number", SlotKind.TEXT, [Span(line, start, end)])
    if shape == "dots" and re.match(r"\s*\d+\s*$", line.text[end:]):
        return None  # a table of contents
    return Spot(shape, SlotKind.TEXT, [Span(line, start, end)])


def _masked(text: str, taken: list[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in taken:
        characters[start:end] = _TAKEN * (end - start)
    return "".join(characters)


def _is_free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= a or start >= b for a, b in taken)


def _ruled_spots(line: TextLine, taken: list[tuple[int, int]], leaders: "Leaders") -> Iterator[Spot]:
    """Tabs with a leader, and white space that is underlined."""
    stops: list[tuple[int, str]] | None = None
    tabs, run_start, run_end = 0, -1, -1
    for piece in line.line.pieces:
        if piece.node.tag == TAB:
            if stops is None:
                stops = leaders.of(line.line.paragraph)
            leader = _leader_of(stops, tabs)
            tabs += 1
            if leader and not _is_underlined(piece) and _is_free(piece.start, piece.start + 1, taken):
                if not re.match(r"\s*\d+\s*$", line.text[piece.start + 1 :]):
                    yield Spot("tab-leader", SlotKind.TEXT, [Span(line, piece.start, piece.start + 1)])
                continue
        for offset, char in enumerate(piece.text):
            place = piece.start + offset
            if char in "\t \u00a0\u2002\u2003" and _is_underlined(piece):
                if run_end != place:
                    yield from _underlined(line, run_start, run_end, taken)
                    run_start = place
                run_end = place + 1
    yield from _underlined(line, run_start, run_end, taken)


def _underlined(line: TextLine, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[Spot]:
    text = line.text[start:end] if start >= 0 else ""
    if ("\t" in text or len(text) >= 4) and _is_free(start, end, taken):
        yield Spot("ruled", SlotKind.TEXT, [Span(line, start, end)])


def _is_underlined(piece: Piece) -> bool:
    properties = piece.run.find(RPR)
    line = properties.find(_U) if properties is not None else None
    return line is not None and line.get(_VAL) not in ("none", None)


def _leader_of(stops: list[tuple[int, str]], number: int) -> str:
    if not stops:
        return ""
    leader = stops[min(number, len(stops) - 1)][1] if number < len(stops) else ""
    return leader if leader in _LEADS else ""


class Leaders:
    """The tab stops of paragraphs, those of their styles too; the styles are read when the first tab is met."""

    def __init__(self, styles: bytes | None) -> None:
        self._data = styles

    @cached_property
    def _styles(self) -> dict[str, list[tuple[int, str]]]:
        root = _styles_root(self._data)
        if root is None:
            return {}
        styles = ((style.get(w("styleId")) or "", _stops(style.find(PPR))) for style in root.iter(w("style")))
        return {name: stops for name, stops in styles if stops}

    def of(self, paragraph: Element) -> list[tuple[int, str]]:
        """Places in twips with their leaders, in order."""
        properties = paragraph.find(PPR)
        style = properties.find(w("pStyle")) if properties is not None else None
        own = _stops(properties)
        inherited = self._styles.get(style.get(_VAL) or "", []) if style is not None else []
        placed = dict([*inherited, *own])
        return sorted((place, leader) for place, leader in placed.items() if leader != "clear")


def _stops(properties: Element | None) -> list[tuple[int, str]]:
    tabs = properties.find(w("tabs")) if properties is not None else None
    out = []
    for tab in tabs if tabs is not None else ():
        place = tab.get(w("pos")) or "0"
        leader = "clear" if tab.get(_VAL) == "clear" else tab.get(w("leader")) or "none"
        if tab.get(_VAL) != "bar" and re.fullmatch(r"-?\d+", place):
            out.append((int(place), leader))
    return out


def _prompts(line: TextLine, taken: list[tuple[int, int]]) -> Iterator[Spot]:
    """Grey words that say what to write, such as "Click here to enter text"."""
    start = end = -1
    for piece in line.line.pieces:
        if _looks_like_a_prompt(piece.run) and piece.text != "\t":
            if end != piece.start:
                yield from _prompt(line, start, end, taken)
                start = piece.start
            end = piece.start + len(piece.text)
    yield from _prompt(line, start, end, taken)


def _prompt(line: TextLine, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[Spot]:
    if start >= 0 and _PROMPT.match(line.text[start:end]) and _is_free(start, end, taken):
        said = line.text[start:end]
        start += len(said) - len(said.lstrip())
        end -= len(said) - len(said.rstrip())
        spot = Spot("prompt", SlotKind.TEXT, [Span(line, start, end)])
        spot.hint = said.strip()
        yield spot


def _looks_like_a_prompt(run: Element) -> bool:
    properties = run.find(RPR)
    if properties is None:
        return False
    style = properties.find(w("rStyle"))
    if style is not None and "placeholder" in (style.get(_VAL) or "").lower():
        return True
    color = properties.find(w("color"))
    value = (color.get(_VAL) or "") if color is not None else ""
    if color is not None and (color.get(w("themeTint")) or color.get(w("themeShade"))):
        return True
    if not _GREY.fullmatch(value):
        return False
    red, green, blue = (int(value[i : i + 2], 16) for i in (0, 2, 4))
    return max(red, green, blue) - min(red, green, blue) <= 24 and 0x60 <= red <= 0xD0


def _styles_root(data: bytes | None) -> Element | None:
    """The root of the styles part, None where there is none or it cannot be read."""
    if not data:
        return None
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
