"""Write docs/rules.md from the rules and the profiles themselves. With --check: answer 1 where the page is not current."""

import sys
from pathlib import Path

from generator.rules.engine import Entry, table
from generator.rules.profiles import all_profiles

PAGE = Path(__file__).resolve().parents[1] / "docs/rules.md"
_HEAD = """# The rules

Made from the rules by `scripts/rules_docs.py`; change `generator/data/rules.yaml` or `generator/data/profiles.yaml`, not this page.
A finding is reported where the condition does not hold. Errors hold back a final document; warnings and advice do not.
Errors about signatures do not hold back a document that is printed to be signed. Nothing here is legal advice; a source
marked MEM is from memory, not verified.

    planscribe check plan.yaml --as-of 2026-11-22       as of a day; today without it
                     --others FOLDER                    the agency's other plans: same texts, stray names
                     --form ID                          what the chosen form has room for
                     --document FILE                    a finished PDF or Word file of the plan
                     --rules PACK.yaml                  a rule pack beside those in the agency's folder
                     --lang es                          messages in Spanish
    planscribe due plan.yaml --ics plan.ics             the review clock, and its days as a calendar

In the agency's own folder (`PLANSCRIBE_HOME`): `profiles.yaml` goes before the programme profiles below, `rules/*.yaml` are
rule packs, `settings.yaml` holds `adult_age`, `may_diagnose`, `independent` and `not_independent` (lists of credentials).

## Rule packs

An agency adds rules, or gives ours another weight, without code. A pack only tightens; what loosens says why.

```yaml
pack: harbor-light
define:
  is_group: this.method == "group"
rules:
  - id: hl-group-size
    each: problems[].goals[].objectives[].interventions[]
    when: is_group
    require: this.session_minutes <= 90
    severity: warning
    message: A group lasts at most 90 minutes here.
    source: Harbor Light policy 4.2
changes:
  - rule: fewer-than-three-goals
    severity: error
  - rule: reading-grade-high
    severity: off
    because: Our contract's wording is set by the county.
```

Conditions compare plan values (`== != < <= > >=`, `in [...]`, `contains`, `begins`), joined by `and`, `or`, `not`; there are
`blank(x)`, `present(x)`, `count(path[])`, `days(from, to)`, `as_of`, and `this` for the entry that `each` names. There is
no code and no loop. A comparison with a blank value is open and reports nothing. A path that the plan does not have, a
definition that leads back to itself, or a key that is not known is refused when the pack is read.
"""


def page() -> str:
    """The whole page."""
    groups: dict[str, list[tuple[str, Entry]]] = {}
    for rule_id, entry in table().items():
        groups.setdefault(entry.group, []).append((rule_id, entry))
    lines = [_HEAD, f"## The {len(table())} rules\n"]
    for group, rules in groups.items():
        lines.append(f"### {group}\n")
        for rule_id, entry in rules:
            lines.append(f"**`{rule_id}`** {entry.severity}; {entry.applies} plans; needs {entry.needs}  ")
            lines.append(f"Holds when: {_plain(entry.condition)}.  ")
            lines.append(f"Says: {_plain(entry.message)} {_plain(entry.mend)}  ")
            lines.append(f"Source: {_plain(entry.source)}\n")
    lines += [
        "## Programme profiles\n",
        "| id | program | plan due | review | extra signer | SUD | source | status | checked on |",
        "|" + "---|" * 9,
    ]
    for one in all_profiles().values():
        due = f"{one.plan_due_days} d" if one.plan_due_days is not None else "-"
        signer = one.extra_signer + (f" in {one.extra_signer_days} d" if one.extra_signer_days else "")
        cells = (
            one.id,
            one.title,
            due,
            f"{one.review_days} d",
            signer or "-",
            "yes" if one.is_sud else "no",
            one.source,
            one.status,
            one.checked_on,
        )
        lines.append("| " + " | ".join(_plain(str(cell)).replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Without marks that Markdown would read."""
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("{", "&#123;")


def main() -> int:
    """Write the page, or only check it."""
    if "--check" in sys.argv:
        return 0 if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
