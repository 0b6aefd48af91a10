"""One thing changed at a random place of a good plan, as a slip of the hand would: its rule and no other, or nothing.

The changes are of other kinds than those of `test_mutations`: digits swapped, rows doubled, words of another plan.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.rules.plans import GOOD, changed, data_of, found
from tests.rules.test_mutations import number, places

Change = Callable[[dict, random.Random], dict | None]


def live_objectives(data):
    """The paths of live objectives and the objectives."""
    for p, problem in enumerate(data["problems"]):
        for g, goal in enumerate(problem.get("goals") or []):
            for o, objective in enumerate(goal.get("objectives") or []):
                is_live = problem.get("status") in (None, "active") and "dropped" not in (
                    goal.get("status"),
                    objective.get("status"),
                )
                if is_live:
                    yield f"problems[{p}].goals[{g}].objectives[{o}]", objective


def any_objective(data, rng, wanted=lambda objective: True):
    found_ones = [(path, one) for path, one in live_objectives(data) if wanted(one)]
    return rng.choice(found_ones) if found_ones else (None, None)


def is_open(objective):
    return objective.get("status") != "met"


def vague_statement(data, rng):
    path, _ = any_objective(data, rng)
    said = rng.choice(
        [
            "To feel calmer and think clearly.",
            "Will get better at handling stress by next month.",
            "Llevarse mejor con su familia." if data["plan"].get("language") == "es" else "Improve family life.",
        ]
    )
    return changed(data, {f"{path}.statement": said})


def staff_does_it(data, rng):
    path, _ = any_objective(data, rng)
    said = (
        "La terapeuta enseñará tres formas de relajarse antes del 1 de marzo."
        if data["plan"].get("language") == "es"
        else "The therapist will teach three ways to relax each week."
    )
    return changed(data, {f"{path}.statement": said})


def same_day(data, rng):
    path, one = any_objective(data, rng, lambda one: one.get("start_date") and one.get("target_date"))
    return path and changed(data, {f"{path}.target_date": one["start_date"]})


def target_at_baseline(data, rng):
    def is_number(value):
        return isinstance(value, int | float) and not isinstance(value, bool)

    path, one = any_objective(
        data,
        rng,
        lambda one: (
            is_number((one.get("measure") or {}).get("baseline"))
            and is_number(one["measure"].get("target"))
            and one["measure"].get("direction") in ("increase", "decrease")
        ),
    )
    return path and changed(data, {f"{path}.measure.target": one["measure"]["baseline"]})


def same_statement(data, rng):
    objectives = list(live_objectives(data))
    if len(objectives) < 2:
        return None
    (_, one), (path, _) = rng.sample(objectives, 2)
    return changed(data, {f"{path}.statement": one["statement"].upper() + "!"})


def no_interventions(data, rng):
    if "iop" in str(data["plan"].get("program")):
        return None  # fewer hours than the level of care asks for is a second fault of it
    path, _ = any_objective(data, rng, is_open)
    return path and changed(data, {f"{path}.interventions": []})


def intervention(data, rng):
    path, one = any_objective(data, rng, lambda one: one.get("interventions"))
    i = rng.randrange(len(one["interventions"]))
    return f"{path}.interventions[{i}]", one["interventions"][i]


def zero_frequency(data, rng):
    path, one = intervention(data, rng)
    return changed(data, {f"{path}.frequency.count": 0}) if one.get("frequency") else None


def unknown_staff(data, rng):
    path, _ = intervention(data, rng)
    return changed(data, {f"{path}.responsible_staff": "st99"})


def only_a_service(data, rng):
    path, _ = intervention(data, rng)
    said = rng.choice(["Individual therapy", "supportive counseling, weekly", "SUPPORTIVE THERAPY"])
    return changed(data, {f"{path}.description": said})


def letter_in_code(data, rng):
    path, one = intervention(data, rng)
    return changed(data, {f"{path}.code": "9O834X"}) if one.get("code") else None


def swapped_npi(data, rng):
    npi = str(data["agency"].get("npi") or "")
    spots = [i for i in range(len(npi) - 1) if npi[i] != npi[i + 1] and {npi[i], npi[i + 1]} != {"0", "9"}]
    if not spots:
        return None
    i = rng.choice(spots)
    return changed(data, {"agency.npi": npi[:i] + npi[i + 1] + npi[i] + npi[i + 2 :]})


def short_zip(data, rng):
    at = "patient.address.zip" if rng.random() < 0.5 else "agency.address.zip"
    has_address = isinstance(data[at.split(".")[0]].get("address"), dict)
    return changed(data, {at: "1220"}) if has_address else None


def second_primary(data, rng):
    others = [i for i, one in enumerate(data.get("diagnoses") or []) if one.get("rank") == "secondary"]
    return changed(data, {f"diagnoses[{rng.choice(others)}].rank": "primary"}) if others else None


def born_tomorrow(data, rng):
    return changed(data, {"patient.dob": date(2026, 11, 23) + timedelta(rng.randrange(300))})


def score_too_high(data, rng):
    scored = [i for i, one in enumerate(data.get("measures") or []) if one.get("instrument") in ("PHQ-9", "GAD-7")]
    return changed(data, {f"measures[{rng.choice(scored)}].score": 28}) if scored else None


def judging_word(data, rng):
    texts = ["assessment.summary", "presenting_problem.description"]
    at = rng.choice([path for path in texts if dict(places(data)).get(path)] or [None])
    if at is None:
        return None
    word = rng.choice(["manipulative", "drug-seeking", "non-compliant"])
    return changed(data, {at: f"{dict(places(data))[at]} Was {word} before."})


def tag_left(data, rng):
    at = [p for p, value in places(data) if isinstance(value, str) and p.endswith((".note", ".as_evidenced_by"))]
    if not at:
        return None
    path = rng.choice(at)
    return changed(data, {path: f"{dict(places(data))[path]} {rng.choice(['{{ note }}', '[insert text]', '____'])}"})


def pasted_session_note(data, rng):
    at = [p for p, value in places(data) if isinstance(value, str) and p.startswith("problems") and p.endswith(".note")]
    return changed(data, {rng.choice(at): "Process note: was late."}) if at else None


def signed_before(data, rng):
    signed = [i for i, one in enumerate(data.get("signatures") or []) if isinstance(one.get("signed_on"), date)]
    day = data["plan"]["plan_date"] - timedelta(1)
    return changed(data, {f"signatures[{rng.choice(signed)}].signed_on": day}) if signed else None


def only_its_title(data, rng):
    i = rng.choice([i for i, one in enumerate(data["problems"]) if one.get("status") in (None, "active")])
    title = data["problems"][i]["title"]
    return changed(data, {f"problems[{i}].as_evidenced_by": f"  {title.upper()}. "}) if number_is_formal(data) else None


def number_is_formal(data):
    return data["plan"].get("type") != "informal"


def goal_unquoted(data, rng):
    goals = [
        f"problems[{p}].goals[{g}]"
        for p, problem in enumerate(data["problems"])
        if problem.get("status") in (None, "active")
        for g, goal in enumerate(problem["goals"])
        if goal.get("patient_words")
    ]
    return changed(data, {f"{rng.choice(goals)}.patient_words": " "}) if goals and number_is_formal(data) else None


def unlisted_code_referred_to(data, rng):
    at = [i for i, one in enumerate(data["problems"]) if one.get("diagnosis_refs") and one.get("status") == "active"]
    return changed(data, {f"problems[{rng.choice(at)}].diagnosis_refs": ["G47.00"]}) if at else None


BREAKING: dict[str, tuple[Change, str]] = {
    "objective-vague": (vague_statement, "objective-vague"),
    "staff does it": (staff_does_it, "objective-about-staff"),
    "starts and ends the same day": (same_day, "objective-dates-out-of-order"),
    "target where it is today": (target_at_baseline, "target-not-beyond-baseline"),
    "the same statement louder": (same_statement, "text-repeated"),
    "no interventions": (no_interventions, "objective-without-intervention"),
    "zero times a week": (zero_frequency, "intervention-without-frequency"),
    "staff nobody knows": (unknown_staff, "intervention-without-named-staff"),
    "only a service": (only_a_service, "intervention-generic"),
    "a letter in a code": (letter_in_code, "service-code-or-telehealth-consent"),
    "digits swapped in the NPI": (swapped_npi, "npi-check-digit"),
    "a ZIP too short": (short_zip, "contact-details-format"),
    "two primary diagnoses": (second_primary, "primary-diagnosis-not-single"),
    "born after today": (born_tomorrow, "birth-date-invalid"),
    "a score beyond its range": (score_too_high, "score-out-of-range"),
    "a word that judges": (judging_word, "blaming-words"),
    "a tag left": (tag_left, "page-without-identity-or-tag-left"),
    "a session note pasted": (pasted_session_note, "session-notes-in-plan"),
    "signed the day before": (signed_before, "signature-date-wrong"),
    "evidence is the title": (only_its_title, "problem-without-evidence"),
    "goal without own words": (goal_unquoted, "goal-not-in-patient-words"),
    "a code not listed": (unlisted_code_referred_to, "problem-not-linked-to-diagnosis"),
}


def texts_of(data, rng, count=3):
    """Some places of free text: notes, reasons, words of the person."""
    keys = ("note", "patient_words", "basis", "education", "employment", "housing", "purpose", "rationale", "result")
    at = [path for path, value in places(data) if isinstance(value, str) and path.rsplit(".", 1)[-1] in keys]
    return rng.sample(at, min(count, len(at)))


HARMLESS: dict[str, Change] = {
    "a text twice as long": lambda data, rng: changed(
        data,
        {path: dict(places(data))[path] + " " + "Más detalles, así: ñandú & co. " * 9 for path in texts_of(data, rng)},
    ),
    "odd marks in a text": lambda data, rng: changed(
        data, {path: "«" + dict(places(data))[path] + "» – 100 % … \u200b" for path in texts_of(data, rng)}
    ),
    "another phone": lambda data, rng: (
        changed(data, {"patient.phone": f"(518) 555-01{rng.randrange(10, 99)}"}) if "phone" in data["patient"] else None
    ),
    "an address with a unit": lambda data, rng: (
        changed(data, {"patient.address.line2": f"Apt {rng.randrange(99)}"})
        if isinstance(data["patient"].get("address"), dict)
        else None
    ),
    "nine digits of ZIP": lambda data, rng: (
        changed(data, {"agency.address.zip": f"12207-{rng.randrange(1000, 9999)}"})
        if isinstance(data["agency"].get("address"), dict)
        else None
    ),
    "goals the other way round": lambda data, rng: changed(
        data, {f"problems[{i}].goals": list(reversed(one["goals"])) for i, one in enumerate(data["problems"])}
    ),
    "interventions the other way round": lambda data, rng: changed(
        data,
        {
            f"{path}.interventions": list(reversed(one["interventions"]))
            for path, one in live_objectives(data)
            if one.get("interventions")
        },
    ),
    "the statement in capitals": lambda data, rng: (
        lambda path, one: changed(data, {f"{path}.statement": one["statement"].upper()})
    )(*any_objective(data, rng)),
    "a full stop less and a space more": lambda data, rng: (
        lambda path, one: changed(data, {f"{path}.statement": "  ".join(one["statement"].rstrip(".").split())})
    )(*any_objective(data, rng)),
    "curly marks": lambda data, rng: (
        lambda path, one: changed(data, {f"{path}.statement": one["statement"].replace("'", "’").replace("-", "‑")})
    )(*any_objective(data, rng)),
    "another record number": lambda data, rng: changed(data, {"patient.record_number": f"Ø-{rng.randrange(10**9)}/b"}),
    "one more strength": lambda data, rng: (
        changed(data, {"snap.strengths": [*data["snap"]["strengths"], "Knows what 3 of her friends would say"]})
        if data.get("snap", {}).get("strengths")
        else None
    ),
    "a later version": lambda data, rng: changed(data, {"plan.version": rng.randrange(2, 40)}),
}


@pytest.mark.parametrize("size", [2, pytest.param(14, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", BREAKING)
def test_a_slip_breaks_its_rule_and_no_other(kind, size):
    change, rule = BREAKING[kind]
    tried, wrong = 0, []
    for name in GOOD:
        for seed in range(size):
            data = change(data_of(name), random.Random(f"{name}{kind}{seed}"))
            if data is not None:
                tried += 1
                if (rules := found(data)) != {rule}:
                    wrong.append((number(name), seed, sorted(rules)))
    assert tried and not wrong


@pytest.mark.parametrize("kind", HARMLESS)
@pytest.mark.parametrize("name", GOOD)
def test_a_harmless_slip_gives_no_finding(name, kind):
    for seed in range(2):
        data = HARMLESS[kind](data_of(name), random.Random(f"{name}{kind}{seed}"))
        assert data is None or found(data) == set()
