"""Good plans for tests of rules, and one way to change them."""

import copy
import re
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from generator.plan import Plan
from generator.rules import Context, check
from generator.yaml_safe import read_yaml

EXAMPLES = Path(__file__).parents[1] / "examples"
AS_OF = date(2026, 11, 22)
EXPECTED = yaml.safe_load((EXAMPLES / "expected_findings.yaml").read_text(encoding="utf-8"))["plans"]
GOOD = tuple(name for name, said in EXPECTED.items() if not said["findings"])
GONE = "!gone"


@cache
def _text(name: str) -> str:
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


def data_of(name: str) -> dict:
    """The data of an example plan, fresh each time."""
    return read_yaml(_text(name))


def example(number: int) -> str:
    """The name of the good example plan with this number."""
    return next(name for name in GOOD if name.startswith(f"{number:02}_"))


def changed(data: dict, changes: dict) -> dict:
    """A copy with values put at paths; GONE takes the key out."""
    data = copy.deepcopy(data)
    for path, value in changes.items():
        *steps, last = [int(s) if s.isdigit() else s for s in re.findall(r"[^.\[\]]+", path)]
        here = data
        for step in steps:
            here = here[step]
        if value == GONE:
            del here[last]
        else:
            here[last] = copy.deepcopy(value)
    return data


def found(data: dict, **context: object) -> set[str]:
    """The rule ids of a check as of the examples' date."""
    return {finding.rule for finding in check(Plan.model_validate(data), Context(AS_OF, **context))}
