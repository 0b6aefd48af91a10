"""Drafts and the plans kept from them. A save is a patch on a revision; nobody's words are overwritten unseen.

A draft is a snapshot and the patches since; a kept plan is a whole copy under a number. What a draft's data means is
not known here, except the few places that name it in a list (`CARD`).
"""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from generator.errors import RecordUnknown, SaveConflict, VaultDamaged
from generator.store.audit import Action, Trail
from generator.store.patch import GONE, apply_here, equal, touches, value_in
from generator.store.rows import DAMAGED, Change, Place, Rows

_SNAPSHOT_EVERY = 32
_KEPT_PATCHES = 256
CARD = (
    "patient.name.first",
    "patient.name.last",
    "patient.name.preferred",
    "patient.record_number",
    "plan.type",
    "plan.plan_date",
)

Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class Card:
    """A draft in a list: the values at the places of `CARD` that have one, and when it was last saved.

    `noted` is what its last save said about it (how many findings are open, when its review is due).
    """

    id: str
    person: str
    revision: int
    saved_at: str
    named: Mapping[str, object]
    noted: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A draft, or a kept plan, as it was saved. `data` is plain, dates as YYYY-MM-DD."""

    id: str
    person: str
    data: Data
    revision: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save gave. `merged` says that somebody saved other fields meanwhile: load again to see them."""

    revision: int
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people changed: the value one wanted to save, and the one that stands there now."""

    path: str
    mine: object
    theirs: object
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Version:
    """A kept plan: its number, the draft's revision it was taken from, why, by whom and when."""

    number: int
    revision: int
    why: str
    by: str
    at: str


class Drafts:
    """The drafts of an open vault, for one account."""

    def __init__(self, rows: Rows, trail: Trail, now: Callable[[], datetime], actor: str) -> None:
        self._rows, self._trail, self._now, self._actor = rows, trail, now, actor

    def create(
        self, data: Mapping[str, object], person: str = "", noted: Mapping[str, str | int] | None = None
    ) -> Loaded:
        """A new draft, of a person who has others (their random id) or of a new one; `noted` is for its card."""
        draft = Loaded(new_id(), person or new_id(), cast("Data", _plain(data)), 1)
        with self._rows.change() as change:
            self._snapshot(change, draft)
            self._card(change, self._stamp(), Place("draft", draft.id, 1, draft.person), draft.data, noted)
            self._trail.add(change, self._actor, Action.CREATE, draft.id)
        return draft

    def cards(self) -> list[Card]:
        """Every draft, the one saved last first."""
        out = []
        for place, text in self._rows.read_all("card"):
            card = json.loads(text)
            noted = card.get("noted", {})
            out.append(Card(place.id, place.owner, card["revision"], card["at"], card["named"], noted))
        return sorted(out, key=lambda card: card.saved_at, reverse=True)

    def load(self, draft_id: str) -> Loaded:
        """A draft as it is now; the trail says that it was opened. Raises RecordUnknown."""
        draft = self._load(draft_id)
        self._trail.note(self._actor, Action.OPEN, draft_id)
        return draft

    def again(self, draft_id: str) -> Loaded:
        """A draft that is open already, as it is now; no new entry in the trail. Raises RecordUnknown."""
        return self._load(draft_id)

    def save(
        self,
        draft_id: str,
        patch: Mapping[str, object],
        revision: int,
        noted: Mapping[str, str | int] | None = None,
    ) -> Saved:
        """Set fields of a draft, as seen at `revision`; on the disk when this returns.

        Fields that somebody else changed since are a conflict: SaveConflict is raised, nothing is saved. Other
        fields are put beside theirs. A value of GONE takes a field away; an empty patch is no save. `noted` is for
        the draft's card.
        Raises RecordUnknown, OutputNotWritable (the disk), VaultLocked, ValueError for what is no path.
        """
        wanted = {path: value if value is GONE else _plain(value) for path, value in patch.items()}
        if not wanted:
            now = self._revision(draft_id)
            return Saved(now.version, now.version != revision)
        with self._rows.change() as change:
            now = self._revision(draft_id)
            if now.version != revision:
                self._refuse_conflicts(draft_id, wanted, revision, now.version)
            at, number = self._stamp(), now.version + 1
            operations = [[path] if value is GONE else [path, value] for path, value in wanted.items()]
            record = {"set": operations, "by": self._actor, "at": at}
            data = self._applied(self._load(draft_id).data, wanted, now.version)
            place = Place("change", draft_id, number, now.owner)
            change.put(place, _json(record))
            if number % _SNAPSHOT_EVERY == 0:
                self._snapshot(change, Loaded(draft_id, now.owner, data, number))
            self._card(change, at, place, data, noted)
            self._trail.add(change, self._actor, Action.CHANGE, draft_id, revision=number)
        return Saved(number, now.version != revision)

    def note(self, draft_id: str, noted: Mapping[str, str | int]) -> None:
        """Say something else of a draft on its card (how many findings are open). It is no change of the draft.

        Raises RecordUnknown, OutputNotWritable (the disk), VaultLocked.
        """
        with self._rows.change() as change:
            found = self._rows.read("card", draft_id)
            if found is None:
                raise RecordUnknown("There is no such draft in the vault; it may have been removed in another window.")
            place, text = found
            card = json.loads(text)
            if card.get("noted") != noted:
                change.put(place, _json(card | {"noted": dict(noted)}))

    def keep(self, draft_id: str, why: str, revision: int | None = None) -> Version:
        """Keep the draft as it is as a numbered plan (for signing, printing, a review); it never changes again.

        `why` is a plain word, such as "signed". Raises SaveConflict where the draft moved on from `revision`.
        """
        with self._rows.change() as change:
            return self._keep(change, draft_id, why, revision)

    def _keep(self, change: Change, draft_id: str, why: str, revision: int | None) -> Version:
        draft = self._load(draft_id)
        if revision is not None and draft.revision != revision:
            raise SaveConflict(
                "The plan was changed in another window meanwhile. Look at it again, then keep it.",
                revision=draft.revision,
            )
        last = self._rows.latest("plan", draft_id)
        number = 1 + (last.version if last else 0)
        record = {
            "data": draft.data,
            "revision": draft.revision,
            "why": why,
            "by": self._actor,
            "at": self._stamp(),
        }
        change.put(Place("plan", draft_id, number, draft.person), _json(record))
        self._trail.add(change, self._actor, Action.KEEP, draft_id, version=number, why=why)
        return Version(number, draft.revision, why, self._actor, str(record["at"]))

    def versions(self, draft_id: str) -> list[Version]:
        """The kept plans of a draft, oldest first."""
        out = []
        for place, text in self._rows.read_all("plan", draft_id):
            record = json.loads(text)
            out.append(Version(place.version, record["revision"], record["why"], record["by"], record["at"]))
        return out

    def load_version(self, draft_id: str, number: int) -> Loaded:
        """A kept plan. Raises RecordUnknown."""
        found = self._rows.read("plan", draft_id, number)
        if found is None:
            raise RecordUnknown("There is no kept plan of that number. See the numbers there are in the list.")
        self._trail.note(self._actor, Action.OPEN, draft_id, version=number)
        record = json.loads(found[1])
        return Loaded(draft_id, found[0].owner, record["data"], record["revision"])

    def keep_signature(
        self, draft_id: str, record: bytes, action: Action, revision: int | None = None, **detail: str | int
    ) -> Version:
        """Keep a signature's record, and with it the draft as it was signed as a numbered plan; both or neither.

        It goes when the draft or the person goes. `action` and `detail` are what the trail says.
        """
        with self._rows.change() as change:
            kept = self._keep(change, draft_id, "signed", revision)
            owner = self._revision(draft_id).owner
            change.put(Place("signature", draft_id, kept.number, owner), record)
            self._trail.add(change, self._actor, action, draft_id, version=kept.number, **detail)
        return kept

    def signatures(self, draft_id: str) -> list[bytes]:
        """The records of a draft's signatures, oldest first."""
        return [record for _, record in self._rows.read_all("signature", draft_id)]

    def remove(self, draft_id: str) -> None:
        """Take one draft and its kept plans away (a whole person: `Vault.forget`)."""
        with self._rows.change() as change:
            self._revision(draft_id)
            for place in self._rows.places(id=draft_id):
                change.remove(place)
            self._trail.add(change, self._actor, Action.FORGET, draft_id)

    def _load(self, draft_id: str) -> Loaded:
        with self._rows.still():
            found = self._rows.read("draft", draft_id)
            if found is None:
                raise RecordUnknown("There is no such draft in the vault; it may have been removed in another window.")
            place, text = found
            data, revision = json.loads(text), place.version
            for at, record in self._rows.read_all("change", draft_id, after=revision):
                if at.version != revision + 1:
                    raise VaultDamaged(DAMAGED)
                data, revision = apply_here(data, _operations(json.loads(record))), at.version
            return Loaded(draft_id, place.owner, data, revision)

    def _revision(self, draft_id: str) -> Place:
        places = [place for kind in ("draft", "change") if (place := self._rows.latest(kind, draft_id))]
        if not places:
            raise RecordUnknown("There is no such draft in the vault; it may have been removed in another window.")
        return max(places, key=lambda place: place.version)

    def _refuse_conflicts(self, draft_id: str, wanted: Mapping[str, object], base: int, now: int) -> None:
        since = self._rows.read_all("change", draft_id, after=base)
        records = [json.loads(text) for _, text in since]
        # Too old to know what changed, or of a state that is not ours (a restored backup): every field is in doubt.
        is_known = 0 < base < now and len(since) == now - base
        current = self._load(draft_id).data
        conflicts = []
        for path, mine in wanted.items():
            theirs = value_in(current, path)
            if equal(mine, theirs):
                continue
            meant = [record for record in records if touches(path, _operations(record))]
            if meant or not is_known:
                last = meant[-1] if meant else {"by": "", "at": ""}
                conflicts.append(Conflict(path, mine, theirs, last["by"], last["at"]))
        if conflicts:
            raise SaveConflict(
                f"{len(conflicts)} of these fields were changed in another window meanwhile; nothing was overwritten. "
                "Choose which to keep.",
                conflicts,
                now,
            )

    def _applied(self, data: Data, wanted: Mapping[str, object], now: int) -> Data:
        try:
            applied = apply_here(data, wanted)
        except ValueError:
            applied = None
        if not isinstance(applied, dict):
            gone = [Conflict(path, mine, GONE, "", "") for path, mine in wanted.items()]
            raise SaveConflict(
                "An entry that this belongs to is no longer there; nothing was saved. Look at the plan as it is now.",
                gone,
                now,
            )
        return applied

    def _snapshot(self, change: Change, draft: Loaded) -> None:
        for place in self._rows.places(kind="draft", id=draft.id):
            change.remove(place)
        for place in self._rows.places(kind="change", id=draft.id):
            if place.version <= draft.revision - _KEPT_PATCHES:
                change.remove(place)
        change.put(Place("draft", draft.id, draft.revision, draft.person), _json(draft.data))

    def _card(self, change: Change, at: str, place: Place, data: object, noted: Mapping[str, str | int] | None) -> None:
        named = {path: value for path in CARD if (value := value_in(data, path)) is not GONE}
        card = {"at": at, "named": named, "revision": place.version, "noted": dict(noted or {})}
        change.put(Place("card", place.id, 1, place.owner), _json(card))

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="seconds")


def new_id() -> str:
    """A random id; it says nothing of what it stands for, and may stand in a URL."""
    return secrets.token_hex(12)


def _operations(record: Mapping[str, Iterable[list[object]]]) -> dict[str, object]:
    return {str(one[0]): one[1] if len(one) > 1 else GONE for one in record["set"]}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain(value: object) -> object:
    """What JSON can hold, dates as their text. TypeError where a value is none of ours."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool):
        return value
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    raise TypeError("a value of a draft is none that a file holds")
