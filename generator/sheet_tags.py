"""The tags of added sheets: a tagged form stays tagged, and a screen reader reads what is continued in its language.

See ISO 32000-2, 14.7 (logical structure) and PDF/UA-1, 7.1 and 7.2. A form without tags gets none.
"""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_OURS = "planscribe-sheets"
_LANGUAGES = {"en": "en-US", "es": "es-US"}


class SheetTags:
    """A section in the structure of an open file that takes the headings and paragraphs of its added pages, in order."""

    def __init__(self, pdf: pikepdf.Pdf, language: str, title: str) -> None:
        self._pdf = pdf
        self._elements: dict[tuple[str, int], pikepdf.Object] = {}
        self._section: pikepdf.Object | None = None
        root = _structure(pdf)
        if root is None:
            return
        top = _top(root)
        self._section = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Sect,
                P=top,
                ID=String(_OURS),
                T=String(title),
                Lang=String(_LANGUAGES.get(language, "en-US")),
                K=Array(),
            )
        )
        _listed(top).append(self._section)

    @property
    def is_used(self) -> bool:
        """Whether the file has tags, so that pages need them."""
        return self._section is not None

    def add_page(self, page: pikepdf.Page, marked: list[tuple[str, int]]) -> None:
        """Enter a page: for each of its marked contents, by number, the role (H1, H2, P) and the item that it belongs to."""
        root = _structure(self._pdf)
        if self._section is None or root is None:
            return
        owners = Array()
        for number, key in enumerate(marked):
            if key not in self._elements:
                made = Dictionary(Type=Name.StructElem, S=Name(f"/{key[0]}"), P=self._section, K=Array())
                self._elements[key] = self._pdf.make_indirect(made)
                self._section.K.append(self._elements[key])
            content = Dictionary(Type=Name.MCR, Pg=page.obj, MCID=number)
            self._elements[key].K.append(content)
            owners.append(self._elements[key])
        parents = _parents(self._pdf, root)
        key_of_page = max((int(root.get("/ParentTreeNextKey", 0)), *(one + 1 for one in parents)))
        parents[key_of_page] = self._pdf.make_indirect(owners)
        root.ParentTreeNextKey = key_of_page + 1
        page.obj.StructParents = key_of_page
        page.obj.Tabs = Name.S


def take_tags_off(pdf: pikepdf.Pdf, keys: list[int]) -> None:
    """Take the tags of added sheets out again; `keys` are what their pages had as StructParents."""
    root = _structure(pdf)
    if root is None:
        return
    top = _top(root)
    kept = [one for one in _listed(top) if not (isinstance(one, Dictionary) and str(one.get("/ID", "")) == _OURS)]
    top.K = Array(kept)
    parents = _parents(pdf, root)
    for key in keys:
        if key in parents:
            del parents[key]


def _structure(pdf: pikepdf.Pdf) -> pikepdf.Object | None:
    """The root of the structure; None where the file is not tagged."""
    marks, root = pdf.Root.get("/MarkInfo"), pdf.Root.get("/StructTreeRoot")
    marked: object = marks.get("/Marked") if isinstance(marks, Dictionary) else None
    is_marked = marked is True
    return root if is_marked and isinstance(root, Dictionary) else None


def _top(root: pikepdf.Object) -> pikepdf.Object:
    """The one element at the top, such as Document, where there is one; else the root itself."""
    below = root.get("/K")
    if isinstance(below, Array) and len(below) == 1:
        below = below[0]
    return below if isinstance(below, Dictionary) and below.get("/S") == Name.Document else root


def _listed(element: pikepdf.Object) -> pikepdf.Object:
    """What an element holds, as a list."""
    below = element.get("/K")
    if not isinstance(below, Array):
        element.K = Array([] if below is None else [below])
    return element.K


def _parents(pdf: pikepdf.Pdf, root: pikepdf.Object) -> pikepdf.NumberTree:
    if not isinstance(root.get("/ParentTree"), Dictionary):
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array()))
    return pikepdf.NumberTree(root.ParentTree)
