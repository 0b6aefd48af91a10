"""What a check goes by beside the plan."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from generator.finding import Finding, Severity
from generator.plan import Plan
from generator.rules.others import OtherPlan
from generator.rules.profiles import Profile


class Pack(Protocol):
    """An agency's own rules, as far as a check asks. See `generator.rules.packs`."""

    @property
    def changes(self) -> Mapping[str, Severity | None]:
        """The rules of ours that weigh differently; None switches one off."""

    def check(self, plan: Plan, as_of: date, language: str) -> list[Finding]:
        """The findings of the pack's own rules."""


@dataclass(frozen=True, slots=True)
class FormSeen:
    """The chosen form, as far as rules ask: its id, and every plan path that it prints."""

    id: str
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """A finished document, as far as rules ask.

    `pages` are the texts of its pages; one entry for a file without fixed pages (`is_paged` False). `cut_off` names
    the boxes whose text is cut; `answers` are what the boxes hold, by name.
    """

    pages: tuple[str, ...]
    is_paged: bool = True
    cut_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a check goes by beside the plan.

    `as_of` is the day it is made for and `language` that of messages (en or es). The agency's other saved plans,
    the chosen form and the finished document are given on request; without them those parts of rules do not run.
    `judged` is the caller's, for a plan that is checked again and again: what was found about its sentences, which are
    as private as the plan. `profiles`, `packs`, `adult_age` and the tables of credentials are the agency's own settings; None or empty is ours.
    """

    as_of: date = field(default_factory=date.today)
    language: str = "en"
    others: tuple[OtherPlan, ...] = ()
    form: FormSeen | None = None
    document: DocumentSeen | None = None
    profiles: Mapping[str, Profile] | None = None
    packs: tuple[Pack, ...] = ()
    adult_age: int = 18
    may_diagnose: frozenset[str] = frozenset()
    independent: frozenset[str] = frozenset()
    not_independent: frozenset[str] = frozenset()
    judged: MutableMapping[object, object] | None = field(default=None, compare=False, repr=False)
