"""What a field's own script asks for: dates, numbers, phone, SSN, ZIP. The script is read, never run.

Acrobat's helpers are AFDate_FormatEx, AFNumber_Format, AFPercent_Format, AFTime_Format, AFSpecial_Format and
AFSimple_Calculate (Acrobat JavaScript Scripting Reference).
"""

import re

import pikepdf

from generator.blanks.pdf_fields.fields import dictionary, text_of

_DATE = re.compile(r"AFDate_(?:Format|Keystroke)(?:Ex)?\(\s*[\"']([^\"']+)[\"']")
_NUMBER = re.compile(r"AF(?:Number|Percent)_(?:Format|Keystroke)\(\s*(\d+)")
_SPECIAL = re.compile(r"AFSpecial_(?:Format|Keystroke)\(\s*(\d)")
_SPECIALS = {"0": "zip", "1": "zip+4", "2": "phone", "3": "ssn"}


def format_of(field: pikepdf.Object) -> str:
    """`date:mm/dd/yyyy`, `number:2`, `percent:1`, `time`, `phone`, `ssn`, `zip`, `zip+4`; "" where nothing is asked."""
    actions = dictionary(field.get("/AA"))
    script = " ".join(text_of(dictionary(actions.get(key)).get("/JS")) for key in ("/F", "/K"))
    if date := _DATE.search(script):
        return f"date:{date[1]}"
    if special := _SPECIAL.search(script):
        return _SPECIALS.get(special[1], "")
    if number := _NUMBER.search(script):
        return f"{'percent' if 'AFPercent' in script else 'number'}:{number[1]}"
    return "time" if "AFTime_" in script else ""
