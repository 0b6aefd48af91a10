"""Probes against the real server: what answers, to whom, with which headers."""

import http.client
import re
import secrets
import socket
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.serving.running import server
from tests.store.making import PASSPHRASE, new_vault

_MOVED_CLOCK = """
import pathlib, generator.app.gate as gate, generator.app.serve as serve
clock = pathlib.Path("clock")
serve.Gate = lambda: gate.Gate(clock=lambda: float(clock.read_text()))
from generator.cli import main
main()
"""
PATHS = [
    "/", "/index.html", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json", "/static/js/main.js", "/favicon.png", "/media/565ebe2607bfc68af9967b06aa6e86a0.png",
    "/component/x/y", "/planscribe/gate.js", "/planscribe/lock", "/planscribe/enter", "/planscribe/unlock", "/app/static/x",
    "/patient", "/../../etc/passwd", "/%2e%2e/x", "//evil.example/", "/planscribe/enter?token=" + "A" * 43,
]  # fmt: skip


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wall")
    (folder / "clock").write_text("1000")
    with server(folder, _MOVED_CLOCK) as one:
        one.clock = folder / "clock"
        one.folder = folder
        yield one


def ask(running, path="/", method="GET", host=None, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    connection.putrequest(method, path, skip_host=True)
    if host != "":
        connection.putheader("Host", host or running.host)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
        connection.putheader("Content-Type", "application/x-www-form-urlencoded")
    connection.endheaders(body)
    answer = connection.getresponse()
    answer.text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer


def enter(running):
    answer = ask(running, running.new_address().partition(running.host)[2])
    assert answer.status == 200
    return re.search(r"planscribe-\d+=[^;]+", answer.getheader("set-cookie"))[0]


def socket_of(running, cookie=None, origin=None, host=None):
    headers = {"Cookie": cookie} if cookie else {}
    return connect(
        f"ws://{running.host}/_stcore/stream",
        additional_headers=headers,
        origin=f"http://{running.host}" if origin is None else origin or None,
        subprotocols=["streamlit"],
        open_timeout=20,
    )


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_without_a_session_nothing_answers(running, method):
    for path in PATHS:
        for cookie in ({}, {"Cookie": f"planscribe-{running.port}=" + secrets.token_urlsafe(32)}):
            answer = ask(running, path, method, Origin=f"http://{running.host}", **cookie)
            assert answer.status in (401, 403), (method, path)
            assert "streamlit" not in answer.text.lower()


def test_the_first_address_opens_one_browser_only(running):
    path = running.first.partition(running.host)[2]
    assert ask(running, path, "HEAD").status == 403
    first, second = ask(running, path), ask(running, path)
    assert (first.status, second.status) == (200, 403)
    assert second.getheader("set-cookie") is None
    flags = first.getheader("set-cookie")
    assert "HttpOnly" in flags and "SameSite=Strict" in flags and "Path=/" in flags


def test_a_session_is_let_in_and_every_answer_forbids_framing_keeping_and_sniffing(running):
    cookie = enter(running)
    for path in ("/", "/favicon.png", "/_stcore/health", "/nothing-there"):
        answer = ask(running, path, Cookie=cookie)
        assert answer.status < 300 or path == "/nothing-there"
        assert answer.getheader("cache-control") == "no-store"
        assert answer.getheader("x-frame-options") == "DENY"
        assert answer.getheader("referrer-policy") == "no-referrer"
        assert answer.getheader("x-content-type-options") == "nosniff"
        policy = answer.getheader("content-security-policy")
        assert "frame-ancestors 'none'" in policy and "default-src 'none'" in policy and "unsafe-eval" not in policy
        assert "http" not in policy and "*" not in policy
        assert answer.getheader("access-control-allow-origin") is None
    assert "/planscribe/gate.js" in ask(running, "/", Cookie=cookie).text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{p}", "127.0.0.1", "127.0.0.1:1", "localhost", "127.0.0.1.:{p}",
                                  "[::1]:{p}", "0.0.0.0:{p}", "127.0.0.1:{p}.evil.example", "localhost:{p}@evil", ""])  # fmt: skip
def test_a_foreign_host_is_refused_even_with_the_cookie(running, host):
    answer = ask(running, "/", host=host.format(p=running.port), Cookie=enter(running))
    assert answer.status in (400, 403)


def test_two_host_headers_are_refused(running):
    cookie = enter(running)
    with socket.create_connection(("127.0.0.1", running.port)) as raw:
        raw.sendall(
            f"GET / HTTP/1.1\r\nHost: {running.host}\r\nHost: evil.example\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode()
        )
        assert raw.recv(100).split()[1] in (b"400", b"403")


def test_another_sites_page_can_neither_fetch_nor_change_anything(running):
    cookie = enter(running)
    for site in ("cross-site", "same-site"):
        for kind in ({"Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}):
            headers = {"Sec-Fetch-Site": site, "Cookie": cookie, **kind}
            assert ask(running, "/", **headers).status == 403
    for origin in ("http://evil.example", "null", "http://127.0.0.1", f"https://{running.host}", "http://localhost:1"):
        assert ask(running, "/planscribe/lock", "POST", Cookie=cookie, Origin=origin).status == 403
    assert ask(running, "/planscribe/lock", "POST", Cookie=cookie).status == 403, "no origin at all"
    assert ask(running, "/", Cookie=cookie).status == 200


def test_the_websocket_opens_for_a_session_on_our_own_page_and_for_nobody_else(running):
    cookie = enter(running)
    with socket_of(running, cookie):
        pass
    for bad in (
        {"cookie": None},
        {"cookie": cookie[:-1] + "x"},
        {"cookie": cookie, "origin": "http://evil.example"},
        {"cookie": cookie, "origin": "null"},
        {"cookie": cookie, "origin": ""},
        {"cookie": cookie, "origin": f"http://localhost:{running.port}"},
    ):
        with pytest.raises(InvalidStatus) as refused, socket_of(running, **bad):
            pass
        assert refused.value.response.status_code == 403


def test_lock_closes_the_websocket_at_once_and_ends_the_cookie(running):
    cookie = enter(running)
    with socket_of(running, cookie) as live:
        assert ask(running, "/planscribe/lock", "POST", Cookie=cookie, Origin=f"http://{running.host}").status == 200
        began = time.monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                live.recv(timeout=10)
        assert time.monotonic() - began < 5
        assert closed.value.rcvd.code == 4401
    assert ask(running, "/", Cookie=cookie).status == 403
    assert ask(running, "/planscribe/alive", Cookie=cookie).status == 401


def test_a_stolen_cookie_is_dead_after_fifteen_idle_minutes_on_every_way_in(running):
    cookie = enter(running)
    with socket_of(running, cookie) as live:
        running.clock.write_text(str(float(running.clock.read_text()) + 901))
        with pytest.raises(ConnectionClosed):
            while True:
                live.recv(timeout=10)
    for path in ("/", "/media/565ebe2607bfc68af9967b06aa6e86a0.png", "/planscribe/gate.js"):
        assert ask(running, path, Cookie=cookie).status == 403
    with pytest.raises(InvalidStatus), socket_of(running, cookie):
        pass


def test_a_stolen_cookie_is_dead_after_twelve_hours_of_work(running):
    cookie = enter(running)
    for _ in range(12 * 6):
        assert ask(running, "/", Cookie=cookie).status == 200
        running.clock.write_text(str(float(running.clock.read_text()) + 600))
        ask(running, "/_stcore/upload_file/x/y", "DELETE", Cookie=cookie, Origin=f"http://{running.host}")
    assert ask(running, "/", Cookie=cookie).status == 403


def test_after_lock_the_same_browser_comes_back_with_the_vaults_passphrase_only(running):
    (running.folder / "store").mkdir(exist_ok=True)
    new_vault(running.folder / "store").lock()
    origin = {"Origin": f"http://{running.host}"}
    cookie = enter(running)
    ask(running, "/planscribe/lock", "POST", Cookie=cookie, **origin)
    assert "Passphrase" in ask(running, "/", Cookie=cookie).text
    assert "Passphrase" not in ask(running, "/").text
    wrong = ask(running, "/planscribe/unlock", "POST", body=b"passphrase=not+the+right+one", Cookie=cookie, **origin)
    assert wrong.status == 403 and "not the right one" not in wrong.text and "does not open" in wrong.text
    stranger = ask(running, "/planscribe/unlock", "POST", body=b"passphrase=" + PASSPHRASE.encode(), **origin)
    assert stranger.status == 403 and stranger.getheader("set-cookie") is None
    right = ask(running, "/planscribe/unlock", "POST", body=f"passphrase={PASSPHRASE.replace(' ', '+')}".encode(),
                Cookie=cookie, **origin)  # fmt: skip
    assert right.status == 200
    back = re.search(r"planscribe-\d+=[^;]+", right.getheader("set-cookie"))[0]
    assert back != cookie
    assert ask(running, "/", Cookie=back).status == 200 and ask(running, "/", Cookie=cookie).status == 403
    ask(running, "/planscribe/lock", "POST", Cookie=back, **origin)


def test_only_this_machine_can_reach_it(running):
    for address in {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} | {
        "0.0.0.0"
    }:
        if address.startswith("127.") or address == "0.0.0.0":
            continue
        with socket.socket() as probe:
            probe.settimeout(2)
            assert probe.connect_ex((address, running.port)) != 0


def test_the_server_says_nothing_but_its_addresses(running):
    lines = running.said.read_text().splitlines()
    assert all("/planscribe/enter?token=" in line or line.startswith("Press Enter") for line in lines), lines
