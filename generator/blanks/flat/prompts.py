"""Words printed where an answer goes: "Click here to enter text.", "[Client name]", "«Chart_No»", and what they ask for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.blanks.flat.rects import around
from generator.blanks.pdf_page import Word
from generator.slots import Rect

_SAYS = re.compile(
    r"(?:click|tap|press)(?: or tap)?(?: here)? to (?:enter|add|choose|select|type)(?: [a-z-]+){0,4}\.?"
    r"|(?:choose|select) an item\.?|enter (?:text|a date) here\.?"
    r"|(?:haga clic|pulse|toque)(?: o pulse| o toque)?(?: aquí)? para (?:escribir|agregar|elegir|introducir)(?: [a-zñáéíóú]+){0,3}\.?"
    r"|(?:elija|seleccione) un elemento\.?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"«\s?([^«»]{2,40}?)\s?»|<<\s?([^<>]{2,40}?)\s?>>|\[([A-Za-z][^\[\]]{2,40})\]|\{([A-Za-z][\w .]{2,40})\}"
)
_NO_NAME = re.compile(
    r"(?i)\b(check|circle|mark|if|see|optional|attach|sic|seal|logo|page|continued|opcional|si|rev|revised|new|form|omb|http)\b"
    r"|\d{4}"  # "[Rev. July 1, 2010]"
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Printed words that an answer goes over. `asks` is what they name, "" where they only say to write."""

    rect: Rect
    asks: str


def is_prompt(words: Sequence[Word]) -> bool:
    """Whether these words, together, only say that something is to be written here."""
    text = " ".join(w.text for w in words)
    return bool(_SAYS.fullmatch(text)) or _named(text) == (0, len(text))


def find_prompts(words: Sequence[Word]) -> tuple[list[Prompt], list[Word]]:
    """The prompts of a page, line by line, and the words that are left."""
    prompts: list[Prompt] = []
    taken: set[int] = set()
    for line in _lines(words):
        text = " ".join(w.text for w in line)
        starts, at = [], 0
        for word in line:
            starts.append(at)
            at += len(word.text) + 1
        for begin, end, asks in _spans(text):
            mine = [w for w, start in zip(line, starts, strict=True) if start < end and start + len(w.text) > begin]
            prompts.append(Prompt(around([_part(w, s, begin, end) for w, s in zip(line, starts, strict=True) if w in mine]), asks))  # fmt: skip
            taken |= {id(w) for w in mine}
    return prompts, [w for w in words if id(w) not in taken]


def _part(word: Word, start: int, begin: int, end: int) -> Rect:
    """The part of a word from one letter of its line to another, its letters taken as alike wide."""
    x0, y0, x1, y1 = word.rect
    each = (x1 - x0) / max(1, len(word.text))
    return (x0 + each * max(0, begin - start), y0, x0 + each * min(len(word.text), end - start), y1)


def _spans(text: str) -> list[tuple[int, int, str]]:
    found = [(m.start(), m.end(), "") for m in _SAYS.finditer(text)]
    for m in _NAMED.finditer(text):
        asks = next(g for g in m.groups() if g)
        if not _NO_NAME.search(asks):
            found.append((m.start(), m.end(), asks.replace("_", " ")))
    return found


def _named(text: str) -> tuple[int, int] | None:
    m = _NAMED.fullmatch(text)
    return None if m is None or _NO_NAME.search(text) else (m.start(), m.end())


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-round(w.rect[1] / 3), w.rect[0])):
        last = lines[-1][-1] if lines else None
        if last and abs(last.rect[1] - word.rect[1]) < 3 and -2 < word.rect[0] - last.rect[2] < 2 * max(word.size, 5):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines
