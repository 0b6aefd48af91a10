"""Several finished PDFs as one packet: pages, fields, tags, bookmarks, page labels and layers of each stay its own.

Each part goes over as one graph of objects, so that whatever points from one of its pages to another still does. What a
part numbers or names for itself gets a prefix or an offset; nothing is drawn anew.
"""

import io
from collections.abc import Sequence
from contextlib import ExitStack

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.blanks.pdf_fields.clean import make_inert
from generator.blanks.pdf_fields.fields import dictionary, drop, is_true, items, read_fields
from generator.blanks.pdf_merge.fields import carry_fields, join_fields
from generator.blanks.pdf_merge.layers import join_layers
from generator.blanks.pdf_merge.places import join_labels, join_outlines, labels_of, with_explicit_places
from generator.blanks.pdf_merge.tags import join_tags
from generator.errors import BlankIsEncrypted, BlankNotReadable, FileTooLarge, FormUnsupported
from generator.pdf_limits import MOST_PAGES
from generator.sheet_mark import rename_slots

__all__ = ["merge_pdfs", "prefix_of"]


def prefix_of(place: int) -> str:
    """What stands before the field names of the part at a place (from 0): `form1` makes `name` into `form1.name`."""
    return f"form{place + 1}"


def merge_pdfs(parts: Sequence[tuple[str, bytes]], title: str = "", language: str = "") -> bytes:
    """One PDF of several, in order; `parts` are titles and files, and each title becomes a bookmark.

    Field names get the prefix of their part (`prefix_of`), so that equal names stay different answers. Pages are
    labelled part-page: 2-1 is the first page of the second part. Tags are joined into one tree; the packet counts as
    tagged only where every part is. Scripts, launches and submissions do not go over, nor do attached files.

    Raises BlankNotReadable or BlankIsEncrypted (a part that cannot be opened), FormUnsupported (a part that carries a
    signature, which joining would break), FileTooLarge (over 2,000 pages in all).
    """
    with ExitStack() as stack:
        sources = [stack.enter_context(_opened(name, data)) for name, data in parts]
        if sum(len(source.pages) for source in sources) > MOST_PAGES:
            raise FileTooLarge(f"These files have more than {MOST_PAGES:,} pages together. Make two packets of them.")
        out = stack.enter_context(pikepdf.new())
        graphs = [_carried(out, source, prefix_of(place)) for place, source in enumerate(sources)]
        starts = [0]
        for graph in graphs:
            _add_pages(out, graph)
            starts.append(len(out.pages))
        titles = [name for name, _ in parts]
        join_fields(out, graphs, [prefix_of(place) for place in range(len(parts))], titles)
        join_tags(out, graphs, starts, titles)
        join_layers(out, graphs)
        join_labels(out, graphs, starts)
        join_outlines(out, graphs, titles)
        _describe(out, sources, title, language)
        make_inert(out)
        saved = io.BytesIO()
        out.save(
            saved,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
        return saved.getvalue()


def _opened(name: str, data: bytes) -> pikepdf.Pdf:
    said = f"“{name}”" if name else "One of the files"
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise BlankIsEncrypted(
            f"{said} needs a password to be opened. Save a copy without one, and use that."
        ) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError):
        raise BlankNotReadable(f"{said} is not a PDF, or it is damaged. Make it again.") from None
    if any(one.type == "/Sig" and isinstance(one.inherited("/V"), Dictionary) for one in read_fields(pdf)):
        raise FormUnsupported(f"{said} is signed, and joining would break the signature. Send it beside the packet.")
    return pdf


def _carried(out: pikepdf.Pdf, source: pikepdf.Pdf, prefix: str) -> pikepdf.Dictionary:
    """All of a part that goes over, copied in one go as one dictionary."""
    with_explicit_places(source)
    rename_slots(source, prefix)
    root = source.Root
    graph = Dictionary(
        Fields=carry_fields(source),
        Form=dictionary(root.get("/AcroForm")),
        Tags=root.get("/StructTreeRoot") if isinstance(root.get("/StructTreeRoot"), Dictionary) else Dictionary(),
        IsTagged=is_true(dictionary(root.get("/MarkInfo")).get("/Marked")),
        Outlines=dictionary(root.get("/Outlines")),
        Layers=dictionary(root.get("/OCProperties")),
        Labels=labels_of(source),
        Lang=root.get("/Lang") if isinstance(root.get("/Lang"), String) else String(""),
        Pages=_pages(source),
    )
    copied = out.copy_foreign(source.make_indirect(graph))
    if not isinstance(copied, Dictionary):
        raise BlankNotReadable("One of the files is damaged. Make it again.")
    return copied


def _pages(source: pikepdf.Pdf) -> Array:
    """The pages with what they inherit written into them.

    They are not called pages on the way: qpdf copies a graph only as far as its pages, and makes every way from one page
    to another null (QPDF::copyForeignObject).
    """
    pages = []
    for page in source.pages:
        for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
            value = _from_above(page.obj, key)
            if value is not None:
                page.obj[key] = value
        pages.append(page.obj)
    for one in pages:
        one.Type = Name("/PacketPage")
        drop(one, "/Parent")
    return Array(pages)


def _from_above(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    here = page
    for _ in range(64):
        if key in here:
            return here[key]
        parent = here.get("/Parent")
        if not isinstance(parent, Dictionary):
            return None
        here = parent
    return None


def _add_pages(out: pikepdf.Pdf, graph: pikepdf.Dictionary) -> None:
    for page in items(graph.Pages):
        page.Type = Name.Page
        out.pages.append(pikepdf.Page(page))


def _describe(out: pikepdf.Pdf, sources: Sequence[pikepdf.Pdf], title: str, language: str) -> None:
    spoken = language or next((str(one.Root.Lang) for one in sources if isinstance(one.Root.get("/Lang"), String)), "")
    if spoken:
        out.Root.Lang = String(spoken)
    if title:
        out.docinfo["/Title"] = String(title)
        with out.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
        out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
