"""Faults that are seen in the text itself: single braces, braces apart, quotes no engine reads, tags in pieces."""

import re
from collections.abc import Iterator

from generator.blanks.word_tags.doctor.edit import pieces_of
from generator.blanks.word_tags.doctor.guess import Guesser
from generator.blanks.word_tags.doctor.nouns import Edit, Repair, Sheet, Trouble
from generator.blanks.word_tags.scan import OPENS, Tag, Text
from generator.finding import Severity

_NAME = r"[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*"
_FILTERED = rf"{_NAME}(?:\s*\|\s*\w+(?:\([^(){{}}]*\))?)*"
_STATEMENT = r"(?:(?:tr|tc|p|r)\s)?\s*(?:for|if|elif|else|endfor|endif|set)\b[^{}%]*"
_SINGLE = re.compile(rf"(?<![{{%#_])\{{\s*({_FILTERED})\s*\}}(?!\}})")
_APART = re.compile(r"\{\s+([{%])(?=[^{}]*[%}]\s*\})|(?<=[^\s{])\s*([%}])\s+\}(?!\})")
_OTHER = re.compile(
    rf"｛｛\s*({_FILTERED})\s*｝｝|<%=?\s*({_FILTERED})\s*%>|(?<![%{{])%({_FILTERED})%(?!\}})|\[\[\s*({_FILTERED})\s*\]\]|<<\s*({_FILTERED})\s*>>|«\s*({_FILTERED})\s*»|\$\{{\s*({_FILTERED})\s*\}}|\(\(\s*({_FILTERED})\s*\)\)"
)
_CLOSER = re.compile(rf"({_FILTERED})?\s*\}}\}}|(\{{?\s*{_STATEMENT})%\}}")
_BARE_STATEMENT = re.compile(rf"(?<!\{{)%\s*({_STATEMENT})%\}}|(?<![{{%])\{{\s*({_STATEMENT})\}}(?!\}})")
_BAD_QUOTES = str.maketrans(dict.fromkeys("„«»“”‟″", '"') | dict.fromkeys("‚‹›‘’‛′`", "'"))
_UNREAD = frozenset("„«»‟″‚‹›‛′`")
_READ = frozenset("“”‘’")


def faults_of_marks(sheet: Sheet, guesser: Guesser) -> Iterator[Trouble]:
    """Troubles of every paragraph's text, and of tags whose marks are not what they should be."""
    inside: dict[tuple[str, int], list[Tag]] = {}
    for tag, index in sheet.tags:
        inside.setdefault((tag.place.part, index), []).append(tag)
    for part, texts in sheet.texts.items():
        for index, text in enumerate(texts):
            tags = inside.get((part, index), [])
            if tags or any(mark in text.text for mark in "{}«[<(%｛"):
                yield from _outside(text, index, tags, guesser)
            for tag in tags:
                yield from _quotes(tag, index)
            yield from _in_pieces(text, index, tags)


def _outside(text: Text, index: int, tags: list[Tag], guesser: Guesser) -> Iterator[Trouble]:
    """What stands outside of tags and looks like one."""
    blank = list(text.text)
    for tag in tags:
        blank[tag.at : tag.at + len(tag.raw)] = "\0" * len(tag.raw)
    rest = "".join(blank)
    for found in _SINGLE.finditer(rest):
        if guesser.is_name(found[1]):
            yield _looks_like(
                text,
                index,
                found,
                "single-brace",
                f"{{{{ {found[1]} }}}}",
                "one brace prints as it stands; a tag has two",
            )
    yield from _left_over(text, index, tags, rest)
    for found in _OTHER.finditer(rest):
        name = next(group for group in found.groups() if group)
        if guesser.is_name(name):
            yield _looks_like(
                text,
                index,
                found,
                "other-marks",
                f"{{{{ {name} }}}}",
                "these marks are another program's; a tag is {{ name }}",
            )
    for found in re.finditer(r"\{\s+\{\s*([^{}]*?)\s*\}\s*\}|\{\s*\{\s*([^{}]*?)\s*\}\s+\}", rest):
        name = found[1] or found[2] or ""
        yield _looks_like(
            text, index, found, "braces-apart", f"{{{{ {name} }}}}", "the two braces of a tag stand together"
        )
    for found in re.finditer(r"\{\s+%\s*([^{}%]*?)\s*%\s*\}|\{\s*%\s*([^{}%]*?)\s*%\s+\}", rest):
        name = found[1] or found[2] or ""
        yield _looks_like(text, index, found, "braces-apart", f"{{% {name} %}}", "{ and % of a tag stand together")
    for found in _BARE_STATEMENT.finditer(rest):
        inner = (found[1] or found[2]).strip()
        yield _looks_like(
            text,
            index,
            found,
            "unclosed-tag",
            f"{{% {inner} %}}",
            "a tag that does something opens with {% and closes with %}",
        )
    for found in _CLOSER.finditer(rest):
        if any(one.start() <= found.start() < one.end() for one in _BARE_STATEMENT.finditer(rest)):
            continue
        name, statement = found[1], found[2]
        new = f"{{{{ {name} }}}}" if name and guesser.is_name(name) else ""
        if statement:
            new = f"{{% {statement.lstrip('{ ').strip()} %}}"
        at = found.start(1) - (rest[: found.start(1)].endswith("{")) if name else found.start()
        repair = Repair("opened the tag", text.place.part, ((index, Edit(at, found.end() - at, new)),)) if new else None
        yield Trouble(
            "unclosed-tag", Severity.ERROR, text.place, "a tag is closed here that was never opened",
            f"Write {new}" if new else "Open the tag with {{ or {%, or remove the mark.", _near(text.text, found), repair=repair,
        )  # fmt: skip


def _left_over(text: Text, index: int, tags: list[Tag], rest: str) -> Iterator[Trouble]:
    """A brace too many right behind a tag."""
    for tag in tags:
        found = re.compile(r" ?\}(?!\})").match(rest, tag.at + len(tag.raw))
        before = rest[: tag.at]
        if found and tag.closes == OPENS[tag.opens] and before.count("{") <= before.count("}"):
            yield _looks_like(text, index, found, "single-brace", "", "a brace too many stands behind this tag")


def _looks_like(text: Text, index: int, found: re.Match[str], rule: str, new: str, why: str) -> Trouble:
    edit = Edit(found.start(), found.end() - found.start(), new)
    return Trouble(
        rule, Severity.ERROR, text.place, why, f"Write {new}" if new else "Remove it.", _near(text.text, found),
        repair=Repair(f"wrote {new}", text.place.part, ((index, edit),)),
    )  # fmt: skip


def _quotes(tag: Tag, index: int) -> Iterator[Trouble]:
    marks = set(tag.raw) & (_UNREAD | _READ)
    if not marks or tag.opens == "{#":
        return
    new = tag.raw.translate(_BAD_QUOTES)
    unread = bool(marks & _UNREAD)
    yield Trouble(
        "smart-quotes",
        Severity.ERROR if unread else Severity.ADVICE,
        tag.place,
        "these quotes cannot be read inside a tag"
        if unread
        else "typographic quotes stand inside a tag; they are read, but easily mismatched",
        f"Write {new}",
        tag.around,
        repair=Repair("straightened the quotes", tag.place.part, ((index, Edit(tag.at, len(tag.raw), new)),)),
    )


def _in_pieces(text: Text, index: int, tags: list[Tag]) -> Iterator[Trouble]:
    broken = [
        tag for tag in tags if tag.closes == OPENS[tag.opens] and pieces_of(text.element, tag.at, len(tag.raw)) > 1
    ]
    if broken and len(text.element):
        edits = tuple((index, Edit(tag.at, len(tag.raw), tag.raw)) for tag in broken)
        yield Trouble(
            "split-tag", Severity.ADVICE, text.place, "a tag is in pieces of different look; it works, but is easily broken by editing",
            "Type the tag anew in one go.", broken[0].around, repair=Repair("joined the pieces", text.place.part, edits),
        )  # fmt: skip


def _near(text: str, found: re.Match[str]) -> str:
    return " ".join(text[max(0, found.start() - 30) : found.end() + 30].split())
