"""ICD-10-CM: every code of one release, found by code, by words, by DSM-style wording, with typing mistakes.

    codes = code_list()
    codes.find("F10.20").title                  "Alcohol dependence, uncomplicated"
    codes.search("alcohol use disorder, severe")[0].code            "F10.20"
    codes.standing("F32", on=plan_date)         Standing.HEADING
    codes.note_between("F32.1", "F33.1")        the Excludes1 note that keeps the two apart, or None

Nothing is fetched: the list lies in data/codes/icd10cm.bin, built by scripts/icd10cm.py from data in the public domain.
The texts of CPT and DSM-5-TR are licensed and are not here; service codes are checked by their shape alone.
"""

from generator.codes.code_list import Code, CodeList, Hit, Standing, code_list
from generator.codes.packed import Release

__all__ = ["Code", "CodeList", "Hit", "Release", "Standing", "code_list"]
