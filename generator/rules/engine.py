"""The rule mechanism: rules register under the id of their line in data/rules.yaml, and yield a place for each fault."""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources

import yaml

from generator.finding import Finding, Severity
from generator.plan import Plan
from generator.rules.profiles import Profile, profile_of
from generator.rules.view import View

_THEMES = (
    "identity",
    "dates",
    "payment",
    "problem",
    "diagnoses",
    "goals",
    "objectives",
    "interventions",
    "contract",
    "reviews",
    "signatures",
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a check goes by beside the plan: the day it is made for, and the language of messages."""

    as_of: date = field(default_factory=date.today)
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that breaks a rule; `message` where the table's own words can be said more exactly."""

    where: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table."""

    severity: Severity
    group: str
    applies: str
    needs: str
    message: str
    source: str
    message_es: str = ""


Rule = Callable[[View], Iterator[Fault]]
_RULES: dict[str, Rule] = {}


def rule(rule_id: str) -> Callable[[Rule], Rule]:
    """Register a rule under its id in data/rules.yaml."""

    def register(function: Rule) -> Rule:
        _RULES[rule_id] = function
        return function

    return register


def check(plan: Plan, context: Context | None = None) -> tuple[Finding, ...]:
    """Every finding of every rule that applies to this plan, in the order of the table."""
    context = context or Context()
    view = View(plan, context.as_of, profile_of(plan.plan.program), context.language)
    found = []
    for rule_id, entry in table().items():
        function = rules().get(rule_id)
        if function is None or (entry.applies == "formal" and not view.is_formal):
            continue
        said = entry.message_es if context.language == "es" and entry.message_es else entry.message
        for fault in function(view):
            found.append(
                Finding(
                    rule_id,
                    entry.severity,
                    fault.where,
                    fault.message or said,
                    said if fault.message else "",
                    entry.source,
                )
            )
    return tuple(found)


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


__all__ = ["Context", "Entry", "Fault", "Profile", "check", "is_about_signatures", "rule", "rules", "table"]
