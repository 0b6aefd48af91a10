"""The two halves of sealing that open a PDF: making room for the seal, and checking the seals there. Run in a worker.

The key never comes here: what is to be signed goes out as a digest (see `seal`).
"""

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from generator.errors import BlankIsEncrypted, BlankNotReadable, SignatureNotPossible

_RESERVED = 12_288  # bytes for the seal; ours has about 2,000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A PDF with a gap for the seal: the digest of all but the gap, and where the gap lies."""

    data: bytes
    digest: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SealCheck:
    """What is true of one seal. `changed_after` is "" or what came later: "form filled", "other changes".

    `certificate` is the SHA-256 of the maker's certificate; `at` the maker's own clock, as ISO text.
    """

    field: str
    is_intact: bool
    covers_all: bool
    changed_after: str
    certificate: str
    signer: str
    at: str


def prepare(pdf: bytes, certificate: bytes, field: str) -> Prepared:
    """Make room for a seal. Raises SignatureNotPossible, BlankIsEncrypted, BlankNotReadable."""
    (cert,) = load_certs_from_pemder_data(certificate)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    signer = signers.ExternalSigner(cert, store, signature_value=128)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        if writer.prev.encrypted:
            raise BlankIsEncrypted(
                "This PDF needs a password to be changed. Save a copy without one, and seal that copy."
            )
        names = {one.field_name for one in writer.prev.embedded_signatures}
        metadata = signers.PdfSignatureMetadata(
            field_name=_free(field, names), md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        )
        digest, _, out = asyncio.run(
            signers.PdfSigner(metadata, signer).async_digest_doc_for_signing(writer, bytes_reserved=_RESERVED)
        )
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise BlankNotReadable("This PDF cannot be sealed; it is damaged or of an unusual make.") from None
    except SigningError:
        raise SignatureNotPossible("This PDF does not take a seal: an earlier one forbids changes.") from None
    out.seek(0)
    return Prepared(out.read(), digest.document_digest, digest.reserved_region_start, digest.reserved_region_end)


def verify(pdf: bytes) -> tuple[SealCheck, ...]:
    """Check every seal of a PDF, oldest first. Nothing is fetched. Raises BlankNotReadable, BlankIsEncrypted."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        if reader.encrypted:
            raise BlankIsEncrypted("This PDF needs a password. Save a copy without one.")
        seals = reader.embedded_signatures
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise BlankNotReadable("This file is no PDF, or it is damaged.") from None
    fields = frozenset(str(seal.field_name) for seal in seals)
    return tuple(asyncio.run(_check(seal, fields)) for seal in seals)


async def _check(seal: object, seals: frozenset[str]) -> SealCheck:
    cert = seal.signer_cert  # type: ignore[attr-defined]
    # The maker's own certificate is taken as its root: whether it is one that the reader knows is asked by `seal`.
    context = ValidationContext(trust_roots=[cert], allow_fetching=False)
    stamp = seal.self_reported_timestamp  # type: ignore[attr-defined]
    at = stamp.isoformat() if isinstance(stamp, datetime) else ""
    name, field = str(cert.subject.native.get("common_name", "")), "".join(seal.field_name)  # type: ignore[attr-defined]
    fingerprint = cert.sha256.hex()
    try:
        status = await async_validate_pdf_signature(seal, context)  # type: ignore[arg-type]
    except (SignatureValidationError, PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return SealCheck(field, False, False, "", fingerprint, name, at)
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    level = status.modification_level
    later = ""
    if not covers and level not in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES):
        later = "other changes"
        if level == ModificationLevel.FORM_FILLING:
            # A later seal is a field filled, too, and no change to what the earlier one covers.
            filled = {str(name) for name in getattr(status.diff_result, "changed_form_fields", ())}
            later = "" if filled <= seals else "form filled"
    whole = status.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    return SealCheck(field, bool(status.intact and status.valid and whole), covers, later, fingerprint, name, at)


def _free(field: str, taken: set[str]) -> str:
    names = [field, *(f"{field}{n}" for n in range(2, 1000))]
    return next(name for name in names if name not in taken)
