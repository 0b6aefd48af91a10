"""The page for template authors: how tags are written, every filter, every name, made from the model itself."""

from collections.abc import Iterator
from functools import cache

from generator.filters import FILTERS
from generator.mapping.kinds import fields_by_name, names_of_kind
from generator.mapping.names import known_names, shown_by
from generator.plan.catalog import by_path
from generator.sandbox import LOOP_WORDS

_HEAD = """# Writing a Word template

Made by `scripts/template_authors.py` from the plan's own model; do not edit by hand.

A template is your own letterhead with tags where values go. Type tags in one go, in the look that the value shall have.
Check it before you use it: `planscribe template check letterhead.docx` says what is wrong and where, and `--fix` writes a
repaired copy beside it.

## Tags

| You write | and get |
| --- | --- |
| `{{ patient.name.full }}` | the value |
| `{{ plan.plan_date \\| date }}` | the value through a filter |
| `{% if patient.phone %}Phone {{ patient.phone }}{% endif %}` | these words only where there is a value |
| `{% if … %} … {% elif … %} … {% else %} … {% endif %}` | one of several |
| `{%p for p in problems %}`, paragraphs, `{%p endfor %}` | the paragraphs once for each entry; the two tags' own paragraphs go away |
| `{%tr for d in diagnoses %}`, rows, `{%tr endfor %}` | table rows once for each entry; each of the two tags has a row of its own |
| `{%tc for … %}`, cells, `{%tc endfor %}` | cells once for each entry |
| `{% for s in … %}{{ s }}{% if not loop.last %}, {% endif %}{% endfor %}` | a list inside a line |
| `{%- if … -%}` | joined with the line before, and after |
| `{% set name = patient.name %}` | a short word for a value |
| `{% cellbg "ffdd00" %}`, `{% colspan 2 %}`, `{% vm %}`, `{% hm %}` | a cell's colour, its width, cells merged downwards or across |
| `{# a note #}` | nothing; a note to yourself |
| `{_{` and `}_}`, `{_%` and `%_}` | braces that are printed |

Tags work in the document, tables, text boxes, content controls, headers, footers, footnotes, endnotes, comments, and the
document's properties. Inside a loop, `loop.` offers """

_AFTER_LOOP = """. Compare with `==`, `!=`, `<`, `>`, `in`, and join conditions with `and`, `or`, `not`.
A template prints and decides; it cannot call, import, or run anything.

## Filters

| Filter | What it does | Example | prints |
| --- | --- | --- | --- |
"""

_NAMES = """
Of Jinja's own these work too: `abs`, `capitalize`, `default`, `first`, `float`, `groupby`, `int`, `items`, `join`, `last`, `length`,
`list`, `lower`, `map`, `reject`, `rejectattr`, `replace`, `reverse`, `round`, `select`, `selectattr`, `sort`, `string`,
`sum`, `title`, `trim`, `truncate`, `unique`, `upper`.

## Names

`[]` marks a list: go over it, and use what follows. `problems[].goals[].statement` is written

    {%p for p in problems %}
    {%p for g in p.goals %}
    {{ g.statement }}
    {%p endfor %}
    {%p endfor %}

A date is printed with `| date`, a list of texts with `| bullets` or `| commas`, a yes or no with `| yesno` or `| check`.
"""
_LISTS = {
    "goals[]": "all goals, one list",
    "objectives[]": "all objectives, one list",
    "interventions[]": "all interventions, one list",
}


def author_page() -> str:
    """The whole page in Markdown."""
    words = ", ".join(f"`{word}`" for word in sorted(LOOP_WORDS))
    filters = "".join(
        f"| `{one.name}` | {one.does} | `{_cell(one.example)}` | {_cell(one.prints)} |\n" for one in FILTERS
    )
    return _HEAD + words + _AFTER_LOOP + filters + _NAMES + "".join(_sections())


def _sections() -> Iterator[str]:
    section = ""
    for name in sorted(known_names(), key=_order):
        root = name.replace("[]", "").partition(".")[0]
        if root != section:
            section = root
            title = by_path()[root].title if root in by_path() else ""
            yield f"\n### {root}{f': {title}' if title else ''}\n\n| Name | What it is | Kind | Example |\n| --- | --- | --- | --- |\n"
        if name != root or not _has_below(name):
            yield _row(name)


def _row(name: str) -> str:
    field = fields_by_name().get(name)
    if field is not None:
        kind = " or ".join(field.choices[:6]) if field.kind == "choice" else _kind(name, field.kind)
        return f"| `{name}` | {_cell(field.title)} | {_cell(kind)} | {_cell('' if field.example is None else str(field.example))} |\n"
    shows = ", ".join(path for path in shown_by(name) if path != name)
    return f"| `{name}` | {_cell(_LISTS.get(name, f'made of {shows}' if shows else ''))} | {_kind(name, 'text')} | |\n"


def _kind(name: str, kind: str) -> str:
    if kind == "flag":
        return "yes or no"
    if kind == "list":
        return "list of texts"
    if kind in ("rows", "section") or name in names_of_kind("rows"):
        return "list of entries" if kind == "rows" or name in names_of_kind("rows") else "group"
    return "date" if name in names_of_kind("date") else kind


def _has_below(name: str) -> bool:
    return any(one.startswith((f"{name}.", f"{name}[]")) for one in known_names())


def _order(name: str) -> tuple[int, str]:
    root = name.replace("[]", "").partition(".")[0]
    return (_roots().get(root, len(_roots())), name)


@cache
def _roots() -> dict[str, int]:
    """The sections in the order of a plan file."""
    every = dict.fromkeys(path.replace("[]", "").partition(".")[0] for path in by_path())
    return {root: n for n, root in enumerate(every)}


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
