"""Forms in the files of older or other programs (.doc, .odt, .rtf), made Word documents by LibreOffice."""

from generator.convert import to_docx

_OLE, _RTF, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"PK\x03\x04"
_ODF = b"mimetypeapplication/vnd.oasis.opendocument.text"
_KINDS = {
    ".doc": "a document of an older Word (.doc)",
    ".odt": "a document of LibreOffice (.odt)",
    ".rtf": "an .rtf file",
}


def kind_of_old_file(data: bytes) -> str:
    """What kind of file it is, in words; "" for what needs no conversion."""
    return _KINDS.get(_suffix(data), "")


def as_word_or_pdf(data: bytes) -> bytes:
    """The file itself, or the Word document that LibreOffice makes of it; links to elsewhere are never followed.

    Raises NoConverter where LibreOffice is missing, BlankNotReadable where it cannot read the file, WorkerStopped.
    """
    suffix = _suffix(data)
    if not suffix:
        return data
    return to_docx(data, suffix)


def _suffix(data: bytes) -> str:
    head = data[:200]
    if head.startswith(_OLE):
        return ".doc"
    if head.lstrip().startswith(_RTF):
        return ".rtf"
    return ".odt" if head.startswith(_ZIP) and _ODF in head else ""
