"""What a person would call each place: the words before it, after it, beside or above its cell, and its section."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.blanks.word_text.grid import ORDINAL, Grid, one_line
from generator.blanks.word_text.layout import Cell, Flow, Story, Table, TextLine
from generator.blanks.word_text.line import LEGACY_BOX, LEGACY_LIST, PPR, RPR, w
from generator.blanks.word_text.spot import Spot
from generator.slots import SlotKind

_APART = re.compile(r"\s{2,}|\t+|\n|\s*[|•]\s*")
_EDGES = " \t\n\u00a0\u2002:;,.–—-*“”\"‘'_|•/\u2022\u25aa"
_NUMBER = re.compile(r"(?:[#(]?\s*(?:\d{1,2}|[a-zA-Z])\s*[.):]|#\s?\d{1,2}:?)")
_JOINER = re.compile(
    r"(?:from|to|on|by|at|through|thru|until|and|or|in|of|for|as of|de|a|al|hasta|desde|el|en|y|o|por|del)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"([^:]{2,45}):\s+(\S.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[a-záéíóúñ)]{2})[.!?]\s+(?=[A-ZÁÉÍÓÚÑ¿I])")
_ANSWER = re.compile(r"((?:yes|no|n/a|sí|si)\b[,.]?)\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_SIGNATURE = re.compile(r"\b(signatures?|sign(?:ed)? here|sign|firma|signed by client)\b", re.IGNORECASE)
_NOT_SIGNATURE = re.compile(
    r"\b(signed by|print(ed)?|name of|nombre|prior to|if signed|before sign|date of|letra de molde)\b", re.IGNORECASE
)
_DATE = re.compile(
    r"\b(dates?|d\.?o\.?b\.?|fecha|born|nacimiento|nacido)\b|\b(due|expires|effective|given|received|met) on\b",
    re.IGNORECASE,
)
_NOT_DATE = re.compile(r"\b(up ?to date|signature\s*/\s*date|/\s*date|and date|reason|name|y fecha)\b", re.IGNORECASE)
_BELOW = re.compile(
    r"\b(signature|sign|print|printed|name|date|title|credential|witness|firma|fecha|nombre|relationship)",
    re.IGNORECASE,
)
_BELOW_LINE = re.compile(
    r"(?:/|\band|,|y)\s*(?:date|fecha)\b|\bsignature\b|\bfirma\b|\bwitness\b|\btestigo\b", re.IGNORECASE
)
_PRINTED = re.compile(
    r"(?:print(?:ed)?(?: name)?|name(?: \(print(?:ed)?\))?|nombre(?: en letra de molde)?)\W*", re.IGNORECASE
)
_ANCHOR = re.compile(
    r"^([^\d:(]{3,40}?)(?:\s+(?:#|[Nn]o\.?|[Nn]\.?º)?|\s*#)\s*(\d{1,2}(?:\.\w{1,3})*|[IVX]{1,4}|[A-H])(?!\w)"
)
_OF_WHAT = re.compile(
    r"(?:how|when|by|on|for|given|since|because|last|first|prescribed|with|who|base)\b.*", re.IGNORECASE
)
_HEADING_STYLE = re.compile(r"heading|title|ttulo|titulo|berschrift", re.IGNORECASE)
_CIRCLE_ONE = re.compile(
    r"[(\[]?\b(?:please )?(?:circle|underline|mark|encierre|marque|rodee|subraye)\b[^)\]:]*(?:[)\]]|$)", re.IGNORECASE
)
_LINES = ("underscores", "ruled", "tab-leader", "dots", "date", "number")
_GENERIC = re.compile(
    r"(?:date|name|phone|yes|no|other|fecha|nombre|tel[eé]fono|address|time|title|relationship|company|signature|amount|"
    r"print|initials|from|to|duration|frequency|status|number|code|due|by when|who|staff|hora|lugar)\W*",
    re.IGNORECASE,
)


class Labels:
    """Names the places of one part."""

    def __init__(self, story: Story, grid: Grid, spots_of: Mapping[TextLine, list[Spot]]) -> None:
        self._story, self._grid, self._spots_of = story, grid, spots_of

    def name_all(self) -> None:
        """Set label, question, heads, neighbours and section of every place of the part."""
        for line in self._story.lines:
            spots = self._spots_of.get(line)
            if spots:
                self._name_line(line, [spot for spot in spots if spot.line is line])

    # -- a line

    def _name_line(self, line: TextLine, spots: list[Spot]) -> None:
        if not spots:
            return
        text = line.text
        for spot in spots:
            if spot.shape == "sdt-part":
                spot.label, spot.section = spot.hint, line.section
        spots = [spot for spot in spots if spot.shape != "sdt-part"]
        if not spots:
            return
        self._neighbours(line, spots)
        if re.fullmatch(r"\W*[xX]?\W*", _static(text, spots).replace("_", "")):
            self._name_bare(line, spots)
        elif self._follows(text, spots):
            self._name_by_what_follows(line, spots)
        else:
            self._name_by_what_precedes(line, spots)
        for spot in spots:
            spot.own = spot.label
            self._finish(spot, line)
        self._name_dates_of_signatures(spots)

    def _neighbours(self, line: TextLine, spots: list[Spot]) -> None:
        for n, spot in enumerate(spots):
            before = line.text[max(0, spot.start - 200) : spot.start]
            spot.before = _readable(before)[-60:].strip()
            spot.after = _readable(line.text[spot.end : spot.end + 200])[:60].strip()
            spot.section = line.section
            if spot.shape in ("empty-line",) and not spot.before:
                spot.before = self._lead(line)
            if n == 0 and not spot.before:
                spot.before = self._lead(line)

    def _name_bare(self, line: TextLine, spots: list[Spot]) -> None:
        """No words in the line: the line or cell around it says what it is."""
        is_ruled = all(spot.shape in _LINES for spot in spots)
        below = self._words_below(line, len(spots)) if is_ruled else []
        if below:
            for spot, words in zip(spots, below, strict=True):
                spot.label = _clean(words)
            return
        lead = self._lead(line)
        for n, spot in enumerate(spots, 1):
            spot.label = lead if len(spots) == 1 else f"{lead} {n}".strip()
        if not lead:
            number = _NUMBER.match(line.text.strip())
            if number:
                spots[0].label = _clean(number[0])

    def _follows(self, text: str, spots: list[Spot]) -> bool:
        """Whether the words stand after their places: it begins with a place and ends with words."""
        if _is_word(text[: spots[0].start]) or spots[0].shape in ("end", "gap", "empty", "empty-line", "caption"):
            return False
        if spots[0].kind is SlotKind.CHECK:
            return all(spot.kind is SlotKind.CHECK for spot in spots) and _is_word(text[spots[-1].end :])
        after = text[spots[0].end : spots[1].start if len(spots) > 1 else len(text)]
        if not _is_word(after) or spots[0].shape not in _LINES:
            return False
        return _is_word(text[spots[-1].end :]) and not after.rstrip().endswith(":")

    def _name_by_what_follows(self, line: TextLine, spots: list[Spot]) -> None:
        ends = [*(spot.start for spot in spots[1:]), len(line.text)]
        for spot, end in zip(spots, ends, strict=True):
            parts = [one for one in _APART.split(line.text[spot.end : end]) if _is_word(one)]
            spot.label = _clean(parts[0] if parts else "")
        if spots[0].kind is SlotKind.CHECK:
            question = self._question(line)
            for spot in spots:
                spot.question = question

    def _name_by_what_precedes(self, line: TextLine, spots: list[Spot]) -> None:
        text, at = line.text, 0
        ahead = self._ahead(text, spots)
        stem = lead = first = ""
        question = self._question(line) if not _is_word(text[: spots[0].start]) else ""
        last: Spot | None = None
        for spot in spots:
            parts = [
                one.strip()
                for one in _APART.split(text[at : spot.start])
                if one.strip(_EDGES) or _NUMBER.match(one.strip())
            ]
            at = spot.end
            if last is not None and last.kind is SlotKind.CHECK and last not in ahead and parts:
                option = parts[0]
                answer = _ANSWER.match(option)
                if answer is not None and spot.kind is not SlotKind.CHECK:
                    option = answer[1]
                    parts.insert(1, answer[2])
                last.label = _clean(option)
                if len(parts) > 1 or spot.kind is SlotKind.CHECK or not option.endswith(":"):
                    parts = parts[1:]
            if spot.kind is SlotKind.CHECK and spot in ahead:
                spot.question, spot.label, question = self._asked_before(parts, question, line)
                last = spot
                continue
            if spot.kind is SlotKind.CHECK:
                if parts:
                    question = _sentence(" ".join(parts[-1:]))
                    if len(parts) > 1 and not re.search(r"[:?]$", question):
                        question = _sentence(" ".join(parts))
                spot.question = _clean(question)
                last = spot
                continue
            words = parts[-1] if parts else ""
            if len(parts) > 1 and parts[-2].endswith(":"):
                lead = _clean(parts[-2])
            if _NUMBER.fullmatch(words):
                stem = _clean(" ".join(parts[:-1])) or stem or self._lead(line)
                spot.label = f"{stem} {_clean(words)}".strip()
            elif _NUMBER.match(words) and len(words) < 5:
                spot.label = f"{self._lead(line)} {_clean(words)}".strip()
            else:
                spot.label, lead = self._worded(words, lead, first, line, text, spot)
            if last is not None and last.kind is SlotKind.CHECK and last.label == spot.label and last.question:
                spot.label = f"{last.question}: {spot.label}"
            first = first or spot.label
            last = spot
        if last is not None and last.kind is SlotKind.CHECK and last not in ahead:
            rest = [one for one in _APART.split(text[last.end :]) if _is_word(one)]
            last.label = _clean(rest[0] if rest else "") or last.label

    def _worded(self, words: str, lead: str, first: str, line: TextLine, text: str, spot: Spot) -> tuple[str, str]:
        """A label of words, and the lead that the places after it in the line share."""
        words = _sentence(words)
        led = _LEAD.fullmatch(words)
        if led is not None and not led[2].rstrip().endswith(":"):
            lead = _clean(led[1])
            return f"{lead}: {_clean(led[2])}", lead
        label = _clean(words)
        if not label:
            after = [one for one in _APART.split(text[spot.end : spot.end + 300]) if _is_word(one)]
            if spot.start == 0 or not _is_word(text[: spot.start]):
                return self._lead(line) or (_clean(after[0]) if after else ""), lead
            return (_clean(after[0]) if after else "") or first, lead
        if re.fullmatch(r"I|Yo", label):
            said = re.match(r"\s*,?\s*\(([^)]{3,40})\)", text[spot.end :])
            return (_clean(said[1]) if said is not None else f"{label} (name)"), lead
        if _JOINER.fullmatch(label) and first:
            return f"{first} {label}", lead
        if lead and not words.rstrip().endswith(":") and lead != label:
            return f"{lead}: {label}", lead
        if words.rstrip().endswith(":"):
            lead = ""
        return label, lead

    def _ahead(self, text: str, spots: list[Spot]) -> set[Spot]:
        """The boxes whose word stands before them: `Yes ☐  No ☐`, or one box at the end of its label."""
        boxes = [spot for spot in spots if spot.kind is SlotKind.CHECK]
        is_close = [re.search(r"\w[?:.)]?\s?$", text[: box.start]) is not None for box in boxes]
        if boxes and all(is_close) and not any(re.match(r"\s?\w", text[box.end :]) for box in boxes):
            return set(boxes)
        if not boxes or _is_word(text[boxes[-1].end : self._next_start(boxes[-1], spots, len(text))]):
            return set()
        return set(boxes) if _is_word(text[: boxes[0].start]) else set()

    @staticmethod
    def _next_start(spot: Spot, spots: list[Spot], otherwise: int) -> int:
        return next((one.start for one in spots if one.start >= spot.end), otherwise)

    def _asked_before(self, parts: list[str], question: str, line: TextLine) -> tuple[str, str, str]:
        """Question and option for a box after its word, and the question for the next one."""
        words = parts[-1] if parts else ""
        if len(parts) > 1:
            question = _clean(" ".join(parts[:-1]))
        asked, _, option = words.rpartition(":") if not words.endswith(":") else ("", "", words)
        if not asked:
            asked, mark, rest = words.rpartition("?")
            asked, option = (asked + mark, rest) if rest.strip() and mark else ("", option)
        if asked and option.strip():
            question = _clean(asked)
        return question or self._question(line), _clean(option), question

    def _finish(self, spot: Spot, line: TextLine) -> None:
        """Heads of rows and columns, the question before an option, kinds that the words tell."""
        cell = line.cell
        seen = self._grid.context(cell) if cell is not None else None
        if seen is not None:
            spot.row_head, spot.column = seen.row, seen.column
        if spot.kind is SlotKind.CHECK:
            spot.question = spot.question or (seen.label if seen is not None else "")
            question = _clean(re.sub(r"\([^)]*\)", "", spot.question)) or spot.question
            if not spot.label:
                spot.label = question
            elif question and len(question) <= 60 and question.lower() not in spot.label.lower():
                spot.label = f"{question}: {spot.label}"
        elif seen is not None and not spot.label:
            spot.label = _clean(seen.label)
        if not spot.label:
            spot.label = _clean(spot.hint) or _clean(spot.name.replace("_", " "))
        is_shape = spot.kind is SlotKind.DATE and bool(spot.label)
        if spot.shape == "placeholder" and re.search(r"[^\W\d_]{3}", spot.hint) and not is_shape:
            spot.label = _clean(spot.hint)
        if spot.shape == "circle":
            around = _clean(seen.label) if seen is not None else ""
            spot.label = spot.own = _clean(_CIRCLE_ONE.sub("", spot.label)) or around or self._lead(line) or spot.label
        spot.label = one_line(spot.label)[:160]
        if seen is not None and seen.is_below and spot.shape == "empty" and _BELOW_LINE.search(spot.label):
            spot.kind = SlotKind.SIGNATURE
            if not _SIGNATURE.search(spot.label):
                spot.label = f"Signature: {spot.label}"
        words = f"{spot.label} {spot.hint if spot.shape == 'placeholder' else ''}"
        if spot.kind in (SlotKind.TEXT, SlotKind.MULTILINE):
            if (
                _SIGNATURE.search(words)
                and not _NOT_SIGNATURE.search(words)
                and spot.shape not in ("placeholder", "merge")
            ):
                spot.kind = SlotKind.SIGNATURE
            elif _DATE.search(words) and not _NOT_DATE.search(words):
                spot.kind = SlotKind.DATE

    @staticmethod
    def _name_dates_of_signatures(spots: list[Spot]) -> None:
        signed: Spot | None = None
        for spot in spots:
            if spot.kind is SlotKind.SIGNATURE:
                signed = spot
            elif signed is not None and spot.kind is SlotKind.DATE and _GENERIC.fullmatch(spot.label):
                spot.label = f"{signed.label}: {spot.label}"

    # -- around a line

    def _lead(self, line: TextLine) -> str:
        """The words that a line without words belongs to: the nearest line of words above it, or its cell's label."""
        place = line.block - 1
        blocks = line.flow.blocks
        while place >= 0:
            block = blocks[place]
            if isinstance(block, Table):
                break
            spots = self._spots_of.get(block)
            if not spots and block.text.strip():
                return _clean(block.text)
            static = _static(block.text, spots or [])
            if _is_word(static) and not _NUMBER.fullmatch(static.strip()):
                last = max(spots or [], key=lambda spot: spot.start, default=None)
                return _clean(last.label) if last is not None and last.end >= len(block.text.rstrip()) else line.section
            place -= 1
        cell = line.cell
        if cell is not None:
            label = self._grid.context(cell).label or self._around_nested(cell)
            if label:
                return _clean(label)
        return _clean(line.section)

    def _around_nested(self, cell: Cell) -> str:
        """The label of a table that stands inside a cell."""
        table = cell.row.table
        outer = table.flow.cell
        before = [
            block for block in table.flow.blocks[: table.block] if isinstance(block, TextLine) and block.text.strip()
        ]
        if before and not self._spots_of.get(before[-1]):
            return before[-1].text
        return self._grid.context(outer).label if outer is not None else ""

    def _question(self, line: TextLine) -> str:
        """What boxes at the start of a line answer."""
        blocks = line.flow.blocks
        for block in reversed(blocks[: line.block]):
            if isinstance(block, Table):
                break
            spots = self._spots_of.get(block)
            if not block.text.strip():
                continue
            if spots and spots[0].kind is SlotKind.CHECK and not _is_word(block.text[: spots[0].start]):
                continue
            return _clean(block.text) if not spots and len(block.text) < 160 else ""
        cell = line.cell
        if cell is None:
            return ""
        label = self._grid.context(cell).label
        if label:
            return _clean(label)
        table = cell.row.table
        above = [
            block for block in table.flow.blocks[: table.block] if not isinstance(block, TextLine) or block.text.strip()
        ]
        if above and isinstance(above[-1], TextLine) and not self._spots_of.get(above[-1]):
            words = above[-1].text
            return _clean(words) if re.search(r"[:?]\s*$", words) else ""
        return ""

    def _words_below(self, line: TextLine, count: int) -> list[str]:
        """Captions under blanks: a bare line, then a line of as many words, as under signature lines."""
        blocks = line.flow.blocks
        following = blocks[line.block + 1] if line.block + 1 < len(blocks) else None
        if not isinstance(following, TextLine) or self._spots_of.get(following) or not following.text.strip():
            return []
        parts = [one for one in re.split(r"\s{2,}|\t+", following.text.strip()) if one.strip()]
        if len(parts) != count or any(len(one) > 60 for one in parts) or following.text.rstrip().endswith((":", "?")):
            return []
        above = blocks[line.block - 1] if line.block else None
        if isinstance(above, TextLine) and re.search(r"[:?]\s*$", above.text):
            return []
        return parts if _BELOW.search(following.text) or following.text.strip().startswith("(") else []


def read_sections(story: Story, spots_of: Mapping[TextLine, list[Spot]]) -> None:
    """Give every line the heading it stands under; a heading inside a table counts to the end of that table."""
    section = inner = ""
    table: Table | None = None
    for line in story.lines:
        here = _outermost_table(line)
        if here is not table:
            table, inner = here, ""
        found = ""
        if not spots_of.get(line) and line.text.strip() and _is_heading(line):
            found = one_line(line.text).strip(" :")[:120]
        elif spots_of.get(line) and line.cell is None:
            lead = line.text[: spots_of[line][0].start].strip()
            if len(lead) > 5 and lead.isupper() and not lead.endswith(":"):
                found = re.sub(r"\s+\W*\d{1,2}\W*$", "", one_line(lead)).strip(" :")
        if found and here is not None:
            inner = found
        elif found:
            section = found
        line.section = inner or section


def _outermost_table(line: TextLine) -> Table | None:
    table = None
    cell = line.cell
    while cell is not None:
        table = cell.row.table
        cell = table.flow.cell
    return table


def make_unique(spots: Sequence[Spot], sizes: Mapping[str, int]) -> None:
    """Labels that stand more than once get the words of what they belong to before them.

    `sizes` tells how many rows each group has; places in rows are told by the number of their row.
    """
    mains = _main_columns(spots)
    for spot in spots:
        if spot.group:
            main = mains.get(spot.group, "") if _OF_WHAT.fullmatch(spot.label) else ""
            spot.label = f"{main}: {spot.label}" if main and main != spot.label else spot.label
            if _GENERIC.fullmatch(spot.label):
                spot.label = f"{_topic(spot.section)}: {spot.label}".lstrip(": ")
            if sizes.get(spot.group, 1) > 1:
                spot.label = f"{spot.label} {(spot.index or 0) + 1}"
    _name_printed_names(spots)
    anchors = _anchors(spots)
    _name_by_the_row(spots, [SlotKind.DATE])
    for depth in range(3):
        counts = Counter(_known(spot) for spot in spots)
        for spot, chain in zip(spots, anchors, strict=True):
            if counts[_known(spot)] > 1 and depth < len(chain) and chain[depth].lower() not in spot.label.lower():
                spot.label = f"{chain[depth]}: {spot.label}"
    _name_by_the_row(spots, [SlotKind.TEXT, SlotKind.MULTILINE, SlotKind.CHOICE])
    counts = Counter(_known(spot) for spot in spots)
    for spot in spots:
        topic = _topic(spot.row_head if spot.line.cell is not None and spot.row_head else spot.section)
        is_short = len(spot.label) < 30 and bool(topic) and topic.lower() not in spot.label.lower()
        is_bare = _GENERIC.fullmatch(spot.label) is not None and spot.kind is not SlotKind.CHECK and not spot.group
        if is_short and (counts[_known(spot)] > 1 or (is_bare and spot.section != "" and _is_in_table(spot))):
            spot.label = f"{topic}: {spot.label}"


def _name_by_the_row(spots: Sequence[Spot], kinds: Sequence[SlotKind]) -> None:
    """A general word that stands more than once (Date, Phone) belongs to what stands before it in its row or line."""
    counts = Counter(_known(spot) for spot in spots)
    beside: Spot | None = None
    name = ""
    for spot in spots:
        is_general = _GENERIC.fullmatch(spot.label) is not None
        is_near = beside is not None and _are_in_one_row(beside, spot)
        if not is_general and spot.kind not in (SlotKind.DATE, SlotKind.CHECK) and not spot.group:
            beside, name = spot, spot.label
        elif is_general and is_near and spot.kind in kinds and counts[_known(spot)] > 1:
            spot.label = f"{_topic(name) or name}: {spot.label}"


def _name_printed_names(spots: Sequence[Spot]) -> None:
    """A printed name belongs to the signature before it, or to the one over it in its column."""
    signatures: list[Spot] = []
    for spot in spots:
        if spot.kind is SlotKind.SIGNATURE:
            signatures.append(spot)
        elif signatures and _PRINTED.fullmatch(spot.label):
            mine = [one for one in signatures if _is_over(one, spot)] or signatures[-1:]
            whose = re.sub(
                r"^Signature: |\s*/\s*date$|\s*signature$|\s*\([^)]*\)", "", mine[-1].label, flags=re.IGNORECASE
            )
            spot.label = f"{whose}: {spot.label}"


def _is_over(one: Spot, other: Spot) -> bool:
    first, second = one.line.cell, other.line.cell
    return first is not None and second is not None and first.row.table is second.row.table and first.overlaps(second)


def _main_columns(spots: Sequence[Spot]) -> dict[str, str]:
    """For each group the head of its widest column: what its rows are about."""
    widest: dict[str, tuple[int, str]] = {}
    for spot in spots:
        if spot.group and spot.index == 0 and spot.column and spot.line.cell is not None:
            widest[spot.group] = max(widest.get(spot.group, (-1, "")), (spot.line.cell.width, spot.column))
    return {group: _clean(re.sub(r"\([^)]*\)", "", head)) for group, (_, head) in widest.items()}


def _topic(section: str) -> str:
    """A heading without its number and what stands in parentheses."""
    words = re.sub(r"\([^)]*\)", "", section)
    words = re.sub(
        r"^\s*(?:(?:step|section|part|paso|sección|parte)\s*\w{1,3}\b|[A-Z0-9]{1,3}[.)])\W*",
        "",
        words,
        flags=re.IGNORECASE,
    )
    words = _clean(words)
    return words if len(words) <= 60 else ""


def _is_in_table(spot: Spot) -> bool:
    return spot.line.cell is not None


def _are_in_one_row(one: Spot, other: Spot) -> bool:
    first, second = one.line.cell, other.line.cell
    if first is None or second is None:
        return one.line is other.line
    return first.row is second.row


def number_the_rest(spots: Sequence[Spot]) -> None:
    """Places that still have the same name in one part are told apart by their number."""
    counts = Counter(_known(spot) for spot in spots)
    seen: Counter[tuple[str, str]] = Counter()
    for spot in spots:
        known = _known(spot)
        if counts[known] > 1:
            seen[known] += 1
            number = spot.index + 1 if spot.index is not None and spot.group else seen[known]
            spot.label = f"{spot.label} {number}".strip()


def _known(spot: Spot) -> tuple[str, str]:
    return (spot.line.part, spot.label.lower())


def _anchors(spots: Sequence[Spot]) -> list[list[str]]:
    """For each place the numbered things it stands under, outermost first: Problem 1, Objective 2."""
    out: list[list[str]] = []
    stack: list[tuple[str, str]] = []
    part = section = ""
    for spot in spots:
        if spot.line.part != part or spot.section != section:
            part, section, stack = spot.line.part, spot.section, []
        found = _ANCHOR.match(spot.label) if spot.kind is not SlotKind.CHECK and not spot.group else None
        own = found is not None and found.end() >= len(spot.label) - 25
        stem = found[1].lower().strip() if found is not None else ""
        if own:
            stems = [known for known, _ in stack]
            if stem in stems:
                del stack[stems.index(stem) :]
        out.append([label for _, label in reversed(stack)])
        if own and found is not None:
            stack.append((stem, _clean(re.sub(r"\([^)]*\)", "", spot.label[: found.end()]))))
    return out


def _is_heading(line: TextLine) -> bool:
    text = line.text.strip()
    if len(text) > 110 or not _is_word(text):
        return False
    properties = line.line.paragraph.find(PPR)
    style = properties.find(w("pStyle")) if properties is not None else None
    if style is not None and _HEADING_STYLE.search(style.get(w("val")) or ""):
        return True
    cell = line.cell
    if cell is not None:
        if len(cell.row.cells) > 1 or text.endswith((":", ".", "?")):
            return False
        if len(cell.lines) == 1:
            return len(cell.row.table.rows) > 1
        return cell.lines[0] is line and re.match(r"[^a-z]{6,}", text) is not None
    letters = re.sub(r"[^A-Za-zÁÉÍÓÚÑ]", "", text)
    if len(letters) >= 4 and text.isupper():
        return True
    if text.endswith((".", ",")):
        return False
    return all(_is_bold(run) for run in {piece.run for piece in line.line.pieces if piece.text.strip()})


def _is_bold(run: object) -> bool:
    properties = run.find(RPR)  # type: ignore[attr-defined]
    mark = properties.find(w("b")) if properties is not None else None
    return mark is not None and mark.get(w("val")) not in ("0", "false")


def _static(text: str, spots: Sequence[Spot]) -> str:
    out, at = [], 0
    for spot in spots:
        out.append(text[at : spot.start])
        at = max(at, spot.end)
    return "  ".join([*out, text[at:]])


def _readable(text: str) -> str:
    return one_line(text.replace(LEGACY_BOX, "\u2610").replace(LEGACY_LIST, "").replace("\u2002", ""))


def _is_word(text: str) -> bool:
    return re.search(r"[^\W_]", text.replace(LEGACY_BOX, "").replace(LEGACY_LIST, "")) is not None


def _sentence(words: str) -> str:
    """What is left of a text after its last whole sentence."""
    parts = _SENTENCE.split(words)
    last = parts[-1].strip()
    return last if len(parts) > 1 and _is_word(last) and len(parts[-2].split()) > 1 else words


def _clean(words: str) -> str:
    """Words without the marks and numbers around them."""
    text = one_line(_readable(words)).strip(_EDGES)
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    return text.strip(_EDGES)


def flows_of(story: Story) -> Iterator[Flow]:
    """The containers of a part that are not cells: its body, and its text boxes."""
    yield story.flow
    for line in story.lines:
        yield from line.boxes


__all__ = ["ORDINAL", "Labels", "flows_of", "make_unique", "number_the_rest", "read_sections"]
