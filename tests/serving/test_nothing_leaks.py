"""The real page in a real browser, on a machine with nothing but its loopback: what is typed goes nowhere."""

import base64
import json
import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from generator.store import Vault
from tests.serving.running import CHROMIUM
from tests.store.making import CHEAP, PASSPHRASE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium"),
]
CANARY = "Qzyxolanthe"
_FAULTY = """
import generator.app.screens.review as review
def show(draft, *rest):
    raise ValueError(f"cannot show {draft.plan!r}")
review.show = show
from generator.cli import main
main()
"""
_JOURNEY = """
import json, sys
from pathlib import Path
from playwright.sync_api import sync_playwright
from tests.serving.running import ARGS, CHROMIUM, server
from tests.serving.test_nothing_leaks import _FAULTY, CANARY
folder, asked = Path(sys.argv[1]), []
with server(folder, _FAULTY) as running, sync_playwright() as playwright:
    context = playwright.chromium.launch_persistent_context(
        str(folder / "profile"), executable_path=CHROMIUM, args=ARGS)
    page = context.pages[0]
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda live: asked.append(live.url))
    page.goto(running.first)
    page.get_by_role("button", name="Try with an example").click(timeout=60_000)
    first = page.get_by_label("First name").first
    first.wait_for(timeout=60_000)
    first.fill(CANARY)
    first.press("Tab")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="5 Review").click()
    page.get_by_text("Something went wrong here").first.wait_for(timeout=60_000)
    # The screen before fades out only when the faulty one has ended: what the person typed there is still theirs to see.
    first.wait_for(state="detached", timeout=60_000)
    shown = page.content()
    context.close()
print(json.dumps({"asked": asked, "shown": CANARY in shown}))
"""


_WHOLE_DAY = """
import io, json, sys
from pathlib import Path
import docx
from playwright.sync_api import expect, sync_playwright
from tests.app.conftest import quiet, step, unlock
from tests.serving.running import ARGS, CHROMIUM, server
from tests.serving.test_nothing_leaks import CANARY, PASSPHRASE, holding
folder, asked = Path(sys.argv[1]), []
expect.set_options(timeout=90_000)
form = docx.Document()
form.add_paragraph(f"Client of {CANARY}: ____________________   Date of birth: ____________")
written = io.BytesIO()
form.save(written)
sheet = f"First name,Last name,Date of birth\\n{CANARY},Cruz,3/2/1958\\n{CANARY},Ortiz,31/31/1990\\n".encode()
word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
with server(folder) as running, sync_playwright() as playwright:
    context = playwright.chromium.launch_persistent_context(
        str(folder / "profile"), executable_path=CHROMIUM, args=ARGS, accept_downloads=True,
        downloads_path=str(folder / "taken_home"))
    page = context.pages[0]
    page.set_default_timeout(90_000)
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda live: asked.append(live.url))
    page.goto(running.first)
    unlock(page)
    step(page, "New plan")
    for label in ("First name", "Record number"):
        box = page.get_by_role("textbox", name=label, exact=True).first
        box.fill(CANARY)
        box.press("Tab")
        quiet(page)
    step(page, "2 Diagnosis")
    box = page.get_by_role("textbox", name="Presenting problem", exact=True).first
    box.fill(f"{CANARY} drinks every evening. " * 40)
    box.press("Tab")
    quiet(page)
    step(page, "6 Document")
    step(page, "Make the document")
    page.get_by_text("answers visible").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download Word").click()
    taken = Path(waiting.value.path()).read_bytes()
    step(page, "planscribe")
    page.get_by_role("button", name="Own form").click()
    page.get_by_role("heading", name="A form of your own").wait_for()
    quiet(page)
    page.locator("input[type=file]").set_input_files([{"name": "form.docx", "mimeType": word, "buffer": written.getvalue()}])
    page.get_by_role("heading", name="Blank 1 of").wait_for()
    step(page, "planscribe")
    page.get_by_role("button", name="Many people at once").click()
    page.get_by_role("heading", name="Many people at once").wait_for()  # Start has an upload too
    quiet(page)
    page.locator("input[type=file]").set_input_files([{"name": "people.csv", "mimeType": "text/csv", "buffer": sheet}])
    page.get_by_text("columns are used").wait_for()
    page.get_by_role("combobox", name="Forms").click()
    page.get_by_role("option", name="One-Page Plan", exact=True).click()
    page.keyboard.press("Escape")
    quiet(page)
    step(page, "Make 2 documents")
    page.get_by_text("documents made").wait_for()
    while_open = holding(folder, (CANARY, PASSPHRASE))
    page.get_by_role("button", name="Lock").click()
    page.get_by_text("planscribe is locked").wait_for()
    page.wait_for_timeout(1000)
    context.close()
print(json.dumps({"asked": asked, "while_open": while_open, "took": len(taken)}))
"""


def hidings(word):
    """The word as bytes in the ways it could lie about: plain, UTF-16, base64 at every offset, hexadecimal."""
    plain = word.encode()
    yield plain
    yield word.encode("utf-16-le")
    yield plain.hex().encode()
    for lead in range(3):
        coded = base64.b64encode(b"\x00" * lead + plain)
        yield coded[(0, 2, 3)[lead] : len(coded) // 4 * 4 - 4]


def found_in(data, word=CANARY):
    """Whether bytes hold the word, also inside deflate streams (zip, gzip, PDF, raw)."""
    if any(hidden in data for hidden in hidings(word)):
        return True
    for place in range(len(data) - 8):
        two = data[place : place + 2]
        starts = {b"\x78\x9c": 15, b"\x78\xda": 15, b"\x78\x01": 15, b"\x1f\x8b": 31}
        if two in starts:
            packed, bits = data[place:], starts[two]
        elif data[place : place + 4] == b"PK\x03\x04":
            name, extra = (int.from_bytes(data[place + at : place + at + 2], "little") for at in (26, 28))
            packed, bits = data[place + 30 + name + extra :], -15
        else:
            continue
        try:
            opened = zlib.decompressobj(bits).decompress(packed, 5_000_000)
        except zlib.error:
            continue
        if any(hidden in opened for hidden in hidings(word)):
            return True
    return False


def test_the_search_finds_a_canary_however_it_is_hidden(tmp_path):
    text = f"x {CANARY} y".encode()
    with_zip = tmp_path / "z.zip"
    shutil.make_archive(str(with_zip.with_suffix("")), "zip", _folder_with(tmp_path / "in", text))
    for data in (text, text.decode().encode("utf-16-le"), zlib.compress(text * 9), with_zip.read_bytes(), text.hex().encode(),
                 *(base64.b64encode(b"a" * n + text) for n in range(3))):  # fmt: skip
        assert found_in(b"head" + data + b"tail")
    assert not found_in(b"nothing" * 100)


def test_what_is_typed_and_then_raised_in_an_error_stays_off_the_disk_the_log_and_the_network(tmp_path):
    with Vault.create(PASSPHRASE, _store(tmp_path) / "vault.db", cost=CHEAP)[0] as vault:
        vault.drafts.create({"patient": {"name": {"first": CANARY}}})
    told = walked(tmp_path, _JOURNEY)
    assert not told["shown"] and not any(CANARY in url for url in told["asked"])
    assert "fault " in (tmp_path / "said.log").read_text() and "ValueError" in (tmp_path / "said.log").read_text()
    assert holding(tmp_path, (CANARY,)) == []


@pytest.mark.slow
def test_a_whole_day_with_the_vault_open_leaves_nothing_outside_it_while_it_lasts_and_afterwards(tmp_path):
    """Typed, saved, made, drawn, taken home, a form and a sheet uploaded: then, with the server at work, all is searched."""
    with Vault.create(PASSPHRASE, _store(tmp_path) / "vault.db", cost=CHEAP)[0]:
        pass
    in_memory = {str(file) for file in Path("/dev/shm").rglob("*")} if Path("/dev/shm").is_dir() else set()
    told = walked(tmp_path, _WHOLE_DAY)
    assert told["took"] > 10_000 and told["while_open"] == []
    assert not any(CANARY in url for url in told["asked"])
    assert holding(tmp_path, (CANARY, PASSPHRASE)) == []
    for file in Path("/dev/shm").rglob("*") if in_memory else ():
        if str(file) not in in_memory and "planscribe" in str(file) and file.is_file():
            assert not found_in(file.read_bytes()), "what lay in memory went with the server"
    with Vault.unlock(PASSPHRASE, tmp_path / "store" / "vault.db") as vault:
        (card,) = vault.drafts.cards()
        assert vault.drafts.load(card.id).data["patient"]["name"]["first"] == CANARY, "it was kept, and in the vault"


def walked(folder, script):
    """What a walk of the page tells, made where there is no network but loopback."""
    command = [sys.executable, "-c", script, str(folder)]
    if shutil.which("unshare") and _may_unshare():
        command = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command]
    elif not os.environ.get("CI"):
        pytest.skip("this user may not make a network namespace")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    said = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=560, check=False)
    assert said.returncode == 0, said.stderr[-2000:]
    told = json.loads(said.stdout.splitlines()[-1])
    ours = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert told["asked"] and not [url for url in told["asked"] if not url.startswith(ours)]
    return told


def holding(folder, words):
    """The files of a folder that hold one of the words; not those that a person took home themselves."""
    found = []
    for file in folder.rglob("*"):
        if not file.is_file() or file.is_symlink() or "taken_home" in file.parts:
            continue
        data = file.read_bytes()
        # Chromium keeps its own component files compressed; what a page could have left there is looked at as it is.
        is_browsers = "profile" in file.parts
        if any(any(one in data for one in hidings(word)) if is_browsers else found_in(data, word) for word in words):
            found.append(str(file.relative_to(folder)))
    return found


def _folder_with(folder, data):
    folder.mkdir()
    (folder / "file.txt").write_bytes(data * 9)
    return str(folder)


def _store(folder):
    (folder / "store").mkdir()
    return folder / "store"


def _may_unshare():
    return subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
