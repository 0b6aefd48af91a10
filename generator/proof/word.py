"""The proof of a Word document: plain zip and XML, none of the code that wrote it.

An answer that stands in a known paragraph is looked for there; any other, as often as it is expected, in the whole
text. Ticks are counted, choices from lists are read from the list, tags and prompts that were left are faults.
"""

import io
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from generator.proof.nouns import Expected, Fault, Proof

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_TAG_MARKS = ("{{", "{%", "}}", "%}")
_TICKS = frozenset("☑☒✓✔✕✖✗✘■▣●⬛⊠\uf0fe\uf0fd\uf0fc\uf0fb\uf052\uf053\uf054\uf0a4\uf098\uf067\uf06e")
_CROSS = re.compile(r"[\[(_]\s*[xX]\s*[\])_]|^[xX]$")
_OFF = ("0", "false", "off")


def prove_word(data: bytes, expected: Sequence[Expected]) -> Proof:
    """Look for every answer, and for tags that were left. Space and line ends do not matter; every other sign does."""
    try:
        document = _Document(data)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError):
        return Proof(len(expected), tuple(Fault(one.slot, "the document cannot be read") for one in expected))
    faults = [*document.faults([one for one in expected if one.places])]
    faults += document.absent([one for one in expected if not one.places])
    is_left = document.has_tags([one.value for one in expected])
    faults += [Fault("the template", "a tag is left in the document")] if is_left else []
    return Proof(len(expected) + is_left, tuple(faults))


def word_texts(data: bytes) -> list[str]:
    """The text of each paragraph: body, headers, footers, notes. Raises BadZipFile, ParseError and KeyError."""
    return _Document(data).texts


def squeezed(text: str) -> str:
    """The text without any space, composed, for comparing."""
    return re.sub(r"[\s\u00a0\x00-\x1f\ufffe\uffff]+", "", unicodedata.normalize("NFC", text))


class _Document:
    """The paragraphs of every part that holds text, by part and number."""

    def __init__(self, data: bytes) -> None:
        self._paragraphs: dict[tuple[str, int], ElementTree.Element] = {}
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                if _TEXT_PART.fullmatch(name):
                    # Our own product; entities were refused before it was made.
                    root = ElementTree.fromstring(package.read(name))  # noqa: S314
                    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
                        self._paragraphs[name, number] = paragraph
        self.texts = [_text(paragraph) for paragraph in self._paragraphs.values()]
        self.unspaced = squeezed(" ".join(self.texts))

    def absent(self, expected: Sequence[Expected]) -> Iterator[Fault]:
        """Answers without a known place. What shows one answer cannot show a second one, the longest come first."""
        text = self.unspaced
        for one in sorted(expected, key=lambda one: -len(one.value)):
            value = squeezed(one.value)
            found = text.find(value)
            if found < 0:
                yield Fault(one.slot, "the text is not in the document")
            elif value:
                text = f"{text[:found]}\x00{text[found + len(value) :]}"

    def has_tags(self, answers: Sequence[str]) -> bool:
        """Whether a tag's mark stands in the text outside of the answers."""
        marks = [mark for mark in _TAG_MARKS if mark in self.unspaced]
        texts = [squeezed(answer) for answer in answers if any(mark in answer for mark in marks)] if marks else []
        text = self.unspaced
        for answer in sorted(texts, key=len, reverse=True):
            text = text.replace(answer, "\x00")
        return any(mark in text for mark in marks)

    def faults(self, expected: Sequence[Expected]) -> Iterator[Fault]:
        """Answers that are not in their paragraphs; several in one paragraph must all be there."""
        ticks: dict[tuple[str, int], int] = defaultdict(int)
        used: dict[tuple[tuple[str, int], ...], str] = {}
        for one in sorted(expected, key=lambda one: -len(one.value)):
            if one.is_button:
                place = one.places[0]
                ticks[place] += 1
                if self._ticks(place) < ticks[place]:
                    yield Fault(one.slot, "its box is not ticked")
                continue
            if one.is_ringed:
                if not self._is_ringed(one.places[0], one.value):
                    yield Fault(one.slot, "the choice is not marked")
                continue
            if one.places not in used:
                used[one.places] = squeezed("".join(self._shown(place) for place in dict.fromkeys(one.places)))
            value = squeezed(one.value)
            found = used[one.places].find(value)
            if found < 0:
                yield Fault(one.slot, "its text is not whole in its place")
            else:
                # What was found once is not found again for another answer in the same paragraph.
                used[one.places] = f"{used[one.places][:found]}\x00{used[one.places][found + len(value) :]}"

    def _shown(self, place: tuple[str, int]) -> str:
        paragraph = self._paragraphs.get(place)
        return _text(paragraph) if paragraph is not None else ""

    def _ticks(self, place: tuple[str, int]) -> int:
        paragraph = self._paragraphs.get(place)
        if paragraph is None:
            return 0
        text = _text(paragraph)
        fields = sum(_is_on(box) for box in paragraph.iter(f"{_W}checkBox"))
        printed = sum(char in _TICKS for char in text) + len(_CROSS.findall(text.strip()))
        symbols = sum(_symbol(node) in _TICKS for node in paragraph.iter(f"{_W}sym"))
        return fields + printed + symbols

    def _is_ringed(self, place: tuple[str, int], value: str) -> bool:
        paragraph = self._paragraphs.get(place)
        for run in paragraph.iter(f"{_W}r") if paragraph is not None else ():
            if (
                run.find(f"{_W}rPr/{_W}bdr") is not None
                and squeezed(_text(run)).casefold() == squeezed(value).casefold()
            ):
                return True
        return False


def _text(element: ElementTree.Element) -> str:
    """The text of runs, and of the choices of lists, without that of text boxes inside."""
    out: list[str] = []

    def walk(node: ElementTree.Element) -> None:
        for child in node:
            if child.tag == f"{_W}t":
                out.append(child.text or "")
            elif child.tag == f"{_W}ddList":
                out.append(_chosen(child))
            elif child.tag in (f"{_W}tab", f"{_W}br"):
                out.append(" ")
            elif child.tag not in (f"{_W}txbxContent", f"{_W}del", f"{_W}instrText"):
                walk(child)

    walk(element)
    return "".join(out)


def _chosen(entries_of: ElementTree.Element) -> str:
    entries = [entry.get(f"{_W}val") or "" for entry in entries_of.findall(f"{_W}listEntry")]
    result = entries_of.find(f"{_W}result")
    number = (result.get(f"{_W}val") or "0") if result is not None else "0"
    return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""


def _is_on(box: ElementTree.Element) -> bool:
    checked = box.find(f"{_W}checked")
    state = checked if checked is not None else box.find(f"{_W}default")
    return state is not None and (state.get(f"{_W}val") or "1") not in _OFF


def _symbol(node: ElementTree.Element) -> str:
    try:
        return chr(int(node.get(f"{_W}char") or "0", 16) | 0xF000)
    except ValueError:
        return ""
