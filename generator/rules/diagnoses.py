"""Diagnoses: one primary, codes of the list that is in force, words that fit them."""

import re
from collections.abc import Iterator
from itertools import combinations

from generator.finding import Severity
from generator.plan.base import is_blank
from generator.plan.diagnosis import Diagnosis
from generator.plan.types import icd10cm
from generator.rules.engine import Fault, rule
from generator.rules.known_codes import KnownCodes
from generator.rules.payment import coverages, is_self_pay
from generator.rules.text.likeness import likeness, normalised
from generator.rules.view import Placed, View, entries

_LITTLE_WORDS = frozenset("of not the with without and or in to a an by other unspecified".split())
_ALIKE = 0.6
_SAYS_WHEN = re.compile(r"\d{4}-\d{2}|re-?check|re-?assess|review|revisar", re.IGNORECASE)


def listed(view: View) -> list[Placed[Diagnosis]]:
    """The entries of diagnoses."""
    return list(entries("diagnoses", view.plan.diagnoses))


def _coded(view: View) -> Iterator[tuple[Placed[Diagnosis], str]]:
    """Those with a code, and the code as it is written in the list."""
    for one in listed(view):
        if one.it.icd10cm and one.it.icd10cm.strip():
            yield one, icd10cm.normalise(one.it.icd10cm)


@rule("diagnosis-missing")
def diagnosis_missing(view: View) -> Iterator[Fault]:
    """A formal plan has a diagnosis."""
    if not listed(view):
        yield Fault("diagnoses")


@rule("primary-diagnosis-not-single")
def primary_diagnosis_not_single(view: View) -> Iterator[Fault]:
    """Exactly one diagnosis is primary."""
    found = listed(view)
    count = sum(one.it.rank == "primary" for one in found)
    if found and count != 1:
        yield Fault(
            "diagnoses",
            "{count} of {all} diagnoses are marked as primary."
            if count
            else "None of the {all} diagnoses is marked as primary.",
            {"count": count, "all": len(found)},
        )


@rule("diagnosis-code-unknown")
def diagnosis_code_unknown(view: View) -> Iterator[Fault]:
    """Every code is one of the list; after the list's last day an unknown code may be a new one, and only warns."""
    codes = view.codes
    day = view.plan.plan.plan_date
    for one in listed(view):
        path = f"{one.path}.icd10cm"
        if is_blank(one.it.icd10cm):
            if view.is_formal:
                yield Fault(path, "A diagnosis has no code.", mend="Add the ICD-10-CM code of the diagnosis.")
            continue
        code = icd10cm.normalise(one.it.icd10cm or "")
        if codes.find(code) is not None:
            continue
        values = {"code": code[:12], "release": codes.release.name, "last": codes.release.last_day}
        if day is not None and day > codes.release.last_day:
            yield Fault(
                path,
                "{code} is not in our list ({release}), which ends on {last}, before the plan's date; it may be newer.",
                values,
                "Look the code up in the list that is in force on the plan date.",
                Severity.WARNING,
            )
        else:
            yield Fault(path, "{code} is not in the ICD-10-CM list ({release}).", values)


@rule("diagnosis-code-not-billable")
def diagnosis_code_not_billable(view: View) -> Iterator[Fault]:
    """Every known code is one without codes below it."""
    for one, code in _coded(view):
        found = view.codes.find(code)
        if found is not None and not found.is_billable:
            below = view.codes.below(code)
            yield Fault(
                f"{one.path}.icd10cm",
                '"{code}" is a heading. A full code is, for example, {example}.' if below else '"{code}" is a heading.',
                {"code": code, "example": below},
            )


@rule("diagnosis-words-disagree-with-code")
def diagnosis_words_disagree_with_code(view: View) -> Iterator[Fault]:
    """The words of a diagnosis are those of its code, or of a heading above it."""
    if view.plan.plan.language and view.plan.plan.language.strip() and not view.is_english:
        return
    for one, code in _coded(view):
        found = view.codes.find(code)
        words = _bare(one.it.description or "")
        if found is None or not found.is_billable or not words:
            continue
        family = [found, *(above for above in view.codes.headings_of(code) if len(above.code) > 3)]
        terms = {_bare(term) for each in family for term in (each.title, *each.terms)}
        if words in terms:
            continue
        other = _another_with(view.codes, one.it.description or "", found.code)
        if other is None and _fits(words, terms):
            continue
        yield Fault(
            f"{one.path}.description",
            "The words are those of {other}; the code is {code}, {title}."
            if other is not None
            else "The words do not match the code {code}, {title}.",
            {"code": found.code, "title": found.title, "other": other},
        )


def _fits(words: str, terms: set[str]) -> bool:
    known = {word for term in terms for word in term.split()}
    significant = [word for word in words.split() if word not in _LITTLE_WORDS]
    if significant and all(word in known for word in significant):
        return True
    return any(likeness(words, term) >= _ALIKE for term in terms)


def _another_with(codes: KnownCodes, description: str, code: str) -> str | None:
    """Another billable code that has exactly these words as its title or as one of its terms."""
    words = _bare(description)
    for hit in codes.search(description, 10):
        found = hit.code
        if found.is_billable and found.code != code and words in {_bare(term) for term in (found.title, *found.terms)}:
            return found.code
    return None


def _bare(text: str) -> str:
    """Lower case without punctuation."""
    return normalised(text)


@rule("rule-out-as-primary")
def rule_out_as_primary(view: View) -> Iterator[Fault]:
    """What is still to be ruled out is not primary."""
    for one in listed(view):
        if one.it.certainty == "rule_out" and one.it.rank == "primary":
            yield Fault(f"{one.path}.certainty")


@rule("provisional-without-recheck")
def provisional_without_recheck(view: View) -> Iterator[Fault]:
    """A provisional diagnosis is looked at again."""
    for one in listed(view):
        if (
            one.it.certainty == "provisional"
            and one.it.recheck_on is None
            and not _SAYS_WHEN.search(one.it.basis or "")
        ):
            yield Fault(f"{one.path}.recheck_on")


@rule("diagnosis-duration-missing")
def diagnosis_duration_missing(view: View) -> Iterator[Fault]:
    """Each diagnosis has a duration or an onset, unless it is still to be ruled out."""
    for one in listed(view):
        if one.it.certainty != "rule_out" and is_blank(one.it.duration) and is_blank(one.it.onset):
            yield Fault(f"{one.path}.duration")


@rule("diagnosing-credential")
def diagnosing_credential(view: View) -> Iterator[Fault]:
    """Who diagnosed is somebody of the staff with a credential; and one that may diagnose, where the agency has a table."""
    for one in listed(view):
        who = (one.it.diagnosed_by or "").strip()
        if not who:
            continue
        member, path = view.staff.get(who), f"{one.path}.diagnosed_by"
        if member is None:
            yield Fault(path, "This diagnosis was made by somebody who is not under staff.")
        elif is_blank(member.credential):
            yield Fault(path, "Whoever made this diagnosis has no credential under staff.")
        elif view.context.may_diagnose and not view.context.may_diagnose & credential_tokens(member.credential or ""):
            yield Fault(
                path, "The credential {credential} is not in the agency's table of those who may diagnose.",
                {"credential": (member.credential or "").strip()[:30]},
            )  # fmt: skip


def credential_tokens(credential: str) -> set[str]:
    """The parts of a credential, lower case, without dots: `LCSW-R, Ph.D.` is lcsw-r and phd."""
    return {
        token for raw in re.split(r"[\s,;/()&+]+", credential.lower()) if (token := raw.replace(".", "").strip("-"))
    }


@rule("codes-exclude-each-other")
def codes_exclude_each_other(view: View) -> Iterator[Fault]:
    """No two codes of which an Excludes1 note keeps one from the other."""
    known = [(one, code) for one, code in _coded(view) if view.codes.find(code) is not None]
    for (_, first), (second_place, second) in combinations(known, 2):
        note = view.codes.note_between(first, second)
        if note is not None:
            yield Fault(
                f"{second_place.path}.icd10cm", "{first} and {second} may not be used together (Excludes1: {note}).",
                {"first": first, "second": second, "note": note},
            )  # fmt: skip


@rule("z-code-alone")
def z_code_alone(view: View) -> Iterator[Fault]:
    """An insurer is not billed for a Z or R code alone."""
    coded = list(_coded(view))
    primary = [code for one, code in coded if one.it.rank == "primary"]
    if not primary or primary[0][0] not in "ZR" or any(code[0] not in "ZR" for _, code in coded):
        return
    if any(not is_self_pay(one.it) for one in coverages(view)):
        yield Fault("diagnoses", "The only codes begin with Z or R, such as {code}.", {"code": primary[0]})
