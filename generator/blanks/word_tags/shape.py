"""Where in the XML a tag of a template stands, followed through the text between tags.

A value is written differently into a run, an attribute, or a property; and a template whose every branch leaves the XML
where it found it needs no parser after it was filled.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

_TOKEN = re.compile(r"<!--.*?-->|<\?.*?\?>|<(/?)([^\s/>!?]+)([^>]*?)(/?)>", re.DOTALL)
_BLOCK = frozenset(("w:body", "w:tc", "w:hdr", "w:ftr", "w:txbxContent", "w:footnote", "w:endnote", "w:comment"))
_INLINE = frozenset(("w:p", "w:hyperlink", "w:smartTag", "w:ins", "w:fldSimple", "w:dir", "w:bdo"))
_EITHER = frozenset(("w:sdtContent", "w:customXml"))
_TEXT_IN_RUN = "w:t"
_NO_TEXT = frozenset(
    ("w:tbl", "w:tr", "w:sdt", "w:pPr", "w:rPr", "w:tcPr", "w:trPr", "w:tblPr", "w:sectPr", "w:document")
)

Open: TypeAlias = "tuple[str, Open] | None"
"""The open elements, innermost first, as linked pairs."""


class Spot(Enum):
    """What surrounds a value."""

    RUN = "the text of a run"
    ATTRIBUTE = "an attribute"
    TEXT = "other text, such as a property"
    BLOCK = "between paragraphs"
    INLINE = "between runs"
    IN_RUN = "inside a run, outside its text"
    NOWHERE = "where no text can stand"


class ShapeBroken(Exception):
    """A closing tag that does not fit the element that is open."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The open elements, and the beginning of a tag that is not finished yet (`<w:shd w:fill="`)."""

    open: Open = None
    partial: str = ""

    def after(self, text: str) -> "Shape":
        """The shape behind a piece of XML. Raises ShapeBroken where it closes what is not open."""
        text = self.partial + text
        now, end = self.open, 0
        for token in _TOKEN.finditer(text):
            end = token.end()
            closing, name, _, empty = token.groups()
            if name is None or empty:
                continue
            if closing:
                if now is None or now[0] != name:
                    raise ShapeBroken(name)
                now = now[1]
            else:
                now = (name, now)
        rest = text.rfind("<", end)
        return Shape(now, text[rest:] if rest >= 0 else "")

    @property
    def spot(self) -> Spot:
        """What a value written here stands in."""
        if self.partial:
            return Spot.ATTRIBUTE
        if self.open is None:
            return Spot.NOWHERE
        name = self.open[0]
        if name == _TEXT_IN_RUN:
            return Spot.RUN
        if name == "w:r":
            return Spot.IN_RUN
        if name in _INLINE:
            return Spot.INLINE
        if name in _BLOCK:
            return Spot.BLOCK
        if name in _EITHER:
            return Spot.INLINE if self._is_inside("w:p") else Spot.BLOCK
        return Spot.NOWHERE if name in _NO_TEXT else Spot.TEXT

    def _is_inside(self, name: str) -> bool:
        above = self.open
        while above is not None:
            if above[0] == name:
                return True
            if above[0] == "w:txbxContent":
                return False
            above = above[1]
        return False

    def fits(self, other: "Shape") -> bool:
        """Whether text that may follow one may follow the other: `w:val="restart` and `w:val="continue`."""
        return self.open == other.open and _outline(self.partial) == _outline(other.partial)


def _outline(partial: str) -> tuple[str, int]:
    return partial.partition(" ")[0], partial.count('"') % 2
