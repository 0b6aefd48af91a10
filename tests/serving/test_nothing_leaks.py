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
    command = [sys.executable, "-c", _JOURNEY, str(tmp_path)]
    if shutil.which("unshare") and _may_unshare():
        command = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command]
    elif not os.environ.get("CI"):
        pytest.skip("this user may not make a network namespace")
    with Vault.create(PASSPHRASE, _store(tmp_path) / "vault.db", cost=CHEAP)[0] as vault:
        vault.drafts.create({"patient": {"name": {"first": CANARY}}})
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    said = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=240, check=False)
    assert said.returncode == 0, said.stderr[-2000:]
    told = json.loads(said.stdout.splitlines()[-1])
    assert told["asked"] and not told["shown"]
    assert [
        url for url in told["asked"] if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
    ] == []
    assert not any(CANARY in url for url in told["asked"])
    assert "fault " in (tmp_path / "said.log").read_text() and "ValueError" in (tmp_path / "said.log").read_text()
    files = [file for file in tmp_path.rglob("*") if file.is_file() and not file.is_symlink()]
    # Chromium keeps its own component files compressed; what a page could have left there is looked at as it is.
    holding = [
        str(file.relative_to(tmp_path))
        for file in files
        if (
            found_in(file.read_bytes())
            if "profile" not in file.parts
            else any(h in file.read_bytes() for h in hidings(CANARY))
        )
    ]
    assert holding == []


def _folder_with(folder, data):
    folder.mkdir()
    (folder / "file.txt").write_bytes(data * 9)
    return str(folder)


def _store(folder):
    (folder / "store").mkdir()
    return folder / "store"


def _may_unshare():
    return subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
