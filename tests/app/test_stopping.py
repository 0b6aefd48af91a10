"""Long work can be stopped at any time: a form under way, a packet, and its joining. What is kept are whole files."""

import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.app.conftest import quiet, step
from tests.app.test_document_screen import choose
from tests.app.test_journey import download
from tests.serving.running import server as server_with_script

# The second document and the joining do not end before a file says so: without Stop a person would wait for ever.
_SLOW = """
import time, pathlib, generator.app.made as made
make, join, count, folder = made.make_document, made.join_documents, [0], pathlib.Path({folder!r})
def wait_for(name):
    while not (folder / name).exists():
        time.sleep(0.05)
def slow_make(*given):
    count[0] += 1
    if count[0] == 2:
        wait_for("make")
    return make(*given)
def slow_join(*given):
    wait_for("join")
    return join(*given)
made.make_document, made.join_documents = slow_make, slow_join
from generator.cli import main
main()
"""


@pytest.fixture
def slow_page(browser, tmp_path, loopback) -> Iterator[Page]:
    with server_with_script(tmp_path, _SLOW.format(folder=str(tmp_path)), place=loopback) as running:
        page = browser.new_context(viewport={"width": 1280, "height": 1000}, accept_downloads=True).new_page()
        page.set_default_timeout(60_000)
        expect.set_options(timeout=30_000)
        page.goto(running.first)
        yield page
        page.context.close()


@pytest.mark.slow
def test_a_packet_is_stopped_at_once_while_it_is_made_and_while_it_is_joined_and_gone_on_with(
    slow_page: Page, tmp_path
):
    page = slow_page
    step(page, "Try with an example")
    step(page, "6 Document")
    choose(page, 0, "One-Page Plan (")
    choose(page, 1, "Safety Plan (")
    page.get_by_role("button", name="Make the document").click()
    page.get_by_text(re.compile(r"2 of 2: Safety Plan \(PDF\) \([1-9]")).wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. What was made before is kept.").wait_for()
    quiet(page)
    # The first form is there whole; a packet of one form is none.
    expect(page.get_by_role("button", name="Download the packet")).to_have_count(0)
    assert len(pypdf.PdfReader(io.BytesIO(download(page, "Download PDF"))).pages) == 1

    (tmp_path / "make").touch()
    page.get_by_role("button", name="Make the document").click()
    page.get_by_text(re.compile(r"Joining 2 documents into one PDF.*\([1-9]")).wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Join into one PDF").wait_for()
    quiet(page)
    expect(page.get_by_role("button", name="Download the packet")).to_have_count(0)
    expect(page.get_by_text("Safety Plan (PDF)").last).to_be_visible()

    (tmp_path / "join").touch()
    page.get_by_role("button", name="Join into one PDF").click()
    page.get_by_role("button", name="Download the packet").wait_for()
    quiet(page)
    assert len(pypdf.PdfReader(io.BytesIO(download(page, "Download the packet"))).pages) >= 2
