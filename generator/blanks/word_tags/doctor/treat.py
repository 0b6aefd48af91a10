"""A check from end to end, and the repair: one trouble after the other, kept only while the template gets better."""

import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from generator.blanks.word_tags.doctor.blocks import LINTED, faults_of_blocks
from generator.blanks.word_tags.doctor.edit import change_text
from generator.blanks.word_tags.doctor.guess import Guesser
from generator.blanks.word_tags.doctor.marks import faults_of_marks
from generator.blanks.word_tags.doctor.nouns import Checked, Edit, PlanWords, Sheet, Trouble
from generator.blanks.word_tags.doctor.tags import faults_of_tags
from generator.blanks.word_tags.names import NameUse
from generator.blanks.word_tags.render import compile_template
from generator.blanks.word_tags.scan import PROPERTIES, tags_in, texts
from generator.errors import GeneratorError
from generator.finding import Severity
from generator.ooxml import open_package, parse_xml, text_parts
from generator.ooxml_clean import TAKEN, cleaned
from generator.ooxml_zip import frame

_MOST_ROUNDS = 25
_ABOUT_BLOCKS = frozenset(
    (*(rule for rule, _, _ in LINTED.values()), "stray-end", "unclosed-block", "loop-without-tr", "lone-block")
)
_UNREAD = frozenset(("unclosed-tag", "unknown-tag", "syntax", "braces-apart"))
_WEIGHT = {Severity.ERROR: 100, Severity.WARNING: 10, Severity.ADVICE: 1}


def check_template(data: bytes, words: PlanWords, *, fix: bool = False) -> Checked:
    """Every fault of a tagged template; with `fix` also the file with those repaired that can safely be.

    Raises the errors of reading (BlankNotReadable, FileTooLarge, RefusedForSafety for macros).
    """
    troubles = _troubles(data, words)
    findings = tuple(one.finding() for one in troubles)
    if not fix:
        return Checked(findings)
    repairs: list[str] = []
    now, left = data, troubles
    for _ in range(_MOST_ROUNDS):
        step = _better(now, left, words)
        if step is None:
            break
        now, left, done = step
        repairs += done
    return Checked(findings, now, tuple(repairs), tuple(one.finding() for one in left))


def _better(data: bytes, troubles: list[Trouble], words: PlanWords) -> tuple[bytes, list[Trouble], list[str]] | None:
    """The file after the next repairs, where it is better than before: all that do not touch each other, else one."""
    able = _first_things_first([one for one in troubles if one.repair is not None], troubles)
    chosen: list[Trouble] = []
    touched: list[tuple[str, int, int, int]] = []
    parts_changed: set[str] = set()
    for one in able:
        repair = one.repair
        if repair is None or repair.part in parts_changed:
            continue
        spans = [(repair.part, index, edit.at, edit.at + edit.length) for index, edit in repair.edits]
        if any(_overlap(a, b) for a in spans for b in touched):
            continue
        if repair.change is not None and any(span[0] == repair.part for span in touched):
            continue
        touched += spans
        chosen.append(one)
        if repair.change is not None:
            parts_changed.add(repair.part)
    for group in ([chosen] if chosen else []) + [[one] for one in able[:6] if len(chosen) > 1]:
        try:
            new = _repaired(data, group)
            after = _troubles(new, words)
        except GeneratorError:
            continue
        if _weight(after) < _weight(troubles):
            return new, after, [one.repair.does for one in group if one.repair is not None]
    return None


def _overlap(a: tuple[str, int, int, int], b: tuple[str, int, int, int]) -> bool:
    return a[:2] == b[:2] and ((a[2] < b[3] and b[2] < a[3]) or a[2:] == b[2:])


def _first_things_first(able: list[Trouble], troubles: list[Trouble]) -> list[Trouble]:
    """Marks and tags before blocks: an end that fits nothing may only follow from a tag that cannot be read yet."""
    single = [one for one in able if one.rule not in _ABOUT_BLOCKS]
    if single:
        return single
    unread = {one.place.part for one in troubles if one.place and one.rule in _UNREAD}
    return [one for one in able if one.repair is not None and one.repair.part not in unread]


def _weight(troubles: list[Trouble]) -> int:
    return sum(_WEIGHT[one.severity] for one in troubles)


def _repaired(data: bytes, group: list[Trouble]) -> bytes:
    sheet = _sheet(dict(cleaned(open_package(data, refuse_acting=False)).parts))
    edits: dict[tuple[str, int], list[Edit]] = {}
    for one in group:
        if one.repair is not None:
            for index, edit in one.repair.edits:
                edits.setdefault((one.repair.part, index), []).append(edit)
    for (part, index), some in edits.items():
        change_text(sheet.texts[part][index].element, some)
    for one in group:
        if one.repair is not None and one.repair.change is not None:
            one.repair.change(sheet.texts[one.repair.part])
    changed = {one.repair.part for one in group if one.repair is not None}
    parts = dict(sheet.parts)
    for part in changed:
        parts[part] = etree.tostring(sheet.roots[part], xml_declaration=True, encoding="UTF-8", standalone=True)
    return frame(data, parts, anew=()).write({})


def _sheet(parts: dict[str, bytes]) -> Sheet:
    roots: dict[str, etree._Element] = {}
    found = {}
    for name in (*text_parts(parts), *(one for one in PROPERTIES if one in parts)):
        roots[name] = parse_xml(parts[name], name)
        found[name] = list(texts(roots[name], name))
    tags = tuple((tag, index) for every in found.values() for index, text in enumerate(every) for tag in tags_in(text))
    return Sheet(parts, roots, found, tags)


def _troubles(data: bytes, words: PlanWords) -> list[Trouble]:
    clean = cleaned(open_package(data, refuse_acting=False))
    sheet = _sheet(dict(clean.parts))
    guesser = Guesser(words)
    troubles, uses = faults_of_tags(sheet, guesser)
    found = [*faults_of_marks(sheet, guesser), *troubles, *faults_of_blocks(sheet)]
    if not any(one.severity is Severity.ERROR for one in found):
        found += _of_the_whole(data)
    found = sorted(found, key=lambda one: _order(one, sheet))
    found += _not_printed(uses, sheet, words)
    return [*found, *_taken(clean.taken)]


def _order(one: Trouble, sheet: Sheet) -> tuple[int, int, int, int]:
    if one.place is None:
        return (len(sheet.texts), 0, 0, 0)
    names = list(sheet.texts)
    return (names.index(one.place.part), one.place.table, one.place.row, one.place.number)


def _of_the_whole(data: bytes) -> list[Trouble]:
    """What only shows when the parts are put together."""
    try:
        template = compile_template(data)
    except GeneratorError as error:
        return [Trouble("does-not-fit", Severity.ERROR, None, str(error), "Check where its blocks begin and end.")]
    return [
        Trouble(
            "crossed-blocks", Severity.ERROR, None,
            f"in {part.rpartition('/')[2].removesuffix('.xml')}, a block begins in one cell, box or table and ends in another",
            "Let every block end in the place where it begins.",
        )
        for part, program in template.programs.items()
        if not program.is_whole
    ]  # fmt: skip


def _not_printed(uses: list[NameUse], sheet: Sheet, words: PlanWords) -> list[Trouble]:
    """What a plan on paper should show and this template never prints."""
    printed = {use.path for use in uses if use.is_printed}
    if not printed & words.names:
        return []
    is_plan = any(use.path in words.plan_lists for use in uses) or any(
        re.search(words.plan_title, text.text) for every in sheet.texts.values() for text in every
    )
    return [
        Trouble(
            "not-printed",
            Severity.ADVICE,
            None,
            f"the template never prints {title}",
            f"Print {{{{ {names[0]} }}}} where it belongs.",
            source=source,
        )
        for title, names, always, source in words.expected
        if (always or is_plan) and not printed & set(names)
    ]


def _taken(taken: Mapping[str, int]) -> list[Trouble]:
    base = Trouble("", Severity.WARNING, None, "")
    return [
        replace(base, rule=rule, message=f"{count} {TAKEN[rule][0]} are taken out", mend=TAKEN[rule][1])
        for rule, count in taken.items()
    ]
