"""The server behind `planscribe app`: this machine only, nobody without the launcher's address, nothing sent anywhere."""

import atexit
import gc
import importlib
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from generator import library
from generator.app.gate import Gate
from generator.app.guard import Guard
from generator.app.quiet import keep_quiet
from generator.errors import MachineLacks
from generator.plan.catalog import by_path
from generator.scratch import Scratch
from generator.worker import warm

_HOST = "127.0.0.1"
_SWEEP_SECONDS = 15
_LOADED_AHEAD = (
    "pandas",
    "altair",
    "generator.packet",
    "generator.batch",
    "generator.form_pages",
    "generator.new_template",
)
_SETTINGS: dict[str, object] = {
    "browser.gatherUsageStats": False,
    "browser.serverAddress": _HOST,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.showSidebarNavigation": False,
    "client.toolbarMode": "minimal",
    "logger.enableRich": False,
    "logger.level": "error",
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "server.address": _HOST,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 25,
    "server.xsrfCookieSameSite": "Strict",
    "theme.dark.primaryColor": "#2b78ad",
    "theme.light.primaryColor": "#1f5f8b",
}


def make_app(gate: Gate, port: int) -> ASGIApp:
    """The page behind its guard, for a web server on that port of 127.0.0.1."""
    from streamlit import config
    from streamlit.starlette import App

    from generator.app import access

    # Served as an ASGI app, Streamlit reads no STREAMLIT_ variable and another folder's config.toml; what is set here
    # goes before both, and what did not take would be a hole in a promise.
    settings = {**_SETTINGS, "server.port": port}
    in_force = config.get_config_options(force_reparse=True, options_from_flags=settings)
    if any(in_force[name].value != value for name, value in settings.items()):
        raise MachineLacks("This Streamlit does not take the settings that keep the page safe. Install the locked one.")
    hosts = (f"{_HOST}:{port}", f"localhost:{port}")
    access.install(gate, f"planscribe-{port}")
    page: ASGIApp = App(Path(__file__).with_name("page.py"), middleware=[Middleware(Guard, gate=gate, hosts=hosts)])
    return page


def run(port: int | None = None, open_browser: bool = True) -> None:
    """Serve the page on 127.0.0.1 until it is stopped with Ctrl-C.

    The first line on standard output ends in the address that opens the page, once.
    """
    keep_quiet()
    chosen = port or _free_port(first=8501 if port is None else 0)
    gate = Gate()
    app = make_app(gate, chosen)
    warm()

    def address() -> str:
        return f"http://{_HOST}:{chosen}/planscribe/enter?token={gate.new_token()}"

    print(
        "planscribe is open on this computer only. If your browser does not show it, "
        f"open this address (it works once, within ten minutes): {address()}",
        flush=True,
    )
    print("Press Enter here for a new address. Stop it with Ctrl-C.", flush=True)
    if open_browser:
        threading.Timer(1.0, _show, [address]).start()
    threading.Thread(target=_new_addresses, args=(address,), daemon=True).start()
    stop = threading.Event()
    threading.Thread(target=_sweep, args=(gate, stop), daemon=True).start()
    threading.Thread(target=load_ahead, daemon=True).start()
    try:
        uvicorn.run(
            app, host=_HOST, port=chosen, log_level="error", access_log=False, server_header=False,
            timeout_graceful_shutdown=2,
        )  # fmt: skip
    finally:
        stop.set()
        gate.close()


def load_ahead() -> None:
    """Load what every screen stands on while the browser opens, so that the first person does not wait for it.

    It is there for good, so the garbage collector need not look at it again: with all that is loaded a full collection
    takes longer than drawing a screen. Streamlit's own, after every run, is off (`runner.postScriptGC`).
    """
    for name in _LOADED_AHEAD:
        importlib.import_module(name)
    by_path()
    library.forms()
    gc.collect()
    gc.freeze()


def _show(address: Callable[[], str]) -> None:
    """Open the browser. The address goes through a file of this user's own: other users can see a program's arguments."""
    scratch = Scratch()
    atexit.register(scratch.close)
    page = scratch.path / "open.html"
    page.touch(mode=0o600)
    page.write_text(
        f'<!DOCTYPE html><meta http-equiv="refresh" content="0;url={address()}"><title>planscribe</title>', "utf-8"
    )
    webbrowser.open(page.as_uri())


def _new_addresses(address: Callable[[], str]) -> None:
    for _ in sys.stdin:
        print(address(), flush=True)


def _sweep(gate: Gate, stop: threading.Event) -> None:
    while not stop.wait(_SWEEP_SECONDS):
        gate.sweep()


def _free_port(first: int) -> int:
    """The first choice where it is free, else any."""
    for port in (first, 0):
        with socket.socket() as probe:
            try:
                probe.bind((_HOST, port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    return 0
