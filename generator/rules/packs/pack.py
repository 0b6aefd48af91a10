"""One rule pack: read from data, found sound or refused with one sentence, and asked about a plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.errors import PackNotValid
from generator.finding import Finding, Severity
from generator.plan import Plan
from generator.plan.base import Part
from generator.rules.engine import table
from generator.rules.packs.condition import Condition, Scope, known_path, read_condition

_MOST = 500
_PACK_KEYS = {"pack", "rules", "changes", "define"}
_RULE_KEYS = {
    "id",
    "each",
    "when",
    "require",
    "severity",
    "message",
    "message_es",
    "mend",
    "mend_es",
    "source",
    "applies",
}
_CHANGE_KEYS = {"rule", "severity", "because"}
_WEIGHT = {Severity.ADVICE: 1, Severity.WARNING: 2, Severity.ERROR: 3}
_APPLIES = ("all", "formal", "informal")


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule of an agency: where `when` holds, `require` must hold."""

    id: str
    severity: Severity
    each: str
    when: Condition | None
    require: Condition
    applies: str
    said: Mapping[str, tuple[str, str]]
    source: str

    def check(self, plan: Plan, as_of: date, language: str) -> Iterator[Finding]:
        """A finding for each place where the rule is broken."""
        is_formal = plan.plan.type != "informal"
        if (self.applies == "formal" and not is_formal) or (self.applies == "informal" and is_formal):
            return
        for path, this in places(plan, self.each):
            scope = Scope(plan, this, as_of)
            if self.when is not None and self.when.holds(scope) is not True:
                continue
            if self.require.holds(scope) is False:
                message, mend = self.said.get(language, self.said["en"])
                yield Finding(self.id, self.severity, path, message, mend, self.source)


@dataclass(frozen=True, slots=True)
class RulePack:
    """A pack: its own rules, and the weights it gives to ours (None: switched off, with a reason)."""

    name: str
    rules: tuple[OwnRule, ...] = ()
    changes: Mapping[str, Severity | None] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def check(self, plan: Plan, as_of: date, language: str) -> list[Finding]:
        """The findings of the pack's own rules."""
        return [finding for rule in self.rules for finding in rule.check(plan, as_of, language)]


def read_pack(data: object, *, name: str) -> RulePack:
    """A pack from the data of a YAML file; `name` is what errors call it. Raises PackNotValid."""
    if not isinstance(data, Mapping):
        raise PackNotValid(f"{name} is no rule pack: it needs pack:, and rules: or changes: below.")
    _only(data, _PACK_KEYS, name)
    define = data.get("define") or {}
    if not isinstance(define, Mapping):
        raise PackNotValid(f"{name}: define: needs names with conditions below it.")
    own = [_rule(line, define, f"{name}, rule {i}") for i, line in enumerate(_lines(data, "rules", name), 1)]
    seen: set[str] = set()
    for one in own:
        if one.id in seen or one.id in table():
            ours = " It is one of ours; change its weight under changes:." if one.id in table() else ""
            raise PackNotValid(f"{name}: the rule {one.id} is there already.{ours}")
        seen.add(one.id)
    changes: dict[str, Severity | None] = {}
    reasons: dict[str, str] = {}
    for i, line in enumerate(_lines(data, "changes", name), 1):
        rule_id, severity, why = _change(line, f"{name}, change {i}")
        changes[rule_id], reasons[rule_id] = severity, why
    return RulePack(str(data.get("pack") or name), tuple(own), changes, reasons)


def places(plan: Plan, each: str) -> Iterator[tuple[str, Part | None]]:
    """The entries that a rule is asked at, with their paths; the whole plan where it names none."""
    if not each:
        yield "", None
        return
    here: list[tuple[str, Part]] = [("", plan)]
    for step in each.split("."):
        key, spread = step.removesuffix("[]"), step.endswith("[]")
        after: list[tuple[str, Part]] = []
        for path, part in here:
            value = next(
                (getattr(part, n) for n, info in type(part).model_fields.items() if key == (info.alias or n)), None
            )
            place = f"{path}.{key}" if path else key
            if spread and isinstance(value, list):
                after += [
                    (f"{place}[{i}]", item) for i, item in enumerate(value) if isinstance(item, Part) and item.is_entry
                ]
            elif isinstance(value, Part):
                after.append((place, value))
        here = after
    yield from here


def _rule(line: object, define: Mapping[str, object], where: str) -> OwnRule:
    if not isinstance(line, Mapping):
        raise PackNotValid(f"{where} needs keys: id, require, severity, message.")
    _only(line, _RULE_KEYS, where)
    rule_id = _text(line, "id", where)
    where = f"{where} ({rule_id})"
    each = str(line.get("each") or "")
    if each:
        known_path(each, where)
    message, mend, applies = (
        _text(line, "message", where),
        str(line.get("mend") or ""),
        str(line.get("applies") or "all"),
    )
    if applies not in _APPLIES:
        raise PackNotValid(f"{where}: applies: is one of {', '.join(_APPLIES)}.")
    said = {"en": (message, mend)}
    if line.get("message_es"):
        said["es"] = (str(line["message_es"]), str(line.get("mend_es") or mend))
    when = line.get("when")
    return OwnRule(
        id=rule_id,
        severity=_severity(line.get("severity"), where),
        each=each,
        when=None if when is None else read_condition(when, each=each, define=define, where=where),
        require=read_condition(line.get("require"), each=each, define=define, where=where),
        applies=applies,
        said=said,
        source=str(line.get("source") or ""),
    )


def _change(line: object, where: str) -> tuple[str, Severity | None, str]:
    if not isinstance(line, Mapping):
        raise PackNotValid(f"{where} needs keys: rule, severity, and because where it loosens.")
    _only(line, _CHANGE_KEYS, where)
    rule_id, why = _text(line, "rule", where), str(line.get("because") or "").strip()
    if rule_id not in table():
        raise PackNotValid(f"{where}: there is no rule {rule_id}.")
    # YAML 1.1 readers give false for a bare off.
    is_off = line.get("severity") in ("off", False)
    severity = None if is_off else _severity(line.get("severity"), where)
    loosens = severity is None or _WEIGHT[severity] < _WEIGHT[table()[rule_id].severity]
    if loosens and not why:
        raise PackNotValid(
            f"{where}: {rule_id} would weigh less than ours. Say why with because:, or take the change out."
        )
    return rule_id, severity, why


def _severity(value: object, where: str) -> Severity:
    try:
        return Severity(str(value))
    except ValueError:
        raise PackNotValid(f"{where}: severity: is one of {', '.join(Severity)}.") from None


def _text(line: Mapping[object, object], key: str, where: str) -> str:
    value = line.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PackNotValid(f"{where}: {key}: is missing.")
    return value.strip()


def _lines(data: Mapping[object, object], key: str, name: str) -> list[object]:
    value = data.get(key) or []
    if not isinstance(value, list):
        raise PackNotValid(f"{name}: {key}: needs a list, each entry after a hyphen.")
    if len(value) > _MOST:
        raise PackNotValid(f"{name}: {key}: has more than {_MOST} entries. Make it several packs.")
    return value


def _only(data: Mapping[object, object], known: set[str], where: str) -> None:
    unknown = sorted(str(key) for key in data if key not in known)
    if unknown:
        raise PackNotValid(f"{where} has a key {unknown[0]}; known are {', '.join(sorted(known))}.")
