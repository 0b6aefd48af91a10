"""The list of what is inside (CycloneDX 1.6) and of its licences, from the lock file and what is installed by it.

Usage: python scripts/sbom.py OUT  (writes OUT/sbom.cdx.json and OUT/licences.tsv)

Fails where a locked package is not installed as locked, says no licence, or has one that this product may not carry.
"""

import json
import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
FORBIDDEN = re.compile(r"\bAGPL|Affero|\bSSPL|Commons Clause|\bBUSL", re.IGNORECASE)
_ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")


def main(out: Path) -> int:
    """Write both lists; gives the exit code."""
    components, licences, faults = [], [], []
    for name, version, marker, hashes in locked(LOCK.read_text(encoding="utf-8")):
        if marker and not Marker(marker).evaluate():
            continue
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            faults.append(f"{name} is locked and not installed")
            continue
        licence = licence_of(installed)
        if installed.version != version:
            faults.append(f"{name} is locked at {version} and installed at {installed.version}")
        if not licence:
            faults.append(f"{name} says no licence")
        if FORBIDDEN.search(licence):
            faults.append(f"{name} is under {licence}")
        components.append(
            {
                "type": "library",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name}@{version}",
                "licenses": [{"license": {"name": licence}}],
                "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
            }
        )
        licences.append(f"{name}\t{version}\t{licence}")
    out.mkdir(parents=True, exist_ok=True)
    product = {"type": "application", "name": "planscribe", "version": metadata.version("planscribe")}
    sbom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": product},
            "components": components}  # fmt: skip
    (out / "sbom.cdx.json").write_text(json.dumps(sbom, indent=1) + "\n", encoding="utf-8")
    (out / "licences.tsv").write_text("\n".join(["package\tversion\tlicence", *licences]) + "\n", encoding="utf-8")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(components)} packages in {out}")
    return 1 if faults or not components else 0


def locked(text: str) -> list[tuple[str, str, str, list[str]]]:
    """Name, version, marker and hashes of every package of a lock file."""
    out: list[tuple[str, str, str, list[str]]] = []
    for line in text.splitlines():
        entry = _ENTRY.match(line)
        if entry:
            out.append((entry[1], entry[2], (entry[3] or "").strip(), []))
        elif "--hash=sha256:" in line and out:
            out[-1][3].append(line.split("sha256:")[1].split()[0])
    return out


def licence_of(installed: metadata.Distribution) -> str:
    """What a package says of its licence: the SPDX expression, else its classifiers, else the first line of its text."""
    about = installed.metadata
    said = about.get_all("Classifier") or []
    classified = [value.rpartition(" :: ")[2] for value in said if value.startswith("License ::")]
    text = (about["License"] or "").strip() if "License" in about else ""
    expression = (about["License-Expression"] or "").strip() if "License-Expression" in about else ""
    return expression or ", ".join(classified) or text.partition("\n")[0][:80]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build")))
