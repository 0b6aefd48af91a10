"""The rule mechanism: rules register under the id of their line in data/rules.yaml, and yield a fault for each place."""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

import yaml

from generator.finding import Finding, Severity
from generator.plan import Plan
from generator.plan.told import Told
from generator.rules.context import Context, FormSeen
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
    return PlanChecked(plan, context).for_form(context.form)


class PlanChecked:
    """A plan checked once for any number of forms: only the rules that ask for the form run again for each."""

    def __init__(self, plan: Plan, context: Context) -> None:
        self._view = View(plan, replace(context, form=None))
        changed = {rule_id: severity for pack in context.packs for rule_id, severity in pack.changes.items()}
        self._found: list[tuple[str, Severity, list[Finding] | None]] = []
        """The findings of each rule; None where they are a form's."""
        for rule_id, entry in table().items():
            severity = changed.get(rule_id, entry.severity)
            if severity is None or (entry.applies == "formal" and not self._view.is_formal):
                continue
            self._view.__dict__.pop("is_form_asked", None)
            found = _findings(rule_id, self._view, severity)
            self._found.append((rule_id, severity, None if "is_form_asked" in self._view.__dict__ else found))
        self._of_packs = [one for pack in context.packs for one in pack.check(plan, context.as_of, context.language)]

    @property
    def told(self) -> Sequence[Told]:
        """Every value of the plan, with its place."""
        return self._view.told

    def for_form(self, form: FormSeen | None) -> tuple[Finding, ...]:
        """Every finding with one form, or with none, in the order of the table."""
        view = self._view.of_form(form)
        found: list[Finding] = []
        for rule_id, severity, known in self._found:
            found += _findings(rule_id, view, severity) if known is None else known
        return (*found, *self._of_packs)


def _findings(rule_id: str, view: View, severity: Severity) -> list[Finding]:
    entry, language = table()[rule_id], view.context.language
    return [
        Finding(
            rule_id,
            _heavier(fault.severity, severity, entry.severity),
            fault.where,
            say(language, fault.message or entry.message, fault.values),
            say(language, fault.mend or entry.mend, fault.values),
            entry.source,
        )
        for fault in rules()[rule_id](view)
    ]


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
