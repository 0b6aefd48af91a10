"""Programme profiles: when a plan is due, when it is reviewed, who signs beside the clinician.

The shipped ones are `data/profiles.yaml`; an agency's own file in the same shape goes before them, profile by profile.
Reading that file is not this module's business: it gets the data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from generator.errors import ProfileNotValid

DEFAULT = "generic_outpatient"
LONGEST_REVIEW = 180
"""Days. A profile may only tighten this: a yearly review still gives 180."""
_DUE_DAYS = 30
_KEYS = {
    "title", "plan_due_days", "review_days", "extra_signer", "extra_signer_days", "sud",
    "plan_due", "review", "signers", "source", "status", "checked_on",
}  # fmt: skip
_SIGNERS = ("physician", "supervisor")


@dataclass(frozen=True, slots=True)
class Profile:
    """One programme.

    `plan_due_days` None switches that rule off; `review_days` is at most 180. `plan_due`, `review` and `signers` are
    the requirement in words, `source` its citation, `status` how well it was verified, and on which day.
    """

    id: str
    title: str
    plan_due_days: int | None
    review_days: int
    extra_signer: str
    extra_signer_days: int | None
    is_sud: bool
    source: str
    plan_due: str = ""
    review: str = ""
    signers: str = ""
    status: str = ""
    checked_on: date | None = None


def profile_of(program: str | None, profiles: Mapping[str, Profile] | None = None) -> Profile:
    """The profile of a programme id; an unknown or blank one is generic outpatient."""
    known = profiles if profiles is not None else all_profiles()
    return known.get((program or "").strip(), known[DEFAULT])


@cache
def all_profiles() -> dict[str, Profile]:
    """Every shipped profile by id."""
    text = (resources.files("generator") / "data" / "profiles.yaml").read_text(encoding="utf-8")
    return read_profiles(yaml.load(text, Loader=yaml.CSafeLoader), name="data/profiles.yaml")


def read_profiles(data: object, *, name: str) -> dict[str, Profile]:
    """Profiles from the data of a YAML file; `name` is what errors call it. Raises ProfileNotValid."""
    if not isinstance(data, Mapping):
        raise ProfileNotValid(f"{name} is no list of profiles: it needs lines such as sud_outpatient: with keys below.")
    return {str(key): _profile(str(key), line, name) for key, line in data.items()}


def _profile(key: str, line: object, name: str) -> Profile:
    if not isinstance(line, Mapping):
        raise ProfileNotValid(f"{name}: the profile {key} needs keys below it, such as review_days: 90.")
    unknown = sorted(str(k) for k in line if k not in _KEYS)
    if unknown:
        raise ProfileNotValid(
            f"{name}: the profile {key} has a key {unknown[0]}; known are {', '.join(sorted(_KEYS))}."
        )
    due, review = _days(key, line, "plan_due_days", name), _days(key, line, "review_days", name)
    signer = str(line.get("extra_signer") or "")
    if signer and signer not in _SIGNERS:
        raise ProfileNotValid(f"{name}: the profile {key} has an extra_signer that is not {' or '.join(_SIGNERS)}.")
    sud, checked = line.get("sud", False), line.get("checked_on")
    if not isinstance(sud, bool):
        raise ProfileNotValid(f"{name}: the profile {key} needs sud: true or sud: false.")
    return Profile(
        id=key,
        title=str(line.get("title") or key),
        plan_due_days=due if due is not None else _DUE_DAYS if key == DEFAULT else None,
        review_days=min(review or LONGEST_REVIEW, LONGEST_REVIEW),
        extra_signer=signer,
        extra_signer_days=_days(key, line, "extra_signer_days", name),
        is_sud=sud,
        source=str(line.get("source") or ""),
        plan_due=str(line.get("plan_due") or ""),
        review=str(line.get("review") or ""),
        signers=str(line.get("signers") or ""),
        status=str(line.get("status") or ""),
        checked_on=checked if isinstance(checked, date) else None,
    )


def _days(key: str, line: Mapping[object, object], field: str, name: str) -> int | None:
    value = line.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 10_000:
        raise ProfileNotValid(f"{name}: the profile {key} needs {field} as a whole number of days.")
    return value
