"""Where the tests of the page run: a network with nothing in it but its own loopback. `conftest` asks what was asked for."""

import subprocess
import sys

import pytest

from tests.app.conftest import ASKED, OURS, step

_TRIES = """
import socket, sys
with socket.socket() as probe:
    probe.settimeout(3)
    try:
        probe.connect(("192.0.2.1", 80))
    except OSError as error:
        sys.exit(error.strerror)
"""


def test_server_and_browser_have_no_network_but_their_loopback(page, loopback):
    if not loopback.is_alone:
        pytest.skip("this user may not make a network namespace")
    assert loopback.interfaces() == "['lo']"
    tried = subprocess.run(loopback.inside(sys.executable, "-c", _TRIES), capture_output=True, text=True, check=False)
    assert "unreachable" in tried.stderr
    step(page, "Try with an example")
    assert any(url.startswith("ws://127.0.0.1:") for url in ASKED)
    assert not [url for url in ASKED if not url.startswith(OURS)]


def test_the_browser_is_told_to_keep_nothing_of_any_field(page):
    step(page, "Try with an example")
    for screen in ("1 Patient", "2 Diagnosis", "3 Plan", "4 Contract"):
        step(page, screen)
        told = page.evaluate(
            "[...document.querySelectorAll('input:not([type=password]), textarea')].map(e => e.autocomplete)"
        )
        assert told and set(told) == {"off"}, screen
