"""A blank as it comes, a file or an id of the library: its bytes, what is seen in it, where answers go on a flat one."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from generator.blanks.tasks import Seen
from generator.errors import BlankNotReadable
from generator.finding import Finding, Severity
from generator.library import Form, find
from generator.old_files import as_word_or_pdf, kind_of_old_file
from generator.worker import call


def embedded_map(data: bytes) -> str:
    """The field map that a form of ours carries, as TOML; "" where there is none. Read in a worker."""
    return cast("str", call("embedded-map", data))


def inspect(data: bytes) -> Seen:
    """The slots of a blank, read in a worker. A file of an older or another program is made a Word document first.

    Raises BlankNotReadable for what is no form, NoConverter where such a file needs LibreOffice and there is none.
    """
    seen = cast("Seen", call("inspect", as_word_or_pdf(data)))
    return replace(seen, findings=(*about_conversion(data), *seen.findings))


def about_conversion(data: bytes) -> tuple[Finding, ...]:
    """The warning that a file of an older or another program was made a Word document first."""
    kind = kind_of_old_file(data)
    if not kind:
        return ()
    message = f"This is {kind}. It was made a Word document (.docx) by LibreOffice."
    mend = "Look at the filled document once beside the form; small things of the layout may differ."
    return (Finding("converted", Severity.WARNING, "the form", message, mend),)


def find_flat_fields(pdf: bytes) -> list[dict[str, object]]:
    """Where answers go on a PDF without fields: `page` from 0, `rect` in PDF points, `kind` text or check, `label`.

    Raises BlankNotReadable or BlankIsEncrypted. A page that is a scan has no places.
    """
    return cast("list[dict[str, object]]", call("find-flat-fields", pdf))


def adopt_pdf(pdf: bytes) -> bytes:
    """A flat PDF made fillable. Raises FormUnsupported where no place is found."""
    return cast("bytes", call("adopt-pdf", pdf))


def find_form(name: str, field_map: Mapping[str, object] | None = None) -> Form:
    """A form by its id in the library, or from a file with its field map. Raises FormUnknown, BlankNotReadable."""
    path = Path(name)
    if not path.is_file():
        return find(name)
    return Form(id=path.stem, title=path.stem, kind=inspect(read_blank(path)).kind, path=path, map=field_map or {})


def read_blank(path: Path) -> bytes:
    """The bytes of a form's file. Raises BlankNotReadable where it is missing or cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        raise BlankNotReadable(f"There is no file {path}, or it cannot be read. Check the name.") from None
