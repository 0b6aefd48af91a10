"""Gather every message of the rules, and compile the Spanish catalogue.

    python scripts/rules_catalog.py           update generator/data/locale/es/LC_MESSAGES/rules.po and compile it
    python scripts/rules_catalog.py --check   answer 1 where a message has no translation, or the .mo is not of the .po

Messages are the texts of data/rules.yaml, every text given to Fault(...) or N_(...), and those of the review clock.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from generator.rules.engine import table

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "generator/data/locale/es/LC_MESSAGES/rules.po"


def messages() -> dict[str, str]:
    """Every message with the file it is from, in order."""
    found: dict[str, str] = {}
    for entry in table().values():
        found |= {entry.message: "rules.yaml", entry.mend: "rules.yaml"}
    for path in sorted((ROOT / "generator/rules").rglob("*.py")):
        for text in _in_code(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(text, path.name)
    return {text: where for text, where in found.items() if text}


def _in_code(tree: ast.AST) -> Iterator[str]:
    tables = ("_MEASURE", "_HISTORY", "_STEPS", "_GUARDIAN", "_AUTHORIZATION")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "Fault":
                given = [
                    *node.args[1:2],
                    *node.args[3:4],
                    *(k.value for k in node.keywords if k.arg in ("message", "mend")),
                ]
                yield from _texts(given)
            elif node.func.id == "N_":
                yield from _texts(node.args[:1])
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in tables:
            yield from _values(node.value)
        elif (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id in ("_ZIP", "_STATE", "_PHONE")
        ):
            yield from _texts([node.value])
        elif isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
            yield from (text for text in _texts([node.iter]) if text.endswith("."))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            yield from (text for text in _texts([node.value]) if " care" in text)


def _values(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        yield from _texts(node.values)
    elif isinstance(node, ast.Tuple):
        for pair in node.elts:
            if isinstance(pair, ast.Tuple):
                yield from _texts(pair.elts[1:])


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _texts([node.body, node.orelse])
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and inner.value:
                yield inner.value


def updated() -> Catalog:
    """The catalogue with today's messages; translations that are there are kept."""
    old = read_po(io.BytesIO(PO.read_bytes()), locale="es") if PO.exists() else Catalog(locale="es")
    # A fixed day, so that the same messages give the same bytes.
    day = datetime(2026, 11, 22, tzinfo=UTC)
    new = Catalog(locale="es", project="planscribe", charset="utf-8", fuzzy=False, creation_date=day, revision_date=day)
    for text, where in messages().items():
        known = old.get(text)
        new.add(
            text,
            known.string if known is not None else "",
            locations=[(where, 0)],
            flags=["python-brace-format"] if "{" in text else [],
        )
    return new


def compiled(catalog: Catalog) -> bytes:
    """The .mo file's bytes."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    """Update and compile, or only check."""
    catalog = updated()
    missing = [str(message.id) for message in catalog if message.id and not message.string]
    if "--check" in sys.argv:
        current = PO.with_suffix(".mo").exists() and PO.with_suffix(".mo").read_bytes() == compiled(catalog)
        print(
            f"{len(missing)} messages have no translation; the compiled catalogue is {'' if current else 'not '}current"
        )
        return 0 if current and not missing else 1
    PO.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=False, no_location=True)
    kept = [
        line for line in out.getvalue().decode().splitlines() if not line.startswith(('"POT-Creation', '"PO-Revision'))
    ]
    PO.write_text("\n".join(kept) + "\n", encoding="utf-8")
    PO.with_suffix(".mo").write_bytes(compiled(catalog))
    for text in missing:
        print(repr(text))
    print(f"{len(catalog)} messages, {len(missing)} without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
