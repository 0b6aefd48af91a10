"""The proof of a Word document: plain zip and XML, none of the code that wrote it.

An answer that stands in a known paragraph is looked for there; any other, as often as it is expected, in the whole
text. Ticks are counted, choices from lists are read from the list, tags and prompts that were left are faults.
"""

import io
import re
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from lxml import etree

from generator.proof.nouns import Expected, Fault, Proof
from generator.proof.word_text import text_of_plain

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T, _GAPS = f"{_W}t", (f"{_W}p", f"{_W}tab", f"{_W}br")
_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_TAG_MARKS = ("{{", "{%", "}}", "%}")
_TICKS = frozenset("☑☒✓✔✕✖✗✘■▣●⬛⊠\uf0fe\uf0fd\uf0fc\uf0fb\uf052\uf053\uf054\uf0a4\uf098\uf067\uf06e")
_CROSS = re.compile(r"[\[(_]\s*[xX]\s*[\])_]|^[xX]$")
_OFF = ("0", "false", "off")
_NO_SIGNS = re.compile(r"[\x00-\x1f\ufffe\uffff]+")
_NESTED = (b"txbxContent", b"ddList", b"instrText", b":del ", b":del>", b":del/", b"<del")
"""In the XML of a part where a paragraph's text is not simply that of all its w:t elements, in order."""


def prove_word(data: bytes, expected: Sequence[Expected]) -> Proof:
    """Look for every answer, and for tags that were left. Space and line ends do not matter; every other sign does."""
    return _proof(_read(data), expected)


def prove_printed(filled: bytes, document: bytes, printed: Sequence[Expected]) -> tuple[tuple[str, ...], Proof]:
    """The slots among `printed` that a template left out when it was filled, and the proof of all others.

    A condition of the template may leave an answer out, and then it is not to be seen: so the file is read as it came
    from filling, and what was there must be in the finished `document` still. Parts that are the same, byte for byte, are
    read once.
    """
    first = _read(filled)
    if first is None:  # then nothing says that a condition left an answer out
        return (), _proof(None, printed)
    absent = {fault.slot for fault in _proof(first, printed).faults}
    left_out = tuple(one.slot for one in printed if one.slot in absent)
    present = [one for one in printed if one.slot not in absent]
    if document != filled:
        return left_out, _proof(_read(document, first), present)
    # The same bytes: what was just seen is seen, and only the tags are looked for again, without the texts left out.
    return left_out, _with_tags((), first, present)


def _read(data: bytes, known: "_Document | None" = None) -> "_Document | None":
    """None for what cannot be read."""
    try:
        return _Document(data, known)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError):
        return None


def _proof(document: "_Document | None", expected: Sequence[Expected]) -> Proof:
    if document is None:
        return Proof(len(expected), tuple(Fault(one.slot, "the document cannot be read") for one in expected))
    faults = [*document.faults([one for one in expected if one.places])]
    faults += document.absent([one for one in expected if not one.places])
    return _with_tags(faults, document, expected)


def _with_tags(faults: Sequence[Fault], document: "_Document", expected: Sequence[Expected]) -> Proof:
    is_left = document.has_tags([one.value for one in expected])
    more = (Fault("the template", "a tag is left in the document"),) if is_left else ()
    return Proof(len(expected) + is_left, (*faults, *more))


def word_texts(data: bytes) -> list[str]:
    """The text of each paragraph: body, headers, footers, notes. Raises BadZipFile, XMLSyntaxError and KeyError."""
    return _Document(data).texts


def squeezed(text: str) -> str:
    """The text without any space or control sign, composed, for comparing."""
    packed = "".join(unicodedata.normalize("NFC", text).split())
    return packed if packed.isprintable() else _NO_SIGNS.sub("", packed)


def _parser() -> etree.XMLParser:
    """A comment in the midst of a text does not part it, so none is kept."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )


class _Part:
    """One part that holds text: its XML, and the text of its paragraphs.

    The text is read off the XML where that is all there is to it; where it is not, the tree is asked.
    """

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        is_plain = not any(mark in xml for mark in _NESTED)
        text = text_of_plain(xml) if is_plain else None
        self.text = text if text is not None else _all_text(self.root, is_plain=is_plain)

    @cached_property
    def root(self) -> etree._Element:
        """The tree. Raises XMLSyntaxError."""
        # Our own product; entities were refused before it was made, and none is followed here.
        return etree.fromstring(self.xml, _parser())


class _Document:
    """The paragraphs of every part that holds text, by part and number; parts equal to those of `known` are its own."""

    def __init__(self, data: bytes, known: "_Document | None" = None) -> None:
        self._parts: dict[str, _Part] = {}
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                if _TEXT_PART.fullmatch(name):
                    xml = package.read(name)
                    same = known._parts.get(name) if known is not None else None
                    self._parts[name] = same if same is not None and same.xml == xml else _Part(xml)
        self.unspaced = squeezed(" ".join(part.text for part in self._parts.values()))

    @cached_property
    def _paragraphs(self) -> dict[tuple[str, int], etree._Element]:
        return {
            (name, number): paragraph
            for name, part in self._parts.items()
            for number, paragraph in enumerate(part.root.iter(f"{_W}p"), 1)
        }

    @property
    def texts(self) -> list[str]:
        """The text of each paragraph in turn."""
        return [_text(paragraph) for paragraph in self._paragraphs.values()]

    def absent(self, expected: Sequence[Expected]) -> Iterator[Fault]:
        """Answers without a known place. What shows one answer cannot show a second one, the longest come first.

        Equal answers are looked for together: of five that are expected and three that are there, the last two are absent.
        """
        text = self.unspaced
        alike: dict[str, list[Expected]] = defaultdict(list)
        for one in expected:
            alike[one.value].append(one)
        for value, ones in sorted(alike.items(), key=lambda item: -len(item[0])):
            wanted = squeezed(value)
            if not wanted:
                continue
            seen = min(text.count(wanted), len(ones))
            text = text.replace(wanted, "\x00", seen)
            for one in ones[seen:]:
                yield Fault(one.slot, "the text is not in the document")

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


def _all_text(root: etree._Element, *, is_plain: bool) -> str:
    """The text of all paragraphs of a part, one after the other."""
    if not is_plain:
        return " ".join([_text(paragraph) for paragraph in root.iter(f"{_W}p")])
    # Only what stands in a paragraph: Word shows no other text.
    nodes = [node for paragraph in root.iter(_GAPS[0]) for node in paragraph.iter(_T, *_GAPS)]
    return "".join([(node.text or "") if node.tag == _T else " " for node in nodes])


def _text(element: etree._Element) -> str:
    """The text of runs, and of the choices of lists, without that of text boxes inside."""
    out: list[str] = []

    def walk(node: etree._Element) -> None:
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


def _chosen(entries_of: etree._Element) -> str:
    entries = [entry.get(f"{_W}val") or "" for entry in entries_of.findall(f"{_W}listEntry")]
    result = entries_of.find(f"{_W}result")
    number = (result.get(f"{_W}val") or "0") if result is not None else "0"
    return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""


def _is_on(box: etree._Element) -> bool:
    checked = box.find(f"{_W}checked")
    state = checked if checked is not None else box.find(f"{_W}default")
    return state is not None and (state.get(f"{_W}val") or "1") not in _OFF


def _symbol(node: etree._Element) -> str:
    try:
        return chr(int(node.get(f"{_W}char") or "0", 16) | 0xF000)
    except ValueError:
        return ""
