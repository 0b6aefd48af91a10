"""Writing text into printed places: over underscores with the line kept, over lines of one answer, into combs and cells."""

import re

from generator.blanks.word_text.line import Line
from generator.blanks.word_text.spot import Span, Spot
from generator.blanks.word_text.write import put, underlined, without_label_look, without_prompt_look
from generator.slots import Value

_RULED = ("underscores",)


def write_plain(spot: Spot, value: Value) -> str:
    """Write a text into a printed place; gives back why not, or ""."""
    text = value if isinstance(value, str) else "X" if value is True else ""
    if spot.shape == "comb":
        return _write_comb(spot, text)
    if len(spot.spans) > 1:
        _write_lines(spot.spans, text)
        return ""
    _write_span(spot.shape, spot.spans[0], text)
    return ""


def _write_span(shape: str, span: Span, text: str) -> None:
    line = Line.read(span.line.line.paragraph)
    start, end = span.start, span.end
    said = line.text[start:end]
    if shape in _RULED:
        _write_on_rule(line, start, end, text)
    elif shape in ("prompt",):
        put(line, start, end, text, edit=without_prompt_look)
    elif shape == "gap":
        put(line, start, end, f" {text}", edit=without_label_look, keep=_rest_of_gap(said, text))
    elif shape == "end":
        space = "" if not said and line.text[-1:].isspace() else " "
        put(line, start, end, f"{space}{text}", edit=without_label_look)
    elif shape == "caption":
        put(line, start, end, f"\n{text}", edit=without_label_look)
    elif shape in ("tab-leader", "ruled"):
        space = " " if line.text[:start][-1:].isalnum() else ""
        put(line, start, end, f"{space}{text}", keep=_rest_of_rule(said, text))
    else:
        put(line, start, end, text)


def _write_on_rule(line: Line, start: int, end: int, text: str) -> None:
    """The answer underlined, and underscores after it as far as the line went."""
    rest = end - start - len(text)
    tail = "_" * rest if rest >= 3 and "\n" not in text else ""
    put(line, start, end, text, edit=underlined, keep=tail)


def _write_lines(spans: list[Span], text: str) -> None:
    """One answer over several lines, broken at spaces; the last line takes what is left, unused lines stay."""
    lines = _broken(text, [span.end - span.start for span in spans])
    for span, words in zip(spans, lines, strict=False):
        line = Line.read(span.line.line.paragraph)
        if words:
            _write_on_rule(line, span.start, span.end, words)


def _broken(text: str, sizes: list[int]) -> list[str]:
    out: list[str] = []
    rest = text
    for size in sizes[:-1]:
        first, mark, after = rest.partition("\n")
        if len(first) <= size:
            out.append(first)
            rest = after if mark else ""
            continue
        cut = first.rfind(" ", 0, size + 1)
        cut = cut if cut > 0 else len(first)
        out.append(first[:cut])
        rest = first[cut:].lstrip(" ") + mark + after
    out.append(rest)
    return out


def _write_comb(spot: Spot, text: str) -> str:
    characters = text.strip()
    if len(characters) > len(spot.spans):
        characters = re.sub(r"[\W_]", "", characters)
    if len(characters) > len(spot.spans):
        return f"the form has {len(spot.spans)} boxes for single characters, and the answer is longer"
    for span, char in zip(spot.spans, characters, strict=False):
        if char.strip():
            put(Line.read(span.line.line.paragraph), span.start, span.end, char)
    return ""


def _rest_of_rule(rule: str, text: str) -> str:
    """What stays of a ruled line of tabs or spaces behind an answer, so that it ends about where it did."""
    if "\n" in text:
        return ""
    tabs = rule.count("\t")
    if tabs:
        return "\t" * max(1, tabs - len(text) // 7)
    return "\u00a0" * (len(rule) - len(text)) if len(rule) - len(text) >= 3 else ""


def _rest_of_gap(gap: str, text: str) -> str:
    """What stays of the white space between an answer and the next label."""
    if "\t" in gap:
        return gap.lstrip(" \u00a0")
    return " " * max(3, len(gap) - len(text) - 1)
