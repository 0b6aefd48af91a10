"""Programme profiles: when a plan is due, when it is reviewed, who signs beside the clinician (data/profiles.tsv)."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

DEFAULT = "generic_outpatient"
_DUE_DAYS, _REVIEW_DAYS = 30, 180


@dataclass(frozen=True, slots=True)
class Profile:
    """One programme. `plan_due_days` None switches the rule off; `review_days` may only tighten the default of 180."""

    id: str
    title: str
    plan_due_days: int | None
    review_days: int
    extra_signer: str
    extra_signer_days: int | None
    is_sud: bool
    source: str


def profile_of(program: str | None) -> Profile:
    """The profile of a programme id; an unknown or blank one is generic outpatient."""
    profiles = all_profiles()
    return profiles.get((program or "").strip(), profiles[DEFAULT])


@cache
def all_profiles() -> dict[str, Profile]:
    """Every profile by id."""
    text = (resources.files("generator") / "data" / "profiles.tsv").read_text(encoding="utf-8")
    lines = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {line["id"]: _profile(line) for line in lines}


def _profile(line: dict[str, str]) -> Profile:
    due = int(line["plan_due_days"]) if line["plan_due_days"] else _DUE_DAYS if line["id"] == DEFAULT else None
    review = int(line["review_days"]) if line["review_days"] else _REVIEW_DAYS
    days = line["extra_signer_days"]
    return Profile(
        id=line["id"],
        title=line["program"],
        plan_due_days=due,
        review_days=min(review, _REVIEW_DAYS),
        extra_signer=line["extra_signer"],
        extra_signer_days=int(days) if days else None,
        is_sud=line["sud"] == "yes",
        source=line["source"],
    )
