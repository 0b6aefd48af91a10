"""Every error of the product, and the exit code each kind has.

An error is for the program. Its text is still one plain sentence (what, where, what to do), because
the command and the page show it as it is; it names a file, a slot or a rule, never a patient's data.
"""

from collections.abc import Sequence
from enum import IntEnum

from generator.finding import Finding


class ExitCode(IntEnum):
    """What `planscribe` answers to the shell."""

    DONE = 0
    BLOCKED = 1  # findings that block
    BAD_INPUT = 2  # bad input or usage
    REFUSED = 3  # refused for safety
    LACKING = 4  # something the machine lacks


class GeneratorError(Exception):
    """The root of all errors of this product."""

    exit_code = ExitCode.BAD_INPUT


# 2: bad input or usage


class PlanNotReadable(GeneratorError):
    """A plan file is not YAML or JSON, or not in the shape of a plan."""


class FhirNotReadable(GeneratorError):
    """A file is no FHIR resource, or no Bundle of them."""


class FormUnknown(GeneratorError):
    """No form of that id, and no file of that name."""


class AreaUnknown(GeneratorError):
    """The starter library has no such area; the text names the nearest ones."""


class BlankNotReadable(GeneratorError):
    """A form's file is damaged, or is not the kind its name says."""


class BlankIsEncrypted(BlankNotReadable):
    """A form's file needs a password to be opened or changed."""


class FormUnsupported(BlankNotReadable):
    """A whole form that cannot be filled, such as an XFA shell; the text says the way out."""


class TemplateNotValid(GeneratorError):
    """A tagged template that cannot be compiled; the text says the part, the place and the words."""


class NameUnknown(TemplateNotValid):
    """A template, field map or rule pack names a value that the plan does not have."""


class ValueNotAllowed(GeneratorError):
    """A choice that the form does not offer; the text names the nearest ones."""


class MapNotValid(GeneratorError):
    """A field map (`form.toml`) is broken, or belongs to another blank."""


class ProfileNotValid(GeneratorError):
    """An agency's programme profiles or settings are broken; the text says the profile and the key."""


class PackNotValid(GeneratorError):
    """A rule pack is broken: the text says the pack, the rule, and what is wrong with it."""


class ReviewNotPossible(GeneratorError):
    """A review that cannot be carried forward: a wrong day, or decisions for what the plan does not have."""


class OutputNotWritable(GeneratorError):
    """The place for the result cannot be written."""


class VaultMissing(GeneratorError):
    """There is no vault here, or there is one where none may be."""


class VaultLocked(GeneratorError):
    """The vault is locked: it was never opened, was idle too long, or has got another key since."""


class PassphraseWrong(GeneratorError):
    """A passphrase or recovery key that does not open this vault, or is too short to be one."""


class RecordUnknown(GeneratorError):
    """The vault holds nothing under this id."""


class SignatureNotPossible(GeneratorError):
    """A signature or seal cannot be placed here; the text says why."""


class FindingsBlock(GeneratorError):
    """A final document was asked for, and `findings` stand against it."""

    exit_code = ExitCode.BLOCKED

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class SaveConflict(GeneratorError):
    """Somebody else changed the same fields meanwhile; nothing was saved.

    `conflicts` holds each field with both values; they are for the page alone and stand in no message.
    `revision` is the draft's present one: saving again with it keeps one's own values.
    """

    exit_code = ExitCode.BLOCKED

    def __init__(self, message: str, conflicts: Sequence[object] = (), revision: int = 0) -> None:
        super().__init__(message)
        self.conflicts = tuple(conflicts)
        self.revision = revision


# 3: refused for safety


class VaultDamaged(GeneratorError):
    """Rows of the vault were changed, swapped, cut or put back by something else than this program."""

    exit_code = ExitCode.REFUSED


class AuditBroken(VaultDamaged):
    """The audit trail was changed, reordered or cut."""


class RefusedForSafety(GeneratorError):
    """A file that could do harm: macros, code in a template, a zip bomb."""

    exit_code = ExitCode.REFUSED


class FileTooLarge(RefusedForSafety):
    """A file over the limits (its own size, or what it unpacks to)."""


class WorkerStopped(RefusedForSafety):
    """A file that took more time or memory than it may, or ended the process that read it."""


# 4: something the machine lacks


class MachineLacks(GeneratorError):
    """A program, font or right that this machine does not have; the text says how to get it."""

    exit_code = ExitCode.LACKING


class NoConverter(MachineLacks):
    """Word cannot be made into PDF on this machine."""


class NoCluster(MachineLacks):
    """Dask is not installed."""


class ClusterNotReached(MachineLacks):
    """No scheduler answers at the address given."""


class FontLacksGlyph(MachineLacks):
    """No font at hand can draw a character."""
