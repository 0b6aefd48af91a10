"""Words and languages: a plan the person can read, and that describes without blame."""

import re
from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.text.readability import read_text
from generator.rules.view import View, subtag

_BLAME = re.compile(
    r"\b(manipulative|manipulates|manipulating|attention[\s-]+seeking|drug[\s-]+seeking|med[\s-]+seeking|non[\s-]?complian(?:t|ce)"
    r"|junkie|drug[\s-]+abuser|manipulador|manipuladora)\b",
    re.IGNORECASE,
)


@rule("blaming-words")
def blaming_words(view: View) -> Iterator[Fault]:
    """No text but the person's own words judges the person."""
    for text, found in view.texts_with(_BLAME, "manipul", "seeking", "complian", "junkie", "abuser"):
        if not text.is_own_words:
            yield Fault(text.path, '"{words}" judges the person.', {"words": found[0].lower()})


@rule("language-access-missing")
def language_access_missing(view: View) -> Iterator[Fault]:
    """Somebody who prefers another language gets a copy in it, hears it read, or has an interpreter."""
    plan = view.plan
    spoken, written = subtag(plan.patient.language.preferred), subtag(plan.plan.language)
    if not spoken or not written or spoken == written:
        return
    helped = (
        subtag(plan.participation.copy_language) == spoken
        or plan.participation.read_aloud is True
        or (plan.patient.language.interpreter_needed is True and not is_blank(plan.patient.language.interpreter_mode))
    )
    if not helped:
        yield Fault(
            "participation.copy_language", 'The client prefers the language "{spoken}"; the plan is in "{written}".',
            {"spoken": spoken[:12], "written": written[:12]},
        )  # fmt: skip


_CONTRACT = (
    "goals_summary", "attendance", "confidentiality_limits", "termination", "grievance", "consent_statement", "other_terms",
)  # fmt: skip
_LEAST_WORDS = 50


@rule("reading-grade-high")
def reading_grade_high(view: View) -> Iterator[Fault]:
    """What the person signs and does reads at sixth grade or below (INFLESZ 55 or above in Spanish)."""
    contract = [getattr(view.plan.contract, key) for key in _CONTRACT]
    blocks: tuple[tuple[str, list[object]], ...] = (
        ("contract", contract),
        ("responsibilities.patient", [view.plan.responsibilities.patient]),
    )
    for path, values in blocks:
        reading = read_text(_as_sentences(values))
        if reading is None or reading.words < _LEAST_WORDS or reading.is_easy:
            continue
        yield Fault(
            path,
            "This part reads at INFLESZ {value}; 55 or more is easy enough."
            if reading.language == "es"
            else "This part reads at grade {value}; 6 or lower is easy enough.",
            {"value": round(reading.value, 1)},
        )


def _as_sentences(values: list[object]) -> str:
    items = [item for value in values for item in (value if isinstance(value, list) else [value])]
    texts = [item.strip() for item in items if isinstance(item, str) and item.strip()]
    return " ".join(text if text[-1] in ".!?" else f"{text}." for text in texts)
