"""What a filled form must not carry: scripts that run on opening, links that send or start something, XFA, stale marks.

See ISO 32000-2, 12.6 (actions), 12.8.2.3 (usage rights); XFA is deprecated in 12.7.8.
"""

import pikepdf

from generator.blanks.pdf_fields.fields import dictionary, drop, items, value
from generator.finding import Finding, Severity

_ACTIVE = (
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
)


def make_inert(pdf: pikepdf.Pdf) -> None:
    """Take out scripts, launches and submissions; links to pages and to web addresses stay."""
    root = pdf.Root
    drop(root, "/AA")
    if _is_active(root.get("/OpenAction")):
        del root.OpenAction
    names = dictionary(root.get("/Names"))
    drop(names, "/JavaScript", "/EmbeddedFiles")
    # An attached file that the catalog still lists would stay in the file, such as the plan of whom it was filled for before.
    drop(root, "/AF")
    stripped: set[tuple[int, int]] = set()
    for page in pdf.pages:
        drop(page.obj, "/AA")
        for annotation in items(page.obj.get("/Annots")):
            if isinstance(annotation, pikepdf.Dictionary):
                _strip(annotation)
                stripped.add(annotation.objgen)
    waiting = list(items(dictionary(root.get("/AcroForm")).get("/Fields")))
    seen: set[tuple[int, int]] = set()
    while waiting:
        field = waiting.pop()
        if not isinstance(field, pikepdf.Dictionary) or (field.objgen != (0, 0) and field.objgen in seen):
            continue
        seen.add(field.objgen)
        if field.objgen not in stripped or field.objgen == (0, 0):
            _strip(field)
        waiting += items(value(field, "/Kids"))


def drop_stale(pdf: pikepdf.Pdf) -> tuple[Finding, ...]:
    """Drop what no longer holds once a form is filled: XFA, NeedAppearances, usage rights. Says what a person should know."""
    out = []
    form = dictionary(pdf.Root.get("/AcroForm"))
    if "/XFA" in form:
        del form["/XFA"]
        message = (
            "The form had a second, Adobe-only layer (XFA). It was taken out, so that every viewer shows the answers."
        )
        out.append(Finding("xfa-layer-dropped", Severity.ADVICE, "the form", message))
    drop(form, "/NeedAppearances")
    if "/Perms" in pdf.Root:
        del pdf.Root["/Perms"]
        message = "The form carried a signature or usage rights that end when it is filled. They were taken out."
        out.append(Finding("usage-rights-dropped", Severity.ADVICE, "the form", message))
    return tuple(out)


def _strip(annotation: pikepdf.Object) -> None:
    drop(annotation, "/AA")
    if _is_active(value(annotation, "/A")):
        del annotation["/A"]


def _is_active(action: object) -> bool:
    seen = 0
    while isinstance(action, pikepdf.Dictionary) and seen < 32:
        if str(action.get("/S", "")) in _ACTIVE:
            return True
        following = action.get("/Next")
        if isinstance(following, pikepdf.Array):
            return any(_is_active(item) for item in following)
        action, seen = following, seen + 1
    return False
