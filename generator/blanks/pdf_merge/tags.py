"""The tags of the parts as one tree: what each part numbers for itself is numbered through the packet.

See ISO 32000-2, 14.7.2 (structure hierarchy), 14.7.5.4 (finding structure elements from content items).
"""

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.blanks.pdf_fields.fields import dictionary, integer, items, keys
from generator.blanks.pdf_merge.places import number_tree

_MOST_ELEMENTS = 200_000


def join_tags(
    out: pikepdf.Pdf, graphs: Sequence[pikepdf.Dictionary], starts: Sequence[int], titles: Sequence[str]
) -> None:
    """Join the trees. The packet counts as tagged only where every part with a page is: else a reader would skip the rest."""
    if not any("/K" in graph.Tags for graph in graphs):
        return
    root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    roles, classes = Dictionary(), Dictionary()
    numbers: list[object] = []
    ids: list[tuple[bytes, pikepdf.Object]] = []
    tops = []
    offset = 0
    for place, (graph, title) in enumerate(zip(graphs, titles, strict=True)):
        tags = graph.Tags
        if "/K" not in tags:
            continue
        top = out.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Part, P=root, K=_children(tags.K), T=String(title))
        )
        if str(graph.Lang):
            top.Lang = graph.Lang
        for child in items(top.K):
            if isinstance(child, Dictionary):
                child.P = top
        elements = list(_elements(top))
        _join_names(roles, dictionary(tags.get("/RoleMap")), elements, "/S")
        _join_names(classes, dictionary(tags.get("/ClassMap")), elements, "/C")
        if "/IDTree" in tags:
            ids += _with_own_ids(elements, f"{place + 1}-".encode())
        highest = -1
        for key, value in number_tree(tags.get("/ParentTree")):
            highest = max(highest, integer(key))
            numbers += [integer(key) + offset, value]
        highest = max(highest, integer(tags.get("/ParentTreeNextKey")) - 1, _renumber(items(graph.Pages), offset))
        offset += highest + 1
        tops.append(top)
    root.K = Array(tops)
    root.ParentTree = out.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = offset
    if keys(roles):
        root.RoleMap = roles
    if keys(classes):
        root.ClassMap = classes
    if ids:
        pairs = [part for key, element in sorted(ids, key=lambda pair: pair[0]) for part in (String(key), element)]
        root.IDTree = out.make_indirect(Dictionary(Names=Array(pairs)))
    out.Root.StructTreeRoot = root
    out.Root.MarkInfo = Dictionary(
        Marked=all(
            bool(graph.IsTagged) and "/K" in graph.Tags
            for place, graph in enumerate(graphs)
            if starts[place] < starts[place + 1]
        )
    )


def _children(kids: pikepdf.Object) -> Array:
    return Array(items(kids)) if isinstance(kids, Array) else Array([kids])


def _elements(top: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The structure elements from one down, each once."""
    waiting, seen = [top], set[tuple[int, int]]()
    while waiting and len(seen) < _MOST_ELEMENTS:
        one = waiting.pop()
        if not isinstance(one, Dictionary) or (one.objgen != (0, 0) and one.objgen in seen):
            continue
        seen.add(one.objgen)
        if "/S" in one:
            yield one
        kids = one.get("/K")
        waiting += items(kids) if isinstance(kids, Array) else [kids] if isinstance(kids, Dictionary) else []


def _join_names(known: pikepdf.Dictionary, more: pikepdf.Object, elements: list[pikepdf.Object], key: str) -> None:
    """Add a part's roles or classes; a name that means something else in a part before gets another one."""
    renamed: dict[str, str] = {}
    for name in keys(more):
        new, number = name, 1
        while new in known and repr(known[new]) != repr(more[name]):
            number += 1
            new = f"{name}.{number}"
        known[new] = more[name]
        if new != name:
            renamed[name] = new
    for one in elements if renamed else ():
        said = one.get(key)
        if isinstance(said, Name) and str(said) in renamed:
            one[key] = Name(renamed[str(said)])
        elif isinstance(said, Array):
            one[key] = Array([Name(renamed.get(str(v), str(v))) if isinstance(v, Name) else v for v in said])


def _with_own_ids(elements: list[pikepdf.Object], prefix: bytes) -> list[tuple[bytes, pikepdf.Object]]:
    """Give elements and the cells that name them as their headers the part's prefix (table 384, Headers)."""
    found = []
    for one in elements:
        if isinstance(one.get("/ID"), String):
            own = prefix + bytes(one.ID)
            one.ID = String(own)
            found.append((own, one))
        attributes = one.get("/A")
        for attribute in items(attributes) if isinstance(attributes, Array) else (attributes,):
            if isinstance(attribute, Dictionary) and isinstance(attribute.get("/Headers"), Array):
                attribute.Headers = Array(
                    [String(prefix + bytes(h)) for h in attribute.Headers if isinstance(h, String)]
                )
    return found


def _renumber(pages: Sequence[pikepdf.Object], offset: int) -> int:
    """Move the numbers by which pages, annotations and drawings find their tags; gives the highest old number."""
    highest = -1
    seen: set[tuple[int, int]] = set()
    waiting: list[pikepdf.Object] = []
    for page in pages:
        waiting += [page, *(one for one in items(page.get("/Annots")) if isinstance(one, Dictionary))]
    while waiting:
        one = waiting.pop()
        if one.objgen != (0, 0):
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        for key in ("/StructParent", "/StructParents"):
            if key in one:
                highest = max(highest, integer(one[key]))
                one[key] = integer(one[key]) + offset
        drawings = dictionary(dictionary(one.get("/Resources")).get("/XObject"))
        waiting += [drawings[key] for key in keys(drawings) if isinstance(drawings[key], pikepdf.Stream)]
    return highest
