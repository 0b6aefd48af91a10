"""How a draft is kept: every change is a patch on a revision, in the vault or, for a one-off, in memory.

Whose vault that is, and whether it is open, is asked anew for every save. Nothing here draws anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from generator.clock import local_now
from generator.errors import GeneratorError, RecordUnknown, SaveConflict, VaultLocked
from generator.plan import Plan
from generator.plan.base import Part
from generator.plan.walk import value_at
from generator.store import GONE, Conflict, Loaded, Vault, patch_between
from generator.store.patch import apply, apply_here, equal, touches, value_in

_MOST_TURNS = 5


@dataclass
class Kept:
    """One draft's place: its record, the revision seen last, and what stood there.

    `vault` gives the open vault that holds it, None while that one is locked. `clashes` are fields that somebody else
    changed meanwhile: theirs is saved and shown, mine is held here until a person chooses.
    """

    id: str
    person: str
    revision: int
    is_in_vault: bool
    vault: Callable[[], Vault | None]
    seen: dict[str, object]
    noted: Mapping[str, str | int] | None = None
    saved_at: datetime | None = None
    clashes: list[Conflict] = field(default_factory=list)
    trouble: GeneratorError | None = None
    has_merged: bool = False

    @property
    def is_locked(self) -> bool:
        """Whether its vault is shut at the moment; what is typed waits in this window then."""
        return self.vault() is None

    def save(self, plan: Plan, where: str = "") -> Plan:
        """Keep the plan as it is now; gives the plan as it is kept, with what somebody else changed meanwhile.

        `where` is the only part that changed since the last save, "" where it may be any. Fields that both changed are
        theirs in the plan given back, and mine in `clashes`. What could not be saved at all stays in the plan and is
        told in `trouble`; the next save takes it along.
        """
        before, self.trouble = self.trouble, None
        try:
            return self._save(plan, where if before is None else "")
        except GeneratorError as error:
            self.trouble = error
            return plan

    def note(self, noted: Mapping[str, str | int]) -> None:
        """Say in the list of drafts what is open in this one and when it is due. It is no change of the plan."""
        vault = self.vault()
        if vault is not None and self.trouble is None and noted != self.noted:
            try:
                vault.drafts.note(self.id, noted)
            except GeneratorError:
                return
            self.noted = noted

    def _save(self, plan: Plan, where: str) -> Plan:
        for _ in range(_MOST_TURNS):
            drafts = self._open().drafts
            patch = self._patch_of(plan, where)
            if patch is None:
                now = plan.as_data()
                patch = patch_between(self.seen, now)
            else:
                now = None
            if not patch:
                return plan
            try:
                saved = drafts.save(self.id, patch, self.revision, self.noted)
            except SaveConflict as conflict:
                plan, where = self._put_beside(plan, patch, conflict, drafts.again(self.id)), ""
                continue
            self.saved_at = local_now()
            if saved.merged:
                return self._take_in(plan, drafts.again(self.id))
            self.revision = saved.revision
            self.seen = now if now is not None else _as_mapping(apply_here(self.seen, patch))
            return plan
        return plan

    def _patch_of(self, plan: Plan, where: str) -> dict[str, object] | None:
        """What changed at one part: a long plan need not be read whole for one word. None where only the whole can say."""
        part, before = value_at(plan, where) if where else None, value_in(self.seen, where)
        if not isinstance(part, Part) or not isinstance(before, dict) or not before:
            return None
        now = part.as_data()
        return patch_between(before, now, where) if now else None

    def _put_beside(self, plan: Plan, patch: Mapping[str, object], conflict: SaveConflict, now: Loaded) -> Plan:
        """The plan with theirs where both changed a field, and mine where only I did; still to be saved."""
        clashes = [one for one in conflict.conflicts if isinstance(one, Conflict)]
        held = [one.path for one in clashes]
        mine = {path: value for path, value in patch.items() if not touches(path, held)}
        self.clashes = [one for one in self.clashes if not touches(one.path, held)] + clashes
        theirs = Plan.model_validate(now.data).as_data()
        self.revision, self.seen = now.revision, theirs
        try:
            wanted = apply(theirs, mine)
        except ValueError:
            gone = [Conflict(path, value, GONE, "", "") for path, value in mine.items()]
            self.clashes += gone
            wanted = theirs
        return changed_to(plan, wanted)

    def _take_in(self, plan: Plan, now: Loaded) -> Plan:
        theirs = Plan.model_validate(now.data).as_data()
        self.revision, self.seen, self.has_merged = now.revision, theirs, True
        return changed_to(plan, theirs)

    def _open(self) -> Vault:
        vault = self.vault()
        if vault is None:
            raise VaultLocked("The vault is locked. Open it with its passphrase.")
        return vault


def begin(plan: Plan, vault: Callable[[], Vault | None], *, is_in_vault: bool) -> Kept:
    """Keep a new plan. Raises VaultLocked, OutputNotWritable."""
    opened = vault()
    if opened is None:
        raise VaultLocked("The vault is locked. Open it with its passphrase.")
    data = plan.as_data()
    made = opened.drafts.create(data)
    return Kept(made.id, made.person, made.revision, is_in_vault, vault, data, saved_at=local_now())


def find(draft_id: str, vault: Callable[[], Vault | None], *, is_in_vault: bool) -> tuple[Plan, Kept] | None:
    """A draft that was kept there, None where there is none."""
    opened = vault()
    if opened is None:
        return None
    try:
        found = opened.drafts.load(draft_id)
    except RecordUnknown:
        return None
    plan = Plan.model_validate(found.data)
    return plan, Kept(found.id, found.person, found.revision, is_in_vault, vault, plan.as_data())


def _as_mapping(document: object) -> dict[str, object]:
    if not isinstance(document, dict):
        raise TypeError("a plan's data is a mapping")
    return document


def changed_to(plan: Plan, wanted: object) -> Plan:
    """The plan with the wanted data: the same plan changed in place, so that what points into it still does.

    Where that cannot be (a part that was no part), another one is given back.
    """
    for path, value in patch_between(plan.as_data(), wanted).items():
        parent, _, key = path.rpartition(".")
        try:
            part = value_at(plan, parent) if parent else plan
            if isinstance(part, Part) and key and "[" not in key:
                part.put(key, None if value is GONE else value)
        except KeyError:
            break
    return plan if equal(plan.as_data(), wanted) else Plan.model_validate(wanted)
