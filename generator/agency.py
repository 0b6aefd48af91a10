"""What the agency has set for itself: programme profiles, rule packs, and who may do what. Read from its own folder.

PLANSCRIBE_HOME/profiles.yaml      profiles that go before the shipped ones
PLANSCRIBE_HOME/rules/*.yaml       rule packs
PLANSCRIBE_HOME/settings.yaml      adult_age, may_diagnose, independent, not_independent
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.errors import PackNotValid, ProfileNotValid
from generator.files import home
from generator.plan import Plan
from generator.rules import Context
from generator.rules.context import DocumentSeen, FormSeen
from generator.rules.others import OtherPlan
from generator.rules.packs import RulePack, read_pack
from generator.rules.profiles import Profile, all_profiles, read_profiles
from generator.yaml_safe import TextNotReadable, read_yaml

_LARGEST = 1_000_000
_SETTINGS = {"adult_age", "may_diagnose", "independent", "not_independent"}


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency's own settings; empty tables mean ours."""

    profiles: Mapping[str, Profile] = field(default_factory=all_profiles)
    packs: tuple[RulePack, ...] = ()
    adult_age: int = 18
    may_diagnose: frozenset[str] = frozenset()
    independent: frozenset[str] = frozenset()
    not_independent: frozenset[str] = frozenset()

    def context(
        self,
        *,
        as_of: date,
        language: str,
        others: tuple[OtherPlan, ...] = (),
        form: FormSeen | None = None,
        document: DocumentSeen | None = None,
        judged: MutableMapping[object, object] | None = None,
    ) -> Context:
        """The context of a check by these settings."""
        return Context(
            as_of=as_of,
            language=language,
            others=others,
            form=form,
            document=document,
            profiles=self.profiles,
            packs=self.packs,
            adult_age=self.adult_age,
            may_diagnose=self.may_diagnose,
            independent=self.independent,
            not_independent=self.not_independent,
            judged=judged,
        )


def read_agency(folder: Path | None = None) -> Agency:
    """The settings in a folder (the agency's own without one). Raises ProfileNotValid and PackNotValid."""
    root = folder if folder is not None else home()
    profiles = dict(all_profiles())
    own = root / "profiles.yaml"
    if own.is_file():
        profiles |= read_profiles(_data(own, ProfileNotValid), name=own.name)
    packs = tuple(
        read_pack(_data(path, PackNotValid), name=path.name) for path in sorted((root / "rules").glob("*.yaml"))
    )
    return replace(_settings(root / "settings.yaml"), profiles=profiles, packs=packs)


def spoken(plan: Plan, language: str | None) -> str:
    """The language of messages: the one that is asked for, else the plan's own."""
    return language or ("es" if (plan.plan.language or "").lower().startswith("es") else "en")


def read_rule_pack(path: Path) -> RulePack:
    """One rule pack from its file. Raises PackNotValid."""
    return read_pack(_data(path, PackNotValid), name=path.name)


def _data(path: Path, error: type[ProfileNotValid] | type[PackNotValid]) -> object:
    try:
        if path.stat().st_size > _LARGEST:
            raise error(f"{path.name} is larger than {_LARGEST // 1_000_000} MB; such a file is far smaller.")
        return read_yaml(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise error(f"{path.name} cannot be read. Check that it is there, and text in UTF-8.") from None
    except TextNotReadable as reason:
        raise error(f"{path.name} cannot be read: {reason}.") from None


def _settings(path: Path) -> Agency:
    if not path.is_file():
        return Agency()
    data = _data(path, ProfileNotValid)
    if not isinstance(data, Mapping):
        raise ProfileNotValid(f"{path.name} needs keys, such as adult_age: 18.")
    unknown = sorted(str(key) for key in data if key not in _SETTINGS)
    if unknown:
        raise ProfileNotValid(f"{path.name} has a key {unknown[0]}; known are {', '.join(sorted(_SETTINGS))}.")
    age = data.get("adult_age", 18)
    if isinstance(age, bool) or not isinstance(age, int) or not 12 <= age <= 25:
        raise ProfileNotValid(f"{path.name}: adult_age: is a whole number of years.")
    return Agency(
        adult_age=age,
        may_diagnose=_credentials(data, "may_diagnose", path.name),
        independent=_credentials(data, "independent", path.name),
        not_independent=_credentials(data, "not_independent", path.name),
    )


def _credentials(data: Mapping[object, object], key: str, name: str) -> frozenset[str]:
    value = data.get(key) or []
    if not isinstance(value, list):
        raise ProfileNotValid(f"{name}: {key}: needs a list of credentials.")
    return frozenset(str(one).lower().replace(".", "").strip() for one in value)
