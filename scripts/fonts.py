"""Bring the fonts that forms are written with from Debian packages into generator/data/fonts, with their licences.

Run after: apt-get install fonts-liberation2 fonts-roboto-unhinted fonts-dejavu-core
Prints name, version and SHA-256 of each and records them in generator/data/fonts/fonts.toml.
"""

import hashlib
import shutil
import subprocess
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "generator" / "data" / "fonts"
SOURCE = Path("/usr/share/fonts/truetype")
FONTS = (
    ("sans", "LiberationSans-Regular.ttf", "liberation2/LiberationSans-Regular.ttf", "fonts-liberation2", "OFL-1.1"),
    ("bold", "LiberationSans-Bold.ttf", "liberation2/LiberationSans-Bold.ttf", "fonts-liberation2", "OFL-1.1"),
    ("serif", "LiberationSerif-Regular.ttf", "liberation2/LiberationSerif-Regular.ttf", "fonts-liberation2", "OFL-1.1"),
    (
        "narrow",
        "RobotoCondensed-Regular.ttf",
        "roboto/unhinted/RobotoCondensed-Regular.ttf",
        "fonts-roboto-unhinted",
        "Apache-2.0",
    ),
    ("wide", "DejaVuSans.ttf", "dejavu/DejaVuSans.ttf", "fonts-dejavu-core", "Bitstream-Vera"),
)


def main() -> None:
    """Copy the fonts and their licences, and write the record."""
    TARGET.mkdir(parents=True, exist_ok=True)
    lines = ["# Made by scripts/fonts.py. What each face is for stands in generator/pdf_text/faces.py."]
    for face, name, source, package, licence in FONTS:
        shutil.copyfile(SOURCE / source, TARGET / name)
        shutil.copyfile(Path("/usr/share/doc") / package / "copyright", TARGET / f"LICENCE-{package}.txt")
        version = subprocess.run(
            ["dpkg-query", "-W", "-f=${Version}", package], capture_output=True, text=True, check=True
        )
        digest = hashlib.sha256((TARGET / name).read_bytes()).hexdigest()
        print(f"{name} {version.stdout} {digest}")
        lines += ["", f"[{face}]", f'file = "{name}"', f'package = "{package}"', f'version = "{version.stdout}"']
        lines += [f'licence = "{licence}"', f'sha256 = "{digest}"']
    (TARGET / "fonts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
