"""The agency's own things: its brand, staff, forms, field maps, settings. Each is bytes under an id, with a version."""

from enum import StrEnum

from generator.errors import RecordUnknown, SaveConflict
from generator.store.audit import Action, Trail
from generator.store.rows import Place, Rows


class Shelf(StrEnum):
    """Where a thing lies."""

    BRAND = "brand"
    STAFF = "staff"
    FORM = "form"
    MAP = "map"
    SETTING = "setting"


class Shelves:
    """The shelves of an open vault, for one account."""

    def __init__(self, rows: Rows, trail: Trail, actor: str) -> None:
        self._rows, self._trail, self._actor = rows, trail, actor

    def put(self, shelf: Shelf, id: str, data: bytes, version: int = 0) -> int:
        """Lay a thing down; gives its new version. `version` is the one it is based on, 0 for a new thing.

        Raises SaveConflict where it was changed meanwhile.
        """
        with self._rows.change() as change:
            there = self._rows.places(kind=str(shelf), id=id)
            now = max((place.version for place in there), default=0)
            if now != version:
                raise SaveConflict(
                    "This was changed in another window meanwhile; nothing was overwritten. Look at it as it is now.",
                    revision=now,
                )
            for place in there:
                change.remove(place)
            change.put(Place(str(shelf), id, now + 1), data)
            self._trail.add(change, self._actor, Action.CHANGE, "", shelf=str(shelf), version=now + 1)
        return now + 1

    def get(self, shelf: Shelf, id: str) -> tuple[bytes, int]:
        """The thing and its version. Raises RecordUnknown."""
        found = self._rows.read(str(shelf), id)
        if found is None:
            raise RecordUnknown(f"There is nothing of that name among what the vault keeps as {shelf}.")
        return found[1], found[0].version

    def ids(self, shelf: Shelf) -> list[str]:
        """What lies there."""
        return sorted({place.id for place in self._rows.places(kind=str(shelf))})

    def remove(self, shelf: Shelf, id: str) -> None:
        """Take it away, if it is there."""
        with self._rows.change() as change:
            for place in self._rows.places(kind=str(shelf), id=id):
                change.remove(place)
            self._trail.add(change, self._actor, Action.CHANGE, "", shelf=str(shelf), removed=1)
