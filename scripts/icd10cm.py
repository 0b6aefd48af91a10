"""Build generator/data/codes/icd10cm.bin from the package simple-icd-10-cm (a development dependency only).

ICD-10-CM is published by CDC/NCHS and is in the public domain. Run again when the package carries a newer release:

    python scripts/icd10cm.py

Prints the release, the counts and the file's size. `generator/codes/packed.py` tells how the file is laid out.
"""

import re
import warnings
from collections import defaultdict
from datetime import date, datetime
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from generator.codes.packed import Record, Release, pack
from generator.codes.words import words_of

TARGET = Path(__file__).resolve().parents[1] / "generator" / "data" / "codes" / "icd10cm.bin"
FIRST_CHAPTERS = "FZR"
"""Chapters whose codes stand first among equals in a search: behavioural health, circumstances, symptoms."""


def main() -> None:
    """Read every code of the package, and write the file."""
    records = read_records()
    release = read_release()
    data = pack(release, records, words_of)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(data)
    billable = sum(record.billable for record in records)
    print(f"{release.name}, in force {release.first_day} to {release.last_day}")
    print(f"{len(records)} codes and headings, {billable} billable; {len(data):,} bytes")


def read_records() -> list[Record]:
    """Every category, subcategory and code, in the order in which they are packed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import simple_icd_10_cm as icd

    records = []
    for code in icd.get_all_codes(True):
        if icd.is_chapter(code) or icd.is_block(code):
            continue
        terms = dict.fromkeys([*icd.get_inclusion_term(code), *icd.get_includes(code)])
        records.append(
            Record(
                code=code,
                title=icd.get_description(code),
                billable=icd.is_leaf(code),
                terms=tuple(terms),
                excludes1=tuple(icd.get_excludes1(code)),
            )
        )
    by_letter: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_letter[record.code[0]].append(record)
    letters = sorted(by_letter, key=lambda letter: (FIRST_CHAPTERS.find(letter) % 99, letter))
    return [record for letter in letters for record in sorted(by_letter[letter], key=lambda record: record.code)]


def read_release() -> Release:
    """The release, from the name of the tabular list that the package carries: `icd10c-tabular-April-1-2026.xml`."""
    data = resources.files("simple_icd_10_cm") / "data"
    source = next(file.name for file in data.iterdir() if file.name.endswith(".xml"))
    named = re.search(r"([A-Z][a-z]+)-(\d{1,2})-(\d{4})", source)
    if named is None:
        raise SystemExit(f"The name {source} tells no release; read it by hand and mend this script.")
    first_day = datetime.strptime("-".join(named.groups()), "%B-%d-%Y").date()
    fiscal_year = first_day.year + (first_day.month >= 10)
    name = f"ICD-10-CM FY{fiscal_year}, release of {first_day:%B} {first_day.day}, {first_day.year}"
    return Release(
        name, fiscal_year, first_day, date(fiscal_year, 9, 30), f"simple-icd-10-cm {version('simple-icd-10-cm')}"
    )


if __name__ == "__main__":
    main()
