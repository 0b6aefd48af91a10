"""Tables of a Word form whose rows take one list after the other: told as rows, so that a longer list adds rows."""

import re
from collections.abc import Mapping

_ROW = re.compile(r"(.+-[ts]\d+[a-h]?)-(\d+)-(.+)")  # the table, the row from 1, the column
_ENTRY = re.compile(
    r"(.*?\b(?:goals|objectives|interventions|problems|diagnoses|medications|measures|substance_use))\[(\d+)\]\.(.+)"
)


def with_rows(field_map: Mapping[str, object]) -> dict[str, object]:
    """The map with whole tables as rows, where each row takes the next entry of one list: such tables can grow.

    A map that says its own rows stays as it is.
    """
    fields = field_map.get("fields", {})
    if field_map.get("rows") or not isinstance(fields, Mapping):
        return dict(field_map)
    tables: dict[str, dict[str, list[tuple[int, str, object]]]] = {}
    for slot, entry in fields.items():
        found = _ROW.fullmatch(slot)
        if found:
            tables.setdefault(found[1], {}).setdefault(found[3], []).append((int(found[2]), slot, entry))
    rows: dict[str, object] = {}
    plain = dict(fields)
    for table, columns in tables.items():
        lists: dict[str, dict[str, str]] = {}
        used: dict[str, list[str]] = {}
        for column, cells in columns.items():
            told = {_told(n, entry) for n, _, entry in cells}
            if len(told) == 1 and (one := next(iter(told))) is not None:
                lists.setdefault(one[0], {})[f"{table}-{{n}}-{column}"] = one[1]
                used.setdefault(one[0], []).extend(slot for _, slot, _ in cells)
        if len(lists) == 1:
            path, told_fields = next(iter(lists.items()))
            rows[table] = {"path": path, "fields": told_fields}
            for slot in used[path]:
                del plain[slot]
    return {**field_map, "fields": plain, "rows": rows} if rows else dict(field_map)


def _told(row: int, entry: object) -> tuple[str, str] | None:
    """A cell's expression as list and what of its entry; None where the entry is not that of the row."""
    found = _ENTRY.fullmatch(entry) if isinstance(entry, str) else None
    if found is None or int(found[2]) != row - 1 or "[" in found[1].rpartition(".")[0]:
        return None
    return found[1], found[3]
