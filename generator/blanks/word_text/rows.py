"""Places that repeat: rows of a table under one head, items of a repeating section; and adding more of them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from generator.blanks.word_text.grid import Grid
from generator.blanks.word_text.layout import Story, Table, TextLine, sdt_properties
from generator.blanks.word_text.line import SDT, SDT_CONTENT, SDT_PR, W14, Element, P, w
from generator.blanks.word_text.spot import Spot

_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_SECTION, _ITEM = f"{{{_W15}}}repeatingSection", f"{{{_W15}}}repeatingSectionItem"


@dataclass(slots=True, eq=False)
class Group:
    """Places that repeat: `spots[n]` are those of the n-th row by their keys; `elements[n]` is the row itself."""

    id: str
    label: str
    section: str
    where: str
    elements: list[Element]
    spots: list[dict[str, Spot]] = field(default_factory=list)
    is_section: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.spots[0]) if self.spots else ()


def read_groups(story: Story, grid: Grid, spots_of: Mapping[TextLine, list[Spot]], prefix: str) -> list[Group]:
    """The groups of a part, their spots told group, index and key."""
    groups = _sections(story, spots_of, prefix)
    for table in story.tables:
        groups += _row_groups(table, grid, spots_of, prefix)
    return groups


def _sections(story: Story, spots_of: Mapping[TextLine, list[Spot]], prefix: str) -> list[Group]:
    """Repeating sections, each item a row; a place belongs to the innermost."""
    groups: dict[Element, Group] = {}
    for line in story.lines:
        items = [sdt for sdt in line.sdts if sdt_properties(sdt).find(_ITEM) is not None]
        spots = [spot for spot in spots_of.get(line, ()) if spot.line is line]
        if not items or not spots:
            continue
        section = next(
            (one for one in items[-1].iterancestors(SDT) if sdt_properties(one).find(_SECTION) is not None), None
        )
        if section is None:
            continue
        if section not in groups:
            name = f"{prefix}-s{len(groups) + 1}"
            groups[section] = Group(name, line.section, line.section, "", [], is_section=True)
        _add(groups[section], items[-1], spots)
    return list(groups.values())


def _row_groups(table: Table, grid: Grid, spots_of: Mapping[TextLine, list[Spot]], prefix: str) -> list[Group]:
    out: list[Group] = []
    for rows in grid.repeating(table):
        name = f"{prefix}-t{table.number}" + ("" if not out else f"{'abcdefgh'[len(out) % 8]}")
        group = Group(name, "", "", "", [])
        for row in rows:
            spots = [s for cell in row.cells for line in cell.lines for s in spots_of.get(line, ()) if s.line is line]
            spots = [spot for spot in spots if not spot.group]
            if spots:
                _add(group, row.element, spots)
        if group.elements:
            first = next(iter(group.spots[0].values()))
            group.section = first.section
            group.label = first.section or ", ".join(
                dict.fromkeys(one.column for one in group.spots[0].values() if one.column)
            )
            out.append(group)
    return out


def _add(group: Group, element: Element, spots: Sequence[Spot]) -> None:
    if not group.elements or group.elements[-1] is not element:
        group.elements.append(element)
        group.spots.append({})
    index = len(group.elements) - 1
    for spot in spots:
        key = _free_key(
            slug(spot.column if spot.column and not spot.question else spot.label) or "value", group.spots[index]
        )
        if spot.question:
            key = _free_key(
                slug(f"{spot.column or spot.question} {spot.label.rpartition(': ')[2]}"), group.spots[index]
            )
        spot.group, spot.index, spot.key = group.id, index, key
        group.spots[index][key] = spot


def _free_key(key: str, taken: Mapping[str, Spot]) -> str:
    number, name = 2, key
    while name in taken:
        name, number = f"{key}_{number}", number + 1
    return name


def slug(text: str) -> str:
    """A name of small letters, digits and underscores."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:40].strip("_")


class Copies:
    """More rows: copies of the last one as it was before anything was written, after the last."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self._model = deepcopy(group.elements[-1])
        self._last = group.elements[-1]
        self._numbers = _ordinals(group)

    def add(self, taken_ids: set[str]) -> Element:
        """One more row, empty, in its place."""
        fresh = deepcopy(self._model)
        _renew_ids(fresh, taken_ids)
        if self._numbers is not None:
            self._numbers += 1
            _set_ordinal(fresh, self._numbers)
        self._last.addnext(fresh)
        tail = self._last.tail
        if tail is not None:
            fresh.tail = tail
        self._last = fresh
        return fresh


def _ordinals(group: Group) -> int | None:
    """The last number of rows that are numbered 1, 2, 3 in their first cell."""
    numbers = []
    for element in group.elements:
        cell = element.find(w("tc"))
        text = "".join(node.text or "" for node in cell.iter(w("t"))).strip() if cell is not None else ""
        if not re.fullmatch(r"\d{1,2}\.?", text):
            return None
        numbers.append(int(text.strip(".")))
    return numbers[-1] if numbers else None


def _set_ordinal(row: Element, number: int) -> None:
    cell = row.find(w("tc"))
    for node in cell.iter(w("t")) if cell is not None else ():
        if re.search(r"\d", node.text or ""):
            node.text = re.sub(r"\d+", str(number), node.text or "", count=1)
            return


def _renew_ids(element: Element, taken: set[str]) -> None:
    """Ids that must be single in a file: of content controls, paragraphs; bookmarks are not copied."""
    for properties in element.iter(SDT_PR):
        node = properties.find(w("id"))
        if node is not None:
            number = max((int(one) for one in taken if re.fullmatch(r"-?\d+", one)), default=0) + 1
            if number > 2_000_000_000:
                number = next(n for n in range(1, 2_000_000_000) if str(n) not in taken)
            taken.add(str(number))
            node.set(w("val"), str(number))
    for paragraph in element.iter(P, w("tr")):
        for name in ("paraId", "textId"):
            paragraph.attrib.pop(f"{{{W14}}}{name}", "")
    for tag in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
        for node in list(element.iter(w(tag))):
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)


def control_ids(root: Element) -> set[str]:
    """The ids of all content controls in a part."""
    return {node.get(w("val")) or "" for properties in root.iter(SDT_PR) for node in properties.findall(w("id"))}


def item_content(element: Element) -> Element:
    """What a row or item holds: a table row itself, the content of a repeating item."""
    if element.tag == SDT:
        found = element.find(SDT_CONTENT)
        return found if found is not None else element
    return element


def serialize(root: Element) -> bytes:
    """A part as it goes into the file."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
