"""The fields of a PDF form: qualified names, inherited attributes, widgets and their pages.

See ISO 32000-2, 12.7.4 (field dictionaries) and 12.5.6.19 (widget annotations).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pikepdf

from generator.slots import Rect

READ_ONLY, REQUIRED = 1 << 0, 1 << 1
MULTILINE, PASSWORD, FILE_SELECT, COMB = 1 << 12, 1 << 13, 1 << 20, 1 << 24
RADIO, PUSHBUTTON, RADIOS_IN_UNISON = 1 << 15, 1 << 16, 1 << 25
COMBO, EDIT, MULTISELECT = 1 << 17, 1 << 18, 1 << 21
HIDDEN, PRINT, NO_VIEW = 1 << 1, 1 << 2, 1 << 5
_DEEPEST = 64
_HANDED_DOWN = ("/FT", "/Ff", "/DA", "/DS", "/Q", "/MaxLen")
"""What the fields below a field have from it where they have none of their own (ISO 32000-2, tables 226, 228, 232)."""


@dataclass(frozen=True, slots=True)
class Widget:
    """One place on a page where a field shows; `page` is None where no page lists it among its annotations."""

    annotation: pikepdf.Object = field(repr=False)
    page: int | None
    rect: Rect

    @property
    def flags(self) -> int:
        """The annotation's flags (ISO 32000-2, 12.5.3)."""
        return integer(self.annotation.get("/F"))

    @property
    def is_hidden(self) -> bool:
        """Whether no viewer shows it."""
        return bool(self.flags & (HIDDEN | NO_VIEW))

    @property
    def can_show(self) -> bool:
        """Whether there is a place on a page, of some size, where a person would see it."""
        x0, y0, x1, y1 = self.rect
        return self.page is not None and not self.is_hidden and x1 > x0 and y1 > y0

    def on_states(self) -> tuple[str, ...]:
        """The names of this button's states other than Off, as its own appearances give them."""
        normal = dictionary(dictionary(self.annotation.get("/AP")).get("/N"))
        if isinstance(normal, pikepdf.Stream):
            return ()
        return tuple(key[1:] for key in keys(normal) if key != "/Off")


@dataclass(frozen=True, slots=True)
class Field:
    """A terminal field with its inherited attributes; `twins` are further dictionaries of the same name."""

    name: str
    object: pikepdf.Object = field(repr=False)
    type: str
    flags: int
    default_appearance: str
    default_style: str
    alignment: int
    max_length: int | None
    widgets: tuple[Widget, ...]
    twins: tuple[pikepdf.Object, ...] = field(default=(), repr=False)

    def has(self, flag: int) -> bool:
        """Whether a field flag is set."""
        return bool(self.flags & flag)

    def inherited(self, key: str) -> pikepdf.Object | None:
        """A value of the field or the nearest parent that has it, else of its first widget that has it."""
        found = inherited(self.object, key)
        return found if found is not None else _told(self.object, key)

    def store(self, new: pikepdf.Object) -> None:
        """Make this the one value of the field: older ones of its widgets and their rich texts are taken out."""
        for obj in (self.object, *self.twins):
            for widget in (obj, *_kids(obj)):
                drop(widget, "/V", "/RV")
            obj.V = new


def read_fields(pdf: pikepdf.Pdf, *, enter_forgotten: bool = False) -> tuple[Field, ...]:
    """Every terminal field: those of the AcroForm, then those that only a page's annotations lead to.

    `enter_forgotten`: the latter are put into the AcroForm's list, as `list_forgotten` does.
    """
    pages, widgets = _annotations(pdf)
    form = dictionary(pdf.Root.get("/AcroForm"))
    out: dict[tuple[int, int] | int, Field] = {}
    names: dict[str, Field] = {}
    roots: list[pikepdf.Object] = [one for one in items(form.get("/Fields")) if isinstance(one, pikepdf.Dictionary)]
    forgotten = _orphans(widgets, roots)
    if enter_forgotten:
        form = _enter(pdf, forgotten)
    for root in (*roots, *forgotten):
        above = value(root, "/Parent")
        for obj, name, words in _terminals(root, "", _handed_down(above) if above is not None else {}, 0, set()):
            one = _field(obj, name, words, form, pages)
            key = obj.objgen if obj.objgen != (0, 0) else id(obj)
            if key in out or one.type not in ("/Tx", "/Btn", "/Ch", "/Sig"):
                continue
            if name in names and names[name].type == one.type and name:
                one = _merged(names[name], one)
                out = {k: v for k, v in out.items() if v is not names[name]}
            names[name] = one
            out[key] = one
    return tuple(out.values())


def list_forgotten(pdf: pikepdf.Pdf) -> None:
    """Put fields that only pages lead to into the AcroForm's list; some viewers show no others (12.7.3)."""
    listed = items(dictionary(pdf.Root.get("/AcroForm")).get("/Fields"))
    roots: list[pikepdf.Object] = [one for one in listed if isinstance(one, pikepdf.Dictionary)]
    _enter(pdf, _orphans(_annotations(pdf)[1], roots))


def _enter(pdf: pikepdf.Pdf, forgotten: Iterable[pikepdf.Object]) -> pikepdf.Object:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        pdf.Root.AcroForm = form = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array()))
    if not isinstance(form.get("/Fields"), pikepdf.Array):
        form.Fields = pikepdf.Array()
    for one in forgotten:
        if one.objgen != (0, 0):
            form.Fields.append(one)
    return form


def _merged(first: Field, second: Field) -> Field:
    """Two dictionaries of one name are one field (ISO 32000-2, 12.7.4.2: field names)."""
    return Field(
        first.name, first.object, first.type, first.flags, first.default_appearance, first.default_style, first.alignment,
        first.max_length, first.widgets + second.widgets, (*first.twins, second.object),
    )  # fmt: skip


def dictionary(obj: object) -> pikepdf.Object:
    """The object where it is a dictionary or stream, else an empty dictionary."""
    if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
        return obj
    return pikepdf.Dictionary()


def value(obj: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """What stands under a key, None where there is none. `get` takes six times as long over a key that is not there."""
    return obj[key] if key in obj else None  # noqa: SIM401 (see above)


def keys(obj: pikepdf.Object) -> tuple[str, ...]:
    """The keys of a dictionary, `/Like` this."""
    return tuple(obj.keys())


def items(obj: object) -> tuple[pikepdf.Object, ...]:
    """The items of an array, nulls left out; none where it is no array."""
    if not isinstance(obj, pikepdf.Array):
        return ()
    return tuple([item for item in obj if item is not None])  # a list is filled faster than a generator is asked


def drop(obj: pikepdf.Object, *names: str) -> None:
    """Take keys out of a dictionary where they are there."""
    for name in names:
        if name in obj:
            del obj[name]


def integer(obj: object) -> int:
    """A whole number, 0 where it is none."""
    if obj is None:
        return 0
    try:
        return int(obj)  # type: ignore[call-overload,no-any-return]
    except (TypeError, ValueError):
        return 0


def is_true(obj: object) -> bool:
    """Whether it is the boolean true."""
    return obj is True


def text_of(obj: object) -> str:
    """A text string's text, or a name without its slash; "" for anything else."""
    if isinstance(obj, pikepdf.String):
        return str(obj)
    if isinstance(obj, pikepdf.Name):
        return str(obj)[1:]
    if isinstance(obj, pikepdf.Stream):
        return obj.read_bytes().decode("utf-8", "replace")
    return ""


def inherited(obj: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """A value of a field or the nearest parent that has it; loops in /Parent end."""
    for _ in range(_DEEPEST):
        if key in obj:
            return obj[key]
        parent = value(obj, "/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            return None
        obj = parent
    return None


def rect_of(annotation: pikepdf.Object) -> Rect:
    """The normalised rectangle in points; empty where it is damaged."""
    try:
        x0, y0, x1, y1 = (float(v) for v in items(annotation.get("/Rect")))  # type: ignore[arg-type,unused-ignore]
    except (TypeError, ValueError):
        return (0.0, 0.0, 0.0, 0.0)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _kids(obj: pikepdf.Object) -> list[pikepdf.Dictionary]:
    return [kid for kid in items(value(obj, "/Kids")) if isinstance(kid, pikepdf.Dictionary)]


_Words = dict[str, pikepdf.Object]


def _handed_down(obj: pikepdf.Object) -> _Words:
    """What a field hands down, its parents' words included."""
    return {key: found for key in _HANDED_DOWN if (found := inherited(obj, key)) is not None}


def _terminals(
    obj: pikepdf.Object, parent: str, above: _Words, depth: int, seen: set[tuple[int, int]]
) -> Iterator[tuple[pikepdf.Object, str, _Words]]:
    """The terminal fields at and below a field: the object, its qualified name, and the words that hold for it."""
    if depth > _DEEPEST or (obj.objgen != (0, 0) and obj.objgen in seen):
        return
    seen.add(obj.objgen)
    words = above | {key: obj[key] for key in _HANDED_DOWN if key in obj}
    own = text_of(value(obj, "/T"))
    name = f"{parent}.{own}" if parent and own else own or parent
    kids = _kids(obj)
    fields = [kid for kid in kids if "/T" in kid or ("/Kids" in kid and kid.get("/Subtype") != "/Widget")]
    if fields:
        for kid in fields:
            yield from _terminals(kid, name, words, depth + 1, seen)
    else:
        yield obj, name, words


def _field(
    obj: pikepdf.Object, name: str, words: _Words, form: pikepdf.Object, pages: dict[tuple[int, int], int]
) -> Field:
    kids = _kids(obj)
    annotations: list[pikepdf.Object] = [*kids] or ([obj] if obj.get("/Subtype") == "/Widget" or "/Rect" in obj else [])
    if kids:
        words = {key: found for key in _HANDED_DOWN if (found := _told(obj, key)) is not None} | words
    limit = integer(words.get("/MaxLen"))
    return Field(
        name=name,
        object=obj,
        type=str(words.get("/FT", "")),
        flags=integer(words.get("/Ff")),
        default_appearance=text_of(words.get("/DA") or value(form, "/DA")),
        default_style=text_of(words.get("/DS")),
        alignment=integer(words.get("/Q") or value(form, "/Q")),
        max_length=limit if limit > 0 else None,
        widgets=tuple(Widget(a, pages.get(a.objgen), rect_of(a)) for a in annotations),
    )


def _told(obj: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """What the first widget has to say that says it: some forms write a field's words into its widgets only."""
    return next((kid[key] for kid in _kids(obj) if key in kid), None)


def _annotations(pdf: pikepdf.Pdf) -> tuple[dict[tuple[int, int], int], list[pikepdf.Object]]:
    """The page of each annotation, and all widgets.

    Those written into a page's list itself become objects of their own, so that the form's list of fields can name them.
    """
    pages: dict[tuple[int, int], int] = {}
    widgets: list[pikepdf.Object] = []
    for number, page in enumerate(pdf.pages):
        listed = page.obj.get("/Annots")
        if not isinstance(listed, pikepdf.Array):
            continue
        for place, annotation in enumerate(listed):
            if isinstance(annotation, pikepdf.Dictionary):
                if annotation.objgen == (0, 0):
                    annotation = listed[place] = pdf.make_indirect(annotation)
                pages.setdefault(annotation.objgen, number)
                if annotation.get("/Subtype") == "/Widget":
                    widgets.append(annotation)
    return pages, widgets


def _orphans(widgets: list[pikepdf.Object], roots: list[pikepdf.Object]) -> list[pikepdf.Object]:
    """Top-level fields that the AcroForm forgot: the topmost parents of widgets on pages."""
    known = {root.objgen for root in roots}
    out: list[pikepdf.Object] = []
    for annotation in widgets:
        if annotation.objgen in known:
            continue
        top: pikepdf.Object = annotation
        for _ in range(_DEEPEST):
            parent = value(top, "/Parent")
            if not isinstance(parent, pikepdf.Dictionary):
                break
            top = parent
        if top.objgen not in known and isinstance(top, pikepdf.Dictionary) and inherited(annotation, "/FT") is not None:
            known.add(top.objgen)
            out.append(top)
    return out
