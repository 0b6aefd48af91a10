"""One real server and one real browser for the tests of the page."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def address(tmp_path_factory) -> Iterator[str]:
    """Where a server of this session's own answers; it keeps nothing of this machine's own planscribe."""
    environment = os.environ | {"PLANSCRIBE_HOME": str(tmp_path_factory.mktemp("home"))}
    server = subprocess.Popen(
        [sys.executable, "-m", "generator", "app", "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert server.stdout is not None
        said = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+\S*", said)
        assert found, said
        _wait_until_it_answers(int(found[0].split(":")[2].split("/")[0]))
        yield found[0]
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_it_answers(port: int) -> None:
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the server did not begin to answer in 30 seconds")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A new person's page, opened at the start; `requests` on it are all addresses that it asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    opened.goto(address)
    opened.get_by_role("button", name="New plan").wait_for()
    yield opened
    context.close()


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
