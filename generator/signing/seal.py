"""A seal on a finished PDF (PAdES, ISO 32000-2, 12.8): made with the agency's own key, it shows every later change.

The key is the vault's, made by itself and vouched for by nobody: the seal says that the file is as this agency sealed
it, not who signed. The file is opened in a worker; the key never leaves this process.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from generator.errors import SignatureNotPossible
from generator.files import home
from generator.signing.seal_parts import Prepared, SealCheck
from generator.worker import call

_FIELD = "PlanscribeSeal"
_YEARS = 20


@dataclass(frozen=True, slots=True)
class SealKey:
    """A private key and its certificate, both PEM."""

    key: bytes
    certificate: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate."""
        return x509.load_pem_x509_certificate(self.certificate).fingerprint(hashes.SHA256()).hex()


def new_seal_key(agency: str = "") -> bytes:
    """A new key (P-256) with a certificate of its own, as one PEM text for the vault."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, (agency or "planscribe seal")[:64])])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def read_seal_key(data: bytes) -> SealKey:
    """The key from the vault's text."""
    mark = data.index(b"-----BEGIN CERTIFICATE-----")
    return SealKey(data[:mark], data[mark:])


def seal(pdf: bytes, key: SealKey) -> bytes:
    """The PDF with a seal appended; what was there before stays byte for byte, earlier seals included.

    Raises SignatureNotPossible, BlankIsEncrypted, BlankNotReadable.
    """
    prepared = cast("Prepared", call("prepare-seal", pdf, key.certificate, _FIELD))
    if not prepared.data.startswith(pdf):
        raise SignatureNotPossible("This PDF would have to be changed to take a seal; it was left as it is.")
    (certificate,) = load_certs_from_pemder_data(key.certificate)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    signer = signers.SimpleSigner(certificate, load_private_key_from_pemder_data(key.key, None), store)
    message: bytes = asyncio.run(signer.async_sign(prepared.digest, "sha256", use_pades=True)).dump()
    # The gap is <...>: an opening sign, hexadecimal digits, a closing sign.
    room = prepared.end - prepared.start - 2
    if len(message) * 2 > room:
        raise SignatureNotPossible("The seal did not fit into the file.")
    digits = message.hex().encode().ljust(room, b"0")
    return prepared.data[: prepared.start + 1] + digits + prepared.data[prepared.end - 1 :]


def check_seals(pdf: bytes) -> tuple[SealCheck, ...]:
    """What is true of every seal in a PDF. Raises BlankNotReadable, BlankIsEncrypted."""
    return cast("tuple[SealCheck, ...]", call("verify-seals", pdf))


def known_certificate() -> str:
    """The fingerprint of this agency's own certificate, "" where it never sealed anything here."""
    try:
        return (
            x509.load_pem_x509_certificate((home() / "seal-certificate.pem").read_bytes())
            .fingerprint(hashes.SHA256())
            .hex()
        )
    except (OSError, ValueError):
        return ""
