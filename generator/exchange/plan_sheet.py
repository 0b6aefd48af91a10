"""A plan as a sheet: a line for each value, with its path, its title and the value; safe against formulas."""

from datetime import date

from generator.exchange.sheet_safe import Cell, csv_bytes
from generator.plan import Plan
from generator.plan.walk import leaves


def plan_as_csv(plan: Plan, *, language: str = "en") -> bytes:
    """CSV bytes: path, title, value. Texts that a spreadsheet could run are marked as text."""
    rows: list[tuple[Cell, ...]] = [("path", "title", "value")]
    for leaf in leaves(plan):
        extra = leaf.info.json_schema_extra if isinstance(leaf.info.json_schema_extra, dict) else {}
        title = str(extra.get("title_es", "")) if language == "es" else leaf.info.title
        value = leaf.value if isinstance(leaf.value, str | int | float | date) else str(leaf.value)
        rows.append((leaf.path, title or leaf.path, value))
    return csv_bytes(rows)
