"""Where one gets to in a packet: bookmarks, links and page labels.

See ISO 32000-2, 12.3.2 (destinations), 12.3.3 (outline), 12.4.2 (page labels), 7.9.6 (name trees), 7.9.7 (number trees).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.blanks.pdf_fields.fields import dictionary, integer, items

_MOST_NODES = 50_000


def with_explicit_places(source: pikepdf.Pdf) -> None:
    """Write into every link and bookmark of a part the place that its name stands for; names of two parts may be equal."""
    named = _named_places(source)
    for page in source.pages:
        for annotation in items(page.obj.get("/Annots")):
            if isinstance(annotation, Dictionary):
                _make_explicit(annotation, named)
    for entry in _entries(source.Root.get("/Outlines")):
        _make_explicit(entry, named)


def labels_of(source: pikepdf.Pdf) -> Array:
    """A part's page labels as pairs of page number and label; one run of plain numbers where it has none."""
    found = [
        Array([key, value])
        for key, value in number_tree(source.Root.get("/PageLabels"))
        if isinstance(value, Dictionary) and 0 <= integer(key) < len(source.pages)
    ]
    if not found or integer(found[0][0]) != 0:
        found.insert(0, Array([0, Dictionary(S=Name.D)]))
    return Array(found)


def join_labels(out: pikepdf.Pdf, graphs: Sequence[pikepdf.Dictionary], starts: Sequence[int]) -> None:
    """Each part keeps its own numbers, behind the number of the part: 2-1."""
    numbers: list[object] = []
    for place, graph in enumerate(graphs):
        if starts[place] == starts[place + 1]:
            continue
        for first, label in (items(pair) for pair in items(graph.Labels)):
            own = str(label.get("/P", "")) if isinstance(label.get("/P"), String) else ""
            new = Dictionary(dict(label.items()))
            new.P = String(f"{place + 1}-{own}")
            numbers += [integer(first) + starts[place], new]
    if numbers:
        out.Root.PageLabels = Dictionary(Nums=Array(numbers))


def join_outlines(out: pikepdf.Pdf, graphs: Sequence[pikepdf.Dictionary], titles: Sequence[str]) -> None:
    """A bookmark for each part, and below it, folded, the bookmarks that the part has."""
    entries = []
    for number, (graph, title) in enumerate(zip(graphs, titles, strict=True), 1):
        pages = items(graph.Pages)
        if not pages:
            continue
        entry = out.make_indirect(Dictionary(Title=String(title or str(number)), Dest=Array([pages[0], Name.Fit])))
        first, last = graph.Outlines.get("/First"), graph.Outlines.get("/Last")
        if isinstance(first, Dictionary) and isinstance(last, Dictionary):
            below = list(_siblings(first))
            for one in below:
                one.Parent = entry
            entry.First, entry.Last, entry.Count = first, below[-1], -len(below)
        entries.append(entry)
    if not entries:
        return
    top = out.make_indirect(Dictionary(Type=Name.Outlines, First=entries[0], Last=entries[-1], Count=len(entries)))
    for one, following in pairwise(entries):
        one.Next, following.Prev = following, one
    for one in entries:
        one.Parent = top
    out.Root.Outlines = top
    out.Root.PageMode = Name.UseOutlines


def _named_places(source: pikepdf.Pdf) -> dict[bytes, pikepdf.Object]:
    found = {key.encode(): value for key, value in dictionary(source.Root.get("/Dests")).items()}
    tree = dictionary(source.Root.get("/Names")).get("/Dests")
    for key, value in number_tree(tree, "/Names"):
        if isinstance(key, String):
            found[bytes(key)] = value
    return found


def _make_explicit(linked: pikepdf.Object, named: dict[bytes, pikepdf.Object]) -> None:
    action = linked.get("/A")
    for holder, key in ((linked, "/Dest"), (action, "/D")):
        if not isinstance(holder, Dictionary) or key not in holder:
            continue
        if key == "/D" and holder.get("/S") != "/GoTo":
            continue
        place = holder[key]
        if not isinstance(place, String | Name):
            continue
        meant = named.get(bytes(place) if isinstance(place, String) else str(place).encode())
        if isinstance(meant, Dictionary):
            meant = meant.get("/D")
        if isinstance(meant, Array):
            holder[key] = meant
        else:
            del holder[key]


def _entries(outlines: object) -> Iterator[pikepdf.Object]:
    waiting = [dictionary(outlines).get("/First")]
    count = 0
    while waiting:
        for one in _siblings(waiting.pop()):
            count += 1
            if count > _MOST_NODES:
                return
            yield one
            waiting.append(one.get("/First"))


def _siblings(first: object) -> Iterator[pikepdf.Object]:
    seen: set[tuple[int, int]] = set()
    here = first
    while isinstance(here, Dictionary) and here.objgen not in seen and len(seen) < _MOST_NODES:
        seen.add(here.objgen)
        yield here
        here = here.get("/Next")


def number_tree(tree: object, key: str = "/Nums") -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """The pairs of a name tree or, with the key `/Nums`, a number tree, in order."""
    waiting = [tree]
    seen = 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop()
        seen += 1
        if not isinstance(node, Dictionary):
            continue
        pairs = list(node[key]) if isinstance(node.get(key), Array) else []
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting += reversed(items(node.get("/Kids")))
