"""Signatures that a form carries already: what they allow to be changed (ISO 32000-2, 12.8.2.2 DocMDP, 12.8.2.4 FieldMDP)."""

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf

from generator.blanks.pdf_fields.fields import Field, dictionary, integer, items, text_of
from generator.errors import FormUnsupported
from generator.finding import Finding, Severity

_FILLING = 2
"""DocMDP, P: 1 no change, 2 filling and signing, 3 comments too."""
_WHERE = "the form"
SIGNED = "signed-form"
"""The finding of a form that was filled beside its signatures."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The signatures of a form taken together: whether filling leaves them valid, and the fields that they lock.

    `locks` are pairs: whether the names given are locked, or all but them; and the names.
    """

    may_be_filled: bool
    locks: tuple[tuple[bool, tuple[str, ...]], ...] = ()

    def locks_field(self, name: str) -> bool:
        """Whether a signature holds for a field's value, so that it may not change."""
        return any(_is_below(name, names) == is_listed for is_listed, names in self.locks)


def signed_by(pdf: pikepdf.Pdf, fields: Sequence[Field]) -> Signed | None:
    """What the signatures of a form allow; None where nobody has signed it."""
    signatures = [dictionary(one.inherited("/V")) for one in fields if one.type == "/Sig"]
    signatures = [one for one in signatures if "/ByteRange" in one]
    if not signatures:
        return None
    may_be_filled = True
    locks: list[tuple[bool, tuple[str, ...]]] = []
    for reference in (dictionary(one) for signature in signatures for one in items(signature.get("/Reference"))):
        method, rules = text_of(reference.get("/TransformMethod")), dictionary(reference.get("/TransformParams"))
        if method == "DocMDP" and integer(rules.get("/P") or _FILLING) < _FILLING:
            may_be_filled = False
        if method == "FieldMDP":
            action = text_of(rules.get("/Action"))
            names = tuple(text_of(name) for name in items(rules.get("/Fields")))
            locks.append((action == "Include", () if action == "All" else names))
    return Signed(may_be_filled, tuple(locks))


def about(signed: Signed) -> Finding:
    """What a person should know before they fill it."""
    if not signed.may_be_filled:
        message = "This form is signed, and its signer allows no change: filled in, the signature would no longer hold."
        mend = "Ask its publisher for a form without a signature, or print it to a new PDF and fill that."
        return Finding("signed-against-changes", Severity.WARNING, _WHERE, message, mend)
    message = "This form is signed. It is filled so that the signature stays valid; nothing can be added to its pages."
    mend = "An answer that does not fit its box is refused rather than continued on a sheet: shorten it."
    return Finding(SIGNED, Severity.ADVICE, _WHERE, message, mend)


def refuse_where_forbidden(pdf: pikepdf.Pdf, signed: Signed) -> None:
    """Raises FormUnsupported where a signature allows no filling, or where what it holds must not stand in what we make."""
    if not signed.may_be_filled:
        found = about(signed)
        raise FormUnsupported(f"{found.message} {found.mend}")
    root = pdf.Root
    opening = text_of(dictionary(root.get("/OpenAction")).get("/S"))
    if "/JavaScript" in dictionary(root.get("/Names")) or opening in (
        "JavaScript",
        "Launch",
        "SubmitForm",
        "ImportData",
    ):
        raise FormUnsupported(
            "This form is signed and carries scripts that run when it is opened. They cannot be taken out without breaking "
            "the signature. Ask its publisher for a form without them, or print it to a new PDF and fill that."
        )
    if pdf.is_encrypted:
        raise FormUnsupported(
            "This form is signed and encrypted, so that it cannot be changed without breaking the signature. "
            "Ask its publisher for a plain form, or print it to a new PDF and fill that."
        )


def _is_below(name: str, names: Sequence[str]) -> bool:
    """Whether a field is one of these, or lies below one."""
    return any(name == one or name.startswith(f"{one}.") for one in names)
