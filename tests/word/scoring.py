"""The map taken from a truth file: which of our slots is which blank, and what belongs there."""

import io
import re
import zipfile
from collections import defaultdict
from types import ModuleType

from lxml import etree

from generator.blanks.word_form import WordForm
from generator.ooxml import NAMESPACES
from generator.slots import Fill, Slot, SlotKind


def slots_of_blanks(form: WordForm, truth: dict) -> dict[str, Slot]:
    """Blank id → our slot at that place."""
    with zipfile.ZipFile(io.BytesIO(form.data)) as package:
        roots = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}

    def place(part: str, path: str) -> tuple[str, etree._Element]:
        (found,) = roots[part].xpath(path, namespaces=NAMESPACES)
        return part, found

    there = defaultdict(list)
    for slot in form.slots:
        for region in slot.regions:
            there[place(region.part, region.path)].append((region.start, region.end, slot))
    out: dict[str, Slot] = {}
    for blank in truth["blanks"]:
        first = blank["regions"][0]
        best = (-1, None)
        for start, end, slot in there[place(first["part"], first["path"])]:
            common = min(end, first["end"]) - max(start, first["start"])
            if common > best[0] and (common > 0 or first["start"] == first["end"] or start == end):
                best = (common, slot)
        if best[1] is not None:
            out[blank["id"]] = best[1]
    return out


def truth_fills(slots: dict[str, Slot], truth: dict, plan: str) -> list[Fill]:
    """What the plan gives to each blank, rows beyond the printed ones too."""
    fills: dict[str, Fill] = {}
    columns: dict[tuple[str, str], Slot] = {}
    for blank in truth["blanks"]:
        slot = slots.get(blank["id"])
        if slot is None:
            continue
        if blank.get("group") and slot.group:
            columns.setdefault((blank["group"], re.sub(r"\d+", "", blank["label"])), slot)
        wanted = blank["expected"][plan]
        if blank.get("must_stay_empty"):
            continue
        if wanted.get("checked"):
            fills[slot.id] = Fill(slot.id, True)
        elif wanted.get("text"):
            fills.setdefault(slot.id, Fill(slot.id, wanted["text"]))
    for item in truth["overflow"].get(plan, []):
        slot = columns.get((item["group"], re.sub(r"\d+", "", item["label"])))
        if slot is not None:
            key = slot.id[len(slot.group) + 1 :].partition("-")[2]
            name = f"{slot.group}-{item['index'] + 1}-{key}"
            fills[name] = Fill(name, item["text"])
    return list(fills.values())


def label_is_right(slot: Slot, blank: dict) -> bool:
    """Whether our name says what the truth's name says: the same words, or the printed heads of its row and column."""
    from rapidfuzz import fuzz

    wanted = re.sub(r"\s*\([^)]*(?:box|header|footer|pie|signature|per box)[^)]*\)", "", blank["label"]).lower()
    seen = f"{slot.near.section} {slot.question} {slot.near.row} {slot.label}".lower()
    heads = [blank.get("row_label") or "", blank.get("col_label") or ""]
    own = re.sub(r" \d+$", "", slot.label.rpartition(": ")[2]).lower()
    return (
        fuzz.token_set_ratio(wanted, slot.label.lower()) >= 75
        or fuzz.token_set_ratio(wanted, seen) >= 83
        or any(fuzz.ratio(head.lower().strip(" :"), own) >= 75 for head in heads if head)
        or (len(own) > 3 and fuzz.partial_ratio(slot.label.lower(), (blank.get("before") or "").lower()) >= 75)
    )


def values_of(form: WordForm) -> dict[str, tuple[str, SlotKind]]:
    """What each slot holds, for comparing before and after."""
    return {slot.id: (slot.value, slot.kind) for slot in form.slots}


def load_yardstick(folder) -> ModuleType:
    """The shared checker, from where it lies."""
    import importlib.util

    path = folder / "measure" / "check_word_fill.py"
    spec = importlib.util.spec_from_file_location("check_word_fill", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
