"""How well slots of real forms are mapped to a plan: ours beside an alias dictionary and rapidfuzz, in one run.

    python tests/benchmarks/mapping.py GOLD.tsv FORMS_FOLDER [--json] [--wrong]

GOLD has the columns form, field_index (the order of the field in its file, from 0; empty is 0), name, type, gold.
`mapping_labels.toml` beside this file says which paths of a plan are right for a label. Word forms of the old kind
(.doc) are converted by LibreOffice first.

- top1, top3: of slots that take a value of a plan, how often the first, or one of the first three, is right.
- accuracy: of all slots, how often the suggestion is right, "leave it empty" included.
- precision_sure: of the slots in the tier shown as sure that are given a value, how many are right.
- indexed: of slots in something that repeats, how often the path is right with its place.
- ms: milliseconds a slot, the form's reading not counted.
"""

import argparse
import csv
import json
import re
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from generator.blank_file import inspect
from generator.mapping.phrases import words
from generator.mapping.suggest import suggest
from generator.mapping.suggestion import Suggestion
from generator.mapping.vocabulary import concepts
from generator.slots import Slot

_LABELS = tomllib.loads((Path(__file__).parent / "mapping_labels.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Answer:
    """What a method says of one slot: its decision ("" is empty), its first three paths, and whether it is sure."""

    path: str
    three: tuple[str, ...]
    is_sure: bool = False


def accepted(label: str, path: str) -> bool:
    """Whether a path is right for a label, its indexes included; a label's count from 1, a path's from 0."""
    wanted = _LABELS[re.sub(r"\[\d+\]", "[]", label)]
    plain = re.sub(r"\[\d+\]", "[]", path)
    plain = re.sub(r"^(goals|objectives|interventions)\[\]", lambda m: _WHOLE[m[1]], plain)
    if plain not in wanted:
        return False
    if not path:
        return True
    asked = [int(n) - 1 for n in re.findall(r"\[(\d+)\]", label)]
    given = [int(n) for n in re.findall(r"\[(\d+)\]", path)]
    if path.startswith("problems") and len(asked) >= 1 and label.startswith("goal"):
        # One goal a problem (then the problem's place is the goal's), or all goals under one problem.
        given = [given[0] + given[1], *given[2:]] if len(given) > 1 and 0 in given[:2] else given
    asked += [0] * (len(given) - len(asked))
    given += [0] * (len(asked) - len(given))
    return not path.count("[") or asked == given


_WHOLE = {
    "goals": "problems[].goals[]",
    "objectives": "problems[].goals[].objectives[]",
    "interventions": "problems[].goals[].objectives[].interventions[]",
}


def figures(rows: Sequence[tuple[str, Answer]]) -> dict[str, float]:
    """The measures of this page for pairs of label and answer."""
    takes = [(label, a) for label, a in rows if any(_LABELS[re.sub(r"\[\d+\]", "[]", label)])]
    sure = [(label, a) for label, a in rows if a.is_sure and a.path]
    repeats = [(label, a) for label, a in takes if "[" in label]
    return {
        "top1": _share([accepted(label, a.three[0]) if a.three else False for label, a in takes]),
        "top3": _share([any(accepted(label, path) for path in a.three) for label, a in takes]),
        "accuracy": _share([accepted(label, a.path) for label, a in rows]),
        "precision_sure": _share([accepted(label, a.path) for label, a in sure]),
        "sure": len(sure) / max(1, len(rows)),
        "indexed": _share([accepted(label, a.path) for label, a in repeats]),
        "slots": len(rows),
    }


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 0.0


def of(suggestion: Suggestion) -> Answer:
    """Our suggestion as an answer."""
    three = tuple(c.path for c in suggestion.candidates)
    return Answer(suggestion.path, three, suggestion.is_sure)


# ---------------------------------------------------------------- rivals


def alias_dictionary(slot: Slot) -> Answer:
    """The plan's own titles and aliases, looked up by the whole caption or name."""
    for text in _texts(slot):
        for concept in concepts():
            if words(text) in concept.phrases and concept.path:
                path = concept.path.replace("[]", "[0]")
                return Answer(path, (path,), True)
    return Answer("", ())


_CHOICES = {f"{' '.join(p)}|{c.path}": " ".join(p) for c in concepts() if c.path for p in c.phrases}


def fuzzy(slot: Slot) -> Answer:
    """rapidfuzz WRatio of caption and name against every title and alias."""
    best: dict[str, float] = {}
    for text in _texts(slot):
        for _, score, key in process.extract(" ".join(words(text)), _CHOICES, scorer=fuzz.WRatio, limit=12):
            path = key.rpartition("|")[2].replace("[]", "[0]")
            best[path] = max(best.get(path, 0.0), score)
    three = tuple(sorted(best, key=lambda path: -best[path])[:3])
    top = best[three[0]] if three else 0.0
    return Answer(three[0] if top >= 86 else "", three, top >= 95)


def _texts(slot: Slot) -> list[str]:
    near = slot.near
    return [t for t in (slot.tooltip, slot.label, near.left, near.above, slot.id.replace("_", " ")) if t]


# ---------------------------------------------------------------- forms


def read_slots(path: Path) -> tuple[Slot, ...]:
    """The slots of a form's file; an old Word file goes through LibreOffice."""
    slots = inspect(path.read_bytes()).slots
    fields = tuple(slot for slot in slots if slot.shape.startswith("form-"))
    return fields or slots


def _agency(form: str) -> str:
    """Forms of one agency share the beginning of their names; they are never split."""
    return form.partition("_")[0]


def slot_of(row: dict[str, str], slots: Sequence[Slot]) -> int | None:
    """The place of a gold row's slot: by its name where that is unique, else by its order in the file."""
    named = [i for i, slot in enumerate(slots) if slot.id == row["name"]]
    if len(named) == 1:
        return named[0]
    index = int(row["field_index"] or 0)
    return index if index < len(slots) else None


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("forms", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="list what was wrong")
    options = parser.parse_args()
    with options.gold.open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file, delimiter="\t"))
    answers: dict[str, list[tuple[str, Answer]]] = {"planscribe": [], "alias dictionary": [], "rapidfuzz": []}
    seconds, count, missing, halves = 0.0, 0, 0, ([], [])  # type: ignore[var-annotated]
    agencies = sorted({_agency(row["form"]) for row in gold})
    for form in sorted({row["form"] for row in gold}):
        path = next((p for p in sorted(options.forms.glob(f"{form}.*")) if p.suffix in (".pdf", ".docx", ".doc")), None)
        slots = read_slots(path) if path is not None else ()
        suggest(slots)
        start = time.perf_counter()
        suggestions = suggest(slots)
        seconds += time.perf_counter() - start
        count += len(slots)
        for row in (row for row in gold if row["form"] == form):
            place = slot_of(row, slots)
            if place is None:
                missing += 1
                for found in answers.values():
                    found.append((row["gold"], Answer("", ())))
                continue
            ours = of(suggestions[place])
            answers["planscribe"].append((row["gold"], ours))
            halves[agencies.index(_agency(form)) % 2].append((row["gold"], ours))
            answers["alias dictionary"].append((row["gold"], alias_dictionary(slots[place])))
            answers["rapidfuzz"].append((row["gold"], fuzzy(slots[place])))
            if options.wrong and not accepted(row["gold"], ours.path):
                said = suggestions[place]
                print(
                    f"{form}: {row['name']}: {row['gold']}, got {ours.path or 'empty'} {said.confidence:.2f} ({said.why}) {ours.three}",
                    file=sys.stderr,
                )
    result = figures(answers["planscribe"])
    result |= {"ms": round(1000 * seconds / max(1, count), 3), "missing": missing}
    if options.json:
        rivals = {name: figures(found) for name, found in answers.items() if name != "planscribe"}
        print(
            json.dumps(
                result | {"rivals": rivals, "agencies_odd": figures(halves[0]), "agencies_even": figures(halves[1])},
                indent=1,
            )
        )
        return
    keys = ("top1", "top3", "accuracy", "precision_sure", "sure", "indexed", "slots")
    print(f"{'':22}" + "".join(f"{key:>15}" for key in keys))
    table = {**{name: figures(found) for name, found in answers.items()},
             "  agencies 1, 3, 5 ...": figures(halves[0]), "  agencies 2, 4, 6 ...": figures(halves[1])}  # fmt: skip
    for name, row in table.items():
        print(f"{name:22}" + "".join(f"{row[key]:>15.3f}" if key != "slots" else f"{row[key]:>15}" for key in keys))
    print(f"{result['ms']} ms a slot; {missing} slots not found in their files")


if __name__ == "__main__":
    main()
