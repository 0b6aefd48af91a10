"""A value of the plan in a person's words: where it stands, which entry, what it is."""

import re

from generator.app.person import called
from generator.app.words import has, say, title
from generator.mapping.names import FLAT, shown_by
from generator.plan.catalog import by_path
from generator.plan.notes import general

_PATH = re.compile(r"\b[a-z_]+(?:\[\d+\])?(?:\.[a-z_\d]+(?:\[\d+\])?)+")


def named(path: str, language: str) -> str:
    """`problems[0].goals[1].statement` is "Problems 1, Goals 2: Goal"; of a name of paper the same ("Patient: Full name").

    Filters after a name (`patient.dob | date`) are left out. A path that nobody named in words comes back as it is.
    """
    name = path.partition("|")[0].strip()
    numbers = [int(n) + 1 for n in re.findall(r"\[(\d+)\]", name)]
    whole = _whole(general(name).removesuffix("[]"))
    last = _last(general(name).removesuffix("[]"), language)
    if not last:
        return name
    places = _places(whole, numbers, skipped=general(name).count("[]"), language=language)
    return f"{', '.join(places)}: {last}" if places and places != [last] else last


def in_words(text: str, language: str) -> str:
    """A sentence of the core with every path of the plan in it said in words, and the agency's word for people."""

    def word(match: re.Match[str]) -> str:
        return named(match[0], language) if general(match[0]).removesuffix("[]") in by_path() else match[0]

    return called(_PATH.sub(word, text), language)


def _whole(name: str) -> str:
    """The name from the plan's root: `goals[]` stands for `problems[].goals[]` on paper."""
    for flat, path in FLAT.items():
        if name.startswith(f"{flat}."):
            return path + name[len(flat) :]
    return name


def _last(name: str, language: str) -> str:
    whole = _whole(name)
    for one in (name, whole):
        if has(f"name_{one}"):
            return say(f"name_{one}", language)
    found = by_path().get(whole) or next((by_path()[one] for one in shown_by(name) if one in by_path()), None)
    return title(found, language) if found is not None else ""


def _places(whole: str, numbers: list[int], *, skipped: int, language: str) -> list[str]:
    """The sections and entries around a value, the innermost numbers last; `skipped` lists were named in the path."""
    out: list[str] = []
    steps = whole.split(".")[:-1]
    lists = sum(step.endswith("[]") for step in steps)
    count = list(numbers[: min(lists, skipped)])
    for n in range(len(steps)):
        words = by_path().get(".".join(steps[: n + 1]).removesuffix("[]"))
        if words is None:
            continue
        if steps[n].endswith("[]"):
            lists -= 1
            number = count.pop(0) if count and lists < len(numbers) else None
            if number is not None:
                out.append(f"{title(words, language)} {number}")
            elif not numbers:
                out.append(title(words, language))
        elif n == 0:
            out.append(title(words, language))
    return out
