"""How much of what a form prints is read back into a plan: every shipped form × language × example plan.

    python tests/benchmarks/read_back.py [--kinds fields,flat,word] [--plain] [--forms ID,...] [--misses]

`--plain` reads without the note that our documents carry, as a form filled by another program would be read.
"""

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from generator.exchange.plan_file import read_plan
from generator.library import Form, forms
from generator.make import Options, make_document
from generator.mapping.field_map import read_field_map
from generator.mapping.paper import as_on_paper
from generator.plan import Plan
from generator.read_file import read_document
from tests.exchange import printed_values

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("0[1-6]_*.yaml"))
AS_OF = date(2026, 11, 22)


def measure(plan: Plan, form: Form, language: str, kind: str, *, plain: bool) -> tuple[int, int, list[str]]:
    """Values that are printed, values read back equal, and the places of those that are not."""
    made = make_document(plan, form, Options(language=language, flatten=kind == "flat", as_of=AS_OF, readable=True))
    before = as_on_paper(plan, language=language, today=AS_OF)
    own = form.in_language(language)
    if kind == "word":
        shown = printed_values.of_template(own.read(), before, language)
    else:
        shown = printed_values.of_map(read_field_map(own.map, form=form.id), before, language)
    read = read_document(made.data, trust_note=not plain)
    after = as_on_paper(read.plan, language=language, today=AS_OF)
    missed = [
        place for place, value in shown.items() if not printed_values.is_same(value, printed_values.at(after, place))
    ]
    wrong = [place for place in missed if printed_values.at(after, place) not in (None, "", [])]
    return len(shown), len(shown) - len(missed), [f"{'WRONG ' if one in wrong else ''}{one}" for one in missed]


def main() -> None:
    """Print a line for each form and kind, and the sums."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kinds", default="fields,flat,word")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--forms", default="")
    parser.add_argument("--plans", default="")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    sums: Counter[tuple[str, str]] = Counter()
    plans = [path for path in EXAMPLES if not options.plans or path.name[:2] in options.plans.split(",")]
    for kind in options.kinds.split(","):
        for form in forms():
            if form.is_own or (form.kind == "word-tags") != (kind == "word"):
                continue
            if options.forms and form.id not in options.forms.split(","):
                continue
            for language in ("en", "es"):
                printed = same = 0
                for path in plans:
                    of, got, missed = measure(read_plan(path), form, language, kind, plain=options.plain)
                    printed, same = printed + of, same + got
                    if options.misses and missed:
                        print(f"    {path.name[:2]}: {', '.join(missed)}")
                sums[kind, "printed"] += printed
                sums[kind, "same"] += same
                print(
                    f"{kind:7}{form.id:30}{language}  {same:5} of {printed:5}  {100 * same / max(printed, 1):6.2f} %",
                    flush=True,
                )
        of, got = sums[kind, "printed"], sums[kind, "same"]
        print(f"{kind:7}{'all':30}    {got:5} of {of:5}  {100 * got / max(of, 1):6.2f} %", flush=True)


if __name__ == "__main__":
    main()
