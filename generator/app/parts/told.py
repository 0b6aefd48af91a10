"""Errors and findings of the core in the page's language: their own sentence in English, the page's in Spanish."""

from generator.app.words import has, say
from generator.errors import GeneratorError
from generator.finding import Finding


def told(error: GeneratorError, language: str) -> str:
    """One plain sentence. In Spanish the one for the kind of error, for the core speaks English."""
    if language == "en":
        return str(error)
    kind = next(one.__name__ for one in type(error).__mro__ if has(f"error_{one.__name__}"))
    return say(f"error_{kind}", language)


def told_finding(finding: Finding, language: str) -> str:
    """A finding and its mend, where the core has no Spanish the page's words for its rule."""
    if language == "en" or not has(f"finding_{finding.rule}"):
        return f"{finding.message} {finding.mend}".strip()
    return say(f"finding_{finding.rule}", language)
