"""The server behind `planscribe app`: this machine only, nothing kept by browsers, nothing sent anywhere."""

import os
import socket
import threading
import webbrowser
from pathlib import Path

import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.worker import warm

_HOST = "127.0.0.1"
_SETTINGS = {
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "none",
    "STREAMLIT_CLIENT_SHOW_ERROR_LINKS": "false",
    "STREAMLIT_CLIENT_TOOLBAR_MODE": "minimal",
    "STREAMLIT_SERVER_ADDRESS": _HOST,
    "STREAMLIT_SERVER_HEADLESS": "true",
    "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": "25",
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
    "STREAMLIT_LOGGER_LEVEL": "error",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws://127.0.0.1:* ws://localhost:*; "
        "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class _Guard:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, guarded)


def run(port: int | None = None, open_browser: bool = True) -> None:
    """Serve the page on 127.0.0.1 until it is stopped with Ctrl-C."""
    os.environ.update(_SETTINGS)
    from streamlit.starlette import App

    chosen = port or _free_port(first=8501 if port is None else 0)
    os.environ["STREAMLIT_SERVER_PORT"] = str(chosen)
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[_HOST, "localhost"])
    app = App(Path(__file__).with_name("page.py"), middleware=[hosts, Middleware(_Guard)])
    warm()
    address = f"http://{_HOST}:{chosen}"
    print(f"planscribe is open at {address} (only on this computer). Stop it with Ctrl-C.", flush=True)
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    uvicorn.run(app, host=_HOST, port=chosen, log_level="error", access_log=False)


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
