"""Boxes to tick that are printed as signs, and choices to circle."""

import re
from collections.abc import Iterator

from generator.blanks.word_plain.inline import LONGEST
from generator.blanks.word_text.layout import TextLine
from generator.blanks.word_text.line import RPR, SYM, Line, Piece, w
from generator.blanks.word_text.spot import Span, Spot
from generator.blanks.word_text.write import put, ringed
from generator.slots import Choice, SlotKind, Value

_FONT, _FONTS_OF, _ASCII, _HANSI = w("font"), w("rFonts"), w("ascii"), w("hAnsi")
EMPTY_BOX = "\u2610\u25a1\u25a2\u2751\u274f\u2750\u25cb\u25ef\u2b1c\u2b55\U0001f78e\u25fb\u25fd"
TICKED = {"\u25cb": "\u25cf", "\u25ef": "\u25cf", "\u25a1": "\u25a0", "\u25a2": "\u25a3", "\u2b1c": "\u2b1b"}
# Symbol fonts by code: empty to ticked. The private area and the plain codes mean the same (Wingdings, Webdings).
_WINGDINGS = {
    0xA8: 0xFE,
    0x6F: 0xFE,
    0x71: 0xFE,
    0x72: 0xFE,
    0xA1: 0xA4,
    0x2A: 0x52,
    0xA3: 0x52,
    0x30: 0x52,
    0x81: 0xA4,
}
_WINGDINGS2 = {0xA3: 0x52, 0x2A: 0x52, 0x35: 0x52, 0x99: 0x98, 0x30: 0x52, 0x81: 0x98}
_WEBDINGS = {0x63: 0x67, 0x31: 0x6E}
_PRIVATE = "\uf0a8\uf06f\uf071\uf072\uf0a1\uf0a3"  # boxes of symbol fonts, where a style names the font
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS2, "webdings": _WEBDINGS}
_MAY_BE_BOX = re.compile(r"[^\x00-\x7f]|^[oqrc1*0]+\s*$")
_CIRCLE = re.compile(
    r"[(\[]?\s{0,3}(?:please\s{1,3})?\b(?:circle|underline|mark|check|encierre|marque|rodee|subraye)\s{1,3}"
    r"(?:(?:only\s{1,3})?(?:one|answer|all that apply|una?o?|la que corresponda|con un círculo)(?:\s\w{1,20})?"
    r"|(?:en un )?círculo)\s{0,3}[)\]]?\s{0,3}:?",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"(?P<list>\b(?:yes|sí|si|y)\b\s{0,9}(?:/|\||\s{2,12}|\t|\bor\b)\s{0,9}\b(?:no|n)\b"
    r"(?:\s{0,9}(?:/|\||\s{2,12}|\t)\s{0,9}(?:n/?a|not applicable|unknown|unsure|no aplica|no sabe))?)\s{0,9}[).]?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s{2,}|\t+|\s*/\s*|\s*\|\s*|\s*[,;]\s*|\n|\s+or\s+|\s+o\s+")
_ANSWER_BEFORE = re.compile(r"(?<!\w)(?:yes|no|n/a|sí|si|male|female|m|f)\s*:?\s*$", re.IGNORECASE)
_BLANK_BEFORE_WORD = re.compile(r"(?<![\w_])_{1,5}(?=\s?[A-Za-zÁÉÍÓÚÑáéíóúñ/&(])")


def box_spots(line: TextLine, taken: list[tuple[int, int]]) -> Iterator[Spot]:
    """The boxes of one line, by sign or by symbol font."""
    for piece in line.line.pieces:
        if piece.node.tag == SYM:
            if _symbol_ticked(piece, 0) is not None and _is_free(piece.start, taken):
                yield Spot("symbol", SlotKind.CHECK, [Span(line, piece.start, piece.start + 1)])
            continue
        if not _MAY_BE_BOX.search(piece.text):
            continue
        font = _font(piece)
        for offset, char in enumerate(piece.text):
            place = piece.start + offset
            is_symbol = (font in _FONTS and (ord(char) & 0xFF) in _FONTS[font]) or char in _PRIVATE
            if (char in EMPTY_BOX or is_symbol) and _is_free(place, taken):
                shape = "symbol" if is_symbol and char not in EMPTY_BOX else "glyph"
                yield Spot(shape, SlotKind.CHECK, [Span(line, place, place + 1)])


def circle_spot(line: TextLine, taken: list[tuple[int, int]], says_circle: bool) -> Spot | None:
    """Choices of which one is to be circled, after "(circle one)" or as Yes / No; `says_circle`: the label says so."""
    text = line.text
    if len(text) > LONGEST:
        return None
    found = _CIRCLE.search(text)
    if found is not None and text[found.end() :].strip():
        start, end = found.end(), len(text)
    elif found is not None and ":" in text[: found.start()]:
        start, end = text.rfind(":", 0, found.start()) + 1, found.start()
    elif says_circle:
        colon = text.find(":")
        start, end = colon + 1, len(text)
    else:
        yes_no = _YES_NO.search(text.rstrip())
        if yes_no is None or not re.search(r"[:?.)]\s*$|\s{2}$|\t$", text[: yes_no.start("list")] or ":"):
            return None
        start, end = yes_no.span("list")
    said = text[start:end]
    end -= len(said) - len(said.rstrip())
    start += len(said) - len(said.lstrip())
    if any(char in EMPTY_BOX or "\uf020" <= char <= "\uf0ff" for char in text[start:end]):
        return None  # boxes to tick, not words to circle
    label = re.search(r"\s{2,9}(?=[^:\s][^:]{0,60}:)|\t(?=[^:]{0,60}:)", text[start:end])
    if label is not None:
        end = start + label.start()
    options = [one.strip(" ()[]") for one in _BETWEEN.split(text[start:end]) if one and one.strip(" ()[]")]
    if (
        len(options) < 2
        or any(len(one) > 60 for one in options)
        or not all(_is_free(p, taken) for p in range(start, end))
    ):
        return None
    spot = Spot("circle", SlotKind.CHOICE, [Span(line, start, end)])
    spot.choices = tuple(Choice(one, one) for one in options)
    return spot


def says_circle(text: str) -> bool:
    """Whether a label asks to circle one of the choices beside it."""
    return _CIRCLE.search(text[:LONGEST]) is not None


def blanks_to_tick(line: TextLine, spots: list[Spot]) -> None:
    """Turn short underscores into boxes: before words, at least two in a line (`__ Yes  __ No`), or after Yes and No."""
    short = [spot for spot in spots if spot.shape == "underscores" and spot.end - spot.start <= 6]
    answers = [spot for spot in short if _ANSWER_BEFORE.search(line.text[: spot.start])]
    before = [spot for spot in short if _BLANK_BEFORE_WORD.match(line.text, spot.start)]
    chosen = answers if len(answers) >= 2 else before if _are_before_words(line, before) else []
    for spot in chosen:
        spot.shape, spot.kind = "blank-box", SlotKind.CHECK


def _are_before_words(line: TextLine, short: list[Spot]) -> bool:
    if len(short) < 2:
        return False
    first = line.text[: short[0].start].rstrip()
    if first and not first.endswith((":", "?", ")", "\u2022")):
        return False
    ends = [spot.start for spot in short[1:]]
    between = (line.text[spot.end : end] for spot, end in zip(short, ends, strict=False))
    return not any(":" in words.strip().rstrip(":") for words in between)


def write_box(spot: Spot, value: Value) -> str:
    """Tick a printed box, or leave it; gives back why not, or ""."""
    line = Line.read(spot.line.line.paragraph)
    is_on = bool(value) and value not in ("0", "No", "Off", "false")
    if not is_on:
        return ""
    if spot.shape in ("bracket", "blank-box"):
        said = line.text[spot.start : spot.end]
        ticked = f"{said[0]}X{said[-1]}" if spot.shape == "bracket" else "X".center(len(said), "_")
        put(line, spot.start, spot.end, ticked)
        return ""
    piece = line.at(spot.start)
    if piece is None:
        return "the box is not where it was"
    offset = spot.start - piece.start
    if spot.shape == "symbol":
        code = _symbol_ticked(piece, offset)
        if code is None:
            return "the box is not where it was"
        if piece.node.tag == SYM:
            piece.node.set(w("char"), f"{code | 0xF000:04X}")
        else:
            high = ord(piece.text[offset]) & 0xFF00
            piece.node.text = piece.text[:offset] + chr(high | code) + piece.text[offset + 1 :]
        return ""
    sign = TICKED.get(piece.text[offset], "\u2612")
    piece.node.text = piece.text[:offset] + sign + piece.text[offset + 1 :]
    return ""


def write_circle(spot: Spot, value: Value) -> str:
    """Put a frame around the choice; gives back why not, or ""."""
    wanted = ("Yes" if value is True else "No" if value is False else str(value)).strip().casefold()
    line = Line.read(spot.line.line.paragraph)
    said = line.text[spot.start : spot.end]
    at = 0
    for choice in spot.choices:
        place = said.find(choice.label, at)
        if place < 0:
            continue
        at = place + len(choice.label)
        if choice.label.strip().casefold() == wanted:
            start = spot.start + place
            put(line, start, start + len(choice.label), choice.label, edit=ringed)
            return ""
    names = ", ".join(f'"{choice.label}"' for choice in spot.choices)
    return f"the form does not offer this; it offers {names}"


def _symbol_ticked(piece: Piece, offset: int) -> int | None:
    char = piece.text[offset]
    return _FONTS.get(_font(piece), _WINGDINGS if char in _PRIVATE else {}).get(ord(char) & 0xFF)


def _font(piece: Piece) -> str:
    if piece.node.tag == SYM:
        return (piece.node.get(_FONT) or "").lower()
    properties = piece.run.find(RPR)
    fonts = properties.find(_FONTS_OF) if properties is not None else None
    return ((fonts.get(_ASCII) or fonts.get(_HANSI) or "") if fonts is not None else "").lower()


def _is_free(place: int, taken: list[tuple[int, int]]) -> bool:
    return all(place < a or place >= b for a, b in taken)
