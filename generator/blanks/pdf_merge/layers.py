"""The layers (optional content) of the parts, shown or hidden as each part shows them. See ISO 32000-2, 8.11.4."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary

from generator.blanks.pdf_fields.fields import dictionary, items


def join_layers(out: pikepdf.Pdf, graphs: Sequence[pikepdf.Dictionary]) -> None:
    """One list of layers; without it a hidden layer of a part would show."""
    groups: list[pikepdf.Object] = []
    lists: dict[str, list[pikepdf.Object]] = {key: [] for key in ("/OFF", "/Order", "/AS", "/RBGroups", "/Locked")}
    for graph in graphs:
        own = items(graph.Layers.get("/OCGs"))
        groups += own
        usual = dictionary(graph.Layers.get("/D"))
        for key, listed in lists.items():
            listed += items(usual.get(key))
        if usual.get("/BaseState") == "/OFF":
            shown = {one.objgen for one in items(usual.get("/ON"))}
            lists["/OFF"] += [one for one in own if one.objgen not in shown]
    if groups:
        usual = Dictionary({key: Array(listed) for key, listed in lists.items() if listed})
        out.Root.OCProperties = Dictionary(OCGs=Array(groups), D=usual)
