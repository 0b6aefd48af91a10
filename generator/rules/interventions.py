"""Interventions."""

import re
from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.plan.types import procedure_code
from generator.rules.engine import Fault, rule
from generator.rules.text.likeness import normalised
from generator.rules.view import View, number_of

_NO_FREQUENCY = {"as needed", "prn", "p r n", "según necesidad", "segun necesidad"}


@rule("intervention-without-frequency")
def intervention_without_frequency(view: View) -> Iterator[Fault]:
    """How often: a number above zero, and per what; as needed is no frequency."""
    for path, name, count, per in _without_frequency(view):
        if count is None:
            yield Fault(f"{path}.frequency.count", "Intervention {name} does not say how often.", {"name": name})
        elif count <= 0:
            yield Fault(
                f"{path}.frequency.count", "Intervention {name} is held {count} times.", {"name": name, "count": count}
            )
        elif not per:
            yield Fault(
                f"{path}.frequency.per", "Intervention {name} says how many times, not per what.", {"name": name}
            )
        else:
            yield Fault(f"{path}.frequency.per", "Intervention {name} is held as needed.", {"name": name})


def _without_frequency(view: View) -> Iterator[tuple[str, str, int | float | None, str]]:
    for one in view.active_interventions:
        count, per = one.it.frequency.count, view.bare(one.it.frequency.per)
        is_missing = view.is_formal and (count is None or not per or per in _NO_FREQUENCY)
        if is_missing or (count is not None and count <= 0):
            yield one.path, number_of(one), count, per


@rule("intervention-without-duration")
def intervention_without_duration(view: View) -> Iterator[Fault]:
    """For how long: a number above zero, and a unit."""
    for one in view.active_interventions:
        n, unit = one.it.duration.n, one.it.duration.unit
        if n is None or n <= 0:
            yield Fault(
                f"{one.path}.duration.n", "Intervention {name} does not say for how long.", {"name": number_of(one)}
            )
        elif is_blank(unit):
            yield Fault(
                f"{one.path}.duration.unit",
                "Intervention {name} lasts {n}, and the unit is missing.",
                {"name": number_of(one), "n": n},
            )


@rule("intervention-without-named-staff")
def intervention_without_named_staff(view: View) -> Iterator[Fault]:
    """Who does it: somebody of the staff with name and credential."""
    for one in view.active_interventions:
        who = (one.it.responsible_staff or "").strip()
        if not who and not view.is_formal:
            continue
        member, path, name = view.staff.get(who), f"{one.path}.responsible_staff", {"name": number_of(one)}
        if not who:
            yield Fault(path, "Intervention {name} names nobody who will do it.", name)
        elif member is None:
            yield Fault(path, "Intervention {name} points to somebody who is not under staff.", name)
        elif is_blank(member.name) or is_blank(member.credential):
            yield Fault(path, "The staff member of intervention {name} lacks a name or a credential.", name)


_EXTRA = re.compile(r"\b(weekly|daily|monthly|ongoing|as needed|prn|with client|with patient)\b")
_GENERIC = frozenset(
    """supportive counseling|supportive therapy|individual therapy|individual counseling|group therapy|group counseling
    |family therapy|family counseling|couples therapy|couples counseling|couple therapy|couple counseling|talk therapy
    |talk counseling|counseling|therapy|psychotherapy|psychoeducation|education|medication management|med management
    |case management|check in|follow up|coping skills|cbt|dbt|motivational interviewing|provide support
    |continue treatment|consejería|consejería de apoyo|terapia|terapia individual|terapia de grupo|apoyo
    |seguimiento""".replace("\n    ", "").split("|")
)
_VERBS = frozenset("monitor encourage assess support discuss explore observe supervisar animar".split())


@rule("intervention-generic")
def intervention_generic(view: View) -> Iterator[Fault]:
    """The description says what the session works on for this person."""
    for one in view.active_interventions:
        if is_generic(one.it.description or ""):
            yield Fault(
                f"{one.path}.description", "Intervention {name} would fit any client.", {"name": number_of(one)}
            )


def is_generic(description: str) -> bool:
    """Whether a whole description is only the name of a service, or a verb such as monitor with up to 3 words."""
    bare = " ".join(_EXTRA.sub(" ", normalised(description)).split())
    words = bare.split()
    return bare in _GENERIC or (bool(words) and words[0] in _VERBS and len(words) <= 4)


@rule("service-code-or-telehealth-consent")
def service_code_or_telehealth_consent(view: View) -> Iterator[Fault]:
    """A service code has the shape of one; visits by video have the person's consent."""
    consented = view.plan.contract.telehealth.consented_on
    for one in view.active_interventions:
        code = (one.it.code or "").strip()
        system = view.bare(one.it.code_system)
        found = procedure_code.system_of(code)
        fits = found == system.upper() if system in ("cpt", "hcpcs") else found is not None
        if code and not fits:
            yield Fault(
                f"{one.path}.code",
                "The service code of intervention {name} has not the shape of a CPT or HCPCS code.",
                {"name": number_of(one)},
                "Copy the code from the fee schedule: 90837, or H0015, with modifiers after a hyphen.",
            )
        if one.it.delivery in ("telehealth", "blended") and (consented is None or consented > view.as_of):
            yield Fault(
                f"{one.path}.delivery",
                "Intervention {name} is held by video or phone, and the contract has no consent to that."
                if consented is None
                else "Intervention {name} is held by video or phone, and the consent is dated {consented}, in the future.",
                {"name": number_of(one), "consented": consented},
            )


_PARTIAL = re.compile(r"\bphp\b|(?<![\d.])2\.5(?![\d])|\bpartial", re.IGNORECASE)
_INTENSIVE = re.compile(r"\biop\b|(?<![\d.])2\.1(?![\d])|\bintensive outpatient\b", re.IGNORECASE)
_PER_WEEK = {"day": 7.0, "week": 1.0, "2 weeks": 0.5, "month": 12 / 52}


@rule("hours-below-level-of-care")
def hours_below_level_of_care(view: View) -> Iterator[Fault]:
    """The services of a week add up to what the level of care usually holds."""
    named = f"{view.plan.plan.program or ''} | {view.plan.plan.level_of_care or ''}".replace("_", " ").replace("-", " ")
    if _PARTIAL.search(named):
        least, level = 20, "partial hospital care"
    elif _INTENSIVE.search(named):
        least, level = (6 if view.is_minor else 9), "intensive outpatient care"
    else:
        return
    # A frequency that is missing is reported as such; the hours it would have given are no second fault.
    if any(True for _ in _without_frequency(view)):
        return
    minutes = sum(
        (one.it.session_minutes or 0)
        * (one.it.frequency.count or 0)
        * _PER_WEEK.get(normalised(one.it.frequency.per or ""), 0.0)
        for one in view.active_interventions
    )
    if minutes < least * 60 - 1e-6:
        yield Fault(
            "problems",
            "The services add up to {hours} hours a week; {level} is usually {least} or more.",
            {"hours": round(minutes / 60, 1), "least": least, "level": level},
        )
