"""Answers put in the place of fill-ins; what is open, or cannot be, becomes a finding."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rapidfuzz import process

from generator.finding import Finding, Severity
from generator.plan.types.number import as_number
from generator.starter.areas import FILL_IN, fill_ins_of, question


class Filler:
    """Puts answers in the place of fill-ins, and collects what is open or cannot be."""

    def __init__(self, language: str, answers: Mapping[str, str], given: set[str]) -> None:
        self.language = language
        self.findings: list[Finding] = []
        self._answers = {key: str(value).strip() for key, value in answers.items()}
        self._given = given
        self._used: set[str] = set()

    def fill(self, text: str, scope: str) -> str:
        """The text with every fill-in answered; each open one becomes a finding, and stays in the text."""

        def answer(match: re.Match[str]) -> str:
            found = self.answer(match[1], scope)
            if not found:
                self._open(match[1], scope, text)
            return found or match[0]

        return FILL_IN.sub(answer, text)

    def answer(self, key: str, scope: str) -> str:
        """The answer for this place, or for every place; "" where there is none."""
        for name in (f"{scope}.{key}", key):
            if self._answers.get(name):
                self._used.add(name)
                return self._answers[name]
        self._used |= {f"{scope}.{key}", key} & self._given
        return ""

    def number(self, key: str, scope: str, limits: Sequence[int] | None) -> int | float | None:
        """The answer as a number inside the measure's range; anything else is a finding."""
        typed = self.answer(key, scope)
        if not typed:
            return None
        try:
            value = as_number(typed)
        except ValueError:
            self._say(
                "fill-in-not-a-number",
                f"{scope}.{key}",
                "The answer has to be a number.",
                question(key, self.language),
            )
            return None
        if limits and not limits[0] <= value <= limits[1]:
            self._say(
                "fill-in-out-of-range",
                f"{scope}.{key}",
                f"This measure runs from {limits[0]} to {limits[1]}.",
                question(key, self.language),
            )
            return None
        return value

    def day(self, key: str, scope: str) -> date | None:
        """The answer as a calendar date; anything else is a finding."""
        typed = self.answer(key, scope)
        if not typed:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError:
            self._say(
                "fill-in-not-a-date",
                f"{scope}.{key}",
                "The answer has to be a calendar date, written YYYY-MM-DD.",
                question(key, self.language),
            )
            return None

    def report_unused(self, texts: Iterable[str]) -> None:
        """An answer that none of these texts asked for is a finding, with the nearest names: nothing is dropped in silence."""
        asked = fill_ins_of(texts)
        for key in sorted(self._given - self._used):
            near = [name for name, *_ in process.extract(key.rpartition(".")[2], asked, limit=3)]
            self._say(
                "fill-in-unknown",
                key,
                "Nothing that was chosen of this area asks for this.",
                f"Near it: {', '.join(near)}.",
            )

    def _open(self, key: str, scope: str, text: str) -> None:
        self._say("fill-in-unanswered", f"{scope}.{key}", question(key, self.language), f"In: {text}")

    def _say(self, rule: str, where: str, message: str, mend: str) -> None:
        finding = Finding(rule, Severity.ERROR, where, message, mend, "starter library")
        if all((seen.rule, seen.where) != (rule, where) for seen in self.findings):
            self.findings.append(finding)
