"""The rule mechanism: rules register under the id of their line in data/rules.yaml, and yield a fault for each place."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import yaml

from generator.finding import Finding, Severity
from generator.plan import Plan
from generator.rules.context import Context
from generator.rules.view import View
from generator.rules.words import say

_THEMES = (
    "identity",
    "contact",
    "dates",
    "payment",
    "legal",
    "problem",
    "diagnoses",
    "goals",
    "sameness",
    "objectives",
    "measures",
    "interventions",
    "safety",
    "contract",
    "language",
    "reviews",
    "discharge",
    "signatures",
    "releases",
    "print",
    "person",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that breaks a rule.

    `message` says what is wrong there, in English, with {names} for `values`; the catalogue has it in other languages.
    "" is the table's own message. `mend` and `severity` are the table's where they are not said here.
    """

    where: str
    message: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    mend: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table: `message` says what is wrong, `mend` what to do, `condition` what must hold."""

    severity: Severity
    group: str
    applies: str
    needs: str
    condition: str
    message: str
    mend: str
    source: str


Rule = Callable[[View], Iterator[Fault]]
_RULES: dict[str, Rule] = {}


def rule(rule_id: str) -> Callable[[Rule], Rule]:
    """Register a rule under its id in data/rules.yaml."""

    def register(function: Rule) -> Rule:
        _RULES[rule_id] = function
        return function

    return register


def check(plan: Plan, context: Context | None = None) -> tuple[Finding, ...]:
    """Every finding of every rule that applies to this plan, in the order of the table; then those of rule packs."""
    context = context or Context()
    view = View(plan, context)
    changed = {rule_id: severity for pack in context.packs for rule_id, severity in pack.changes.items()}
    found: list[Finding] = []
    for rule_id, entry in table().items():
        if entry.applies == "formal" and not view.is_formal:
            continue
        severity = changed.get(rule_id, entry.severity)
        if severity is None:
            continue
        for fault in rules()[rule_id](view):
            found.append(
                Finding(
                    rule_id,
                    _heavier(fault.severity, severity, entry.severity),
                    fault.where,
                    say(context.language, fault.message or entry.message, fault.values),
                    say(context.language, fault.mend or entry.mend, fault.values),
                    entry.source,
                )
            )
    for pack in context.packs:
        found += pack.check(plan, context.as_of, context.language)
    return tuple(found)


def _heavier(own: Severity | None, wanted: Severity, table: Severity) -> Severity:
    """A fault may weigh less than its rule, unless a pack changed the rule's weight."""
    return wanted if own is None or wanted is not table else own


def is_about_signatures(rule_id: str) -> bool:
    """Whether a rule asks for signatures; such errors do not hold back a document that is printed to be signed."""
    return table()[rule_id].group == "Signatures" if rule_id in table() else False


@cache
def rules() -> dict[str, Rule]:
    """All rules by id."""
    for theme in _THEMES:
        importlib.import_module(f"generator.rules.{theme}")
    return dict(_RULES)


@cache
def table() -> dict[str, Entry]:
    """The table of data/rules.yaml."""
    data = yaml.load(
        (resources.files("generator") / "data" / "rules.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return {rule_id: Entry(**{**line, "severity": Severity(line["severity"])}) for rule_id, line in data.items()}
