"""The proof of a Word document: plain zip and XML, none of the code that wrote it."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree

from generator.proof.nouns import Expected, Fault, Proof

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")


def prove_word(data: bytes, expected: Sequence[Expected]) -> Proof:
    """Look for every answer in the text of the document, and for tags that were left.

    Space and line ends do not matter; every other character does.
    """
    try:
        texts = word_texts(data)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError):
        return Proof(len(expected), tuple(Fault(one.slot, "the document cannot be read") for one in expected))
    text = squeezed(" ".join(texts))
    faults = [Fault(one.slot, "the text is not in the document") for one in expected if squeezed(one.value) not in text]
    faults += [
        Fault("the template", "a tag is left in the document") for mark in ("{{", "{%") if any(mark in t for t in texts)
    ]
    return Proof(len(expected) + sum(fault.slot == "the template" for fault in faults), tuple(faults))


def word_texts(data: bytes) -> list[str]:
    """The text of each part: body, headers, footers, notes. Raises BadZipFile, ParseError and KeyError."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [_text(package.read(name)) for name in package.namelist() if _TEXT_PART.fullmatch(name)]


def squeezed(text: str) -> str:
    """The text without any space, composed, for comparing."""
    return re.sub(r"[\s\u00a0\x00-\x1f\ufffe\uffff]+", "", unicodedata.normalize("NFC", text))


def _text(data: bytes) -> str:
    root = ElementTree.fromstring(data)  # noqa: S314 (our own product; entities were refused before it was made)
    return " ".join("".join(node.text or "" for node in paragraph.iter(f"{_W}t")) for paragraph in root.iter(f"{_W}p"))
