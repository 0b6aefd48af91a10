"""A form that is signed already: filled so that its signature stays valid, or refused with the reason. pyHanko is the judge."""

import asyncio
import datetime
import io

import pikepdf
import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields as sig_fields
from pyhanko.sign import signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from generator.blanks.pdf_fields import open_pdf_fields
from generator.errors import FormUnsupported
from generator.make_pdf import SheetWords, fill_pdf_fields, fill_pdf_task, make_pdf
from generator.marks import Marks
from generator.proof import Expected
from generator.proof.pdf import prove_pdf
from generator.sheet_mark import Continued
from generator.slots import Fill
from tests.making import Form


@pytest.fixture(scope="module")
def signer(tmp_path_factory):
    """A signer with a certificate of its own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Form Publisher")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("key")
    (path / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (path / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return signers.SimpleSigner.load(str(path / "key.pem"), str(path / "cert.pem"))


def blank(**save) -> bytes:
    form = Form()
    form.text("name", rect=(50, 700, 330, 716))
    form.text("small", rect=(50, 640, 90, 650))
    form.check("consent", "Agree", rect=(50, 660, 62, 672), AS=Name.Off)
    form.widget("status", Name.Ch, (50, 600, 250, 616), Ff=1 << 17, Opt=Array([String("Single"), String("Married")]))
    return form.bytes(**save)


def signed(data: bytes, signer, *, certify: MDPPerm | None = None, lock: FieldMDPSpec | None = None) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    sig_fields.append_signature_field(writer, SigFieldSpec("Publisher", box=(400, 20, 500, 60), field_mdp_spec=lock))
    metadata = signers.PdfSignatureMetadata(
        field_name="Publisher", certify=certify is not None, docmdp_permissions=certify or MDPPerm.FILL_FORMS
    )
    out = asyncio.run(signers.PdfSigner(metadata, signer).async_sign_pdf(writer))
    return out.getvalue()


def judged(data: bytes):
    """pyHanko's status of the one signature."""
    (one,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    context = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False)
    return asyncio.run(async_validate_pdf_signature(one, context))


VALUES = {"name": "José Núñez-Łukasz", "consent": "Agree", "status": "Married"}


@pytest.mark.parametrize("certify", [None, MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE], ids=["signed", "P2", "P3"])
@pytest.mark.parametrize("kind", ["table", "stream"])
def test_the_signature_of_a_filled_form_stays_valid_and_every_answer_is_proven(signer, certify, kind):
    streams = pikepdf.ObjectStreamMode.generate if kind == "stream" else pikepdf.ObjectStreamMode.disable
    form = signed(blank(object_stream_mode=streams), signer, certify=certify)
    data, status = fill_pdf_fields(form, VALUES)
    assert set(status.values()) == {"filled"}
    assert data.startswith(form)
    seen = judged(data)
    assert (seen.intact, seen.valid, seen.bottom_line) == (True, True, True)
    assert seen.modification_level == ModificationLevel.FORM_FILLING
    expected = [Expected(name, value, is_button=name == "consent") for name, value in VALUES.items()]
    assert prove_pdf(data, expected).faults == ()
    assert pypdf.PdfReader(io.BytesIO(data)).get_fields()["name"]["/V"] == VALUES["name"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.check_pdf_syntax()


def test_it_may_be_filled_again(signer):
    once, _ = fill_pdf_fields(signed(blank(), signer, certify=MDPPerm.FILL_FORMS), VALUES)
    twice, status = fill_pdf_fields(once, {"name": "Alex Morgan"})
    assert status == {"name": "filled"}
    assert judged(twice).bottom_line
    assert prove_pdf(twice, [Expected("name", "Alex Morgan"), Expected("status", "Married")]).faults == ()


def test_a_form_that_its_signer_allows_no_change_of_is_refused_and_says_so_before(signer):
    form = signed(blank(), signer, certify=MDPPerm.NO_CHANGES)
    assert [finding.rule for finding in open_pdf_fields(form).findings] == ["signed-against-changes"]
    with pytest.raises(FormUnsupported, match=r"allows no change: .+ Ask its publisher"):
        fill_pdf_fields(form, VALUES)


def test_a_person_is_told_that_a_form_is_signed(signer):
    form = signed(blank(), signer)
    assert [finding.rule for finding in open_pdf_fields(form).findings] == ["signed-form"]
    filled = fill_pdf_task(form, [Fill("name", "Alex")], SheetWords())
    assert [finding.rule for finding in filled.findings] == ["signed-form"]


def test_a_field_that_the_signature_locks_is_refused_and_the_others_are_filled(signer):
    lock = FieldMDPSpec(FieldMDPAction.INCLUDE, ["status"])
    data, status = fill_pdf_fields(signed(blank(), signer, lock=lock), VALUES)
    assert status == {"name": "filled", "consent": "filled", "status": "refused"}
    assert judged(data).bottom_line


def test_what_does_not_fit_is_refused_for_no_sheet_may_be_added(signer):
    form = signed(blank(), signer)
    filled = fill_pdf_task(form, [Fill("small", "more than such a box can ever hold, by far")], SheetWords())
    (outcome,) = filled.outcomes
    assert (str(outcome.status), "no sheet may be added" in outcome.why) == ("refused", True)
    assert judged(filled.data).bottom_line
    assert len(pypdf.PdfReader(io.BytesIO(filled.data)).pages) == 1


def test_a_signed_form_with_a_script_that_runs_on_opening_is_refused(signer):
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(FormUnsupported, match="scripts that run when it is opened"):
        fill_pdf_fields(signed(out.getvalue(), signer), VALUES)


def test_usage_rights_are_no_signature(signer):
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        pdf.Root.Perms = Dictionary(UR3=Dictionary(Type=Name.Sig))
        out = io.BytesIO()
        pdf.save(out)
    filled = fill_pdf_task(out.getvalue(), [Fill("name", "Alex")], SheetWords())
    assert [finding.rule for finding in filled.findings] == ["usage-rights-dropped"]


def test_a_draft_of_a_signed_form_is_refused_for_it_could_not_say_that_it_is_one(signer):
    form = signed(blank(), signer)
    with pytest.raises(FormUnsupported, match="no mark of a draft"):
        make_pdf(form, [Fill("name", "Alex")], SheetWords(), (), {}, Marks(draft="en"))


def test_rows_that_a_signed_form_has_no_place_for_are_refused_by_name(signer):
    form = signed(blank(), signer)
    made = make_pdf(
        form, [Fill("name", "Alex")], SheetWords(), [Continued("row 4", "Row 4", "a fourth goal")], {}, Marks()
    )
    assert [str(outcome.status) for outcome in made.filled.outcomes] == ["filled", "refused"]
    assert (judged(made.filled.data).bottom_line, made.proof.faults) == (True, ())
