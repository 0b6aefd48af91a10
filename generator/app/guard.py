"""The wall around the page's server: nothing answers without a session, and no browser keeps, frames or leaks.

An ASGI middleware around the whole of Streamlit: pages, static files, uploads, media files and the websocket. It adds
its own few addresses under /planscribe/. Nothing of a request's content is logged or repeated.
"""

import asyncio
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import resources
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.app.gate import Gate, Session
from generator.app.parts.told import told
from generator.app.words import say
from generator.errors import GeneratorError
from generator.store import Vault, vault_path

ENDED = 4401  # our websocket close code: the session is over
_POLL_SECONDS = 1.0
_FILE = re.compile(
    rb"/media/([0-9a-f]{32})"
)  # the name's beginning; what follows in the frame may look like a part of it
_SCRIPTS = {"/planscribe/gate.js": "gate.js", "/planscribe/heart.js": "heart.js"}
_SCRIPT_TAGS = "".join(f'<script src="{path}"></script>' for path in _SCRIPTS).encode()
_SAFE_METHODS = ("GET", "HEAD")
_LARGEST_FORM = 4096
_PLACE = re.compile(r"[a-z]=[A-Za-z0-9_-]{1,40}(?:&[a-z]=[A-Za-z0-9_-]{1,40}){0,3}")  # an address that the page wrote


class Guard:
    """The middleware. `hosts` are the only values of a Host header that are answered, such as 127.0.0.1:8501."""

    def __init__(self, app: ASGIApp, gate: Gate, hosts: tuple[str, ...]) -> None:
        self._app, self._gate, self._hosts = app, gate, hosts
        self._cookie = f"planscribe-{hosts[0].rpartition(':')[2]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through to the page."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    # http

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        send = self._with_headers(send, headers.get("host", ""))
        if not self._is_from_here(scope, headers):
            await _answer(send, 403, _page(_language_of(headers), "not_served", "own_window"))
            return
        cookie, path = self._cookie_of(headers), scope["path"]
        if path == "/planscribe/enter" and scope["method"] == "GET":
            await self._enter(scope, send)
            return
        if path == "/planscribe/unlock" and scope["method"] == "POST":
            await self._unlock(cookie, scope, receive, send)
            return
        session = self._gate.find(cookie)
        if path == "/planscribe/alive":
            await _answer(send, 204 if session else 401, b"")
            return
        if session is None:
            await self._refuse(cookie, send, _language_of(headers))
            return
        if path in _SCRIPTS:
            script = (resources.files("generator") / "data" / "app" / _SCRIPTS[path]).read_bytes()
            await _answer(send, 200, script, "text/javascript; charset=utf-8")
            return
        if path == "/planscribe/lock" and scope["method"] == "POST":
            self._gate.end(session)
            await self._refuse(cookie, send, _language_of(headers), status=200)
            return
        await self._through(scope, receive, send, session)

    async def _through(self, scope: Scope, receive: Receive, send: Send, session: Session) -> None:
        path = scope["path"]
        name = path.removeprefix("/media/")[:32] if path.startswith("/media/") else ""
        if name and name not in session.files:
            await _answer(send, 404, _page(_language_of(_headers(scope)), "gone", "gone_why"))
            return
        if scope["method"] not in _SAFE_METHODS:
            self._gate.touch(session)
        plain = [pair for pair in scope["headers"] if pair[0] not in (b"accept-encoding", b"if-none-match", b"range")]
        # Streamlit's page asks for a download once when its button is drawn, only to see whether it is there.
        is_probe = scope["method"] != "GET" or _headers(scope).get("sec-fetch-mode", "navigate") != "navigate"
        buffer, is_empty = _Page(), False

        async def passed(message: Message) -> None:
            nonlocal is_empty
            if message["type"] == "http.response.start":
                sent = _header_map(message)
                if name and b"attachment" in sent.get(b"content-disposition", b""):
                    if is_probe:
                        is_empty = True
                        kept = [pair for pair in message["headers"] if pair[0].lower() != b"content-length"]
                        message = {**message, "headers": [*kept, (b"content-length", b"0")]}
                    else:
                        session.files.discard(name)
                if sent.get(b"content-type", b"").startswith(b"text/html"):
                    buffer.start = message
                    return
            elif is_empty:
                message = {**message, "body": b""}
            elif buffer.start is not None:
                buffer.body += message.get("body", b"")
                if not message.get("more_body"):
                    await buffer.send(send)
                return
            await send(message)

        await self._app({**scope, "headers": plain}, receive, passed)

    async def _enter(self, scope: Scope, send: Send) -> None:
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        cookie = self._gate.enter(token)
        if cookie is None:
            await _answer(send, 403, _page(_language_of(_headers(scope)), "used", "used_why"))
            return
        await self._welcome(cookie, send, _language_of(_headers(scope)))

    async def _welcome(self, cookie: str, send: Send, language: str, back_to: str = "") -> None:
        # Not a redirect: a browser that came from elsewhere would not send a strict cookie along a chain of them.
        place = f"/?{back_to}" if _PLACE.fullmatch(back_to) else "/"
        body = _page(language, "", "opening", f'<meta http-equiv="refresh" content="0;url={place}">')
        flags = "Path=/; HttpOnly; SameSite=Strict"
        await _answer(send, 200, body, extra=[(b"set-cookie", f"{self._cookie}={cookie}; {flags}".encode())])

    async def _unlock(self, cookie: str | None, scope: Scope, receive: Receive, send: Send) -> None:
        language = _language_of(_headers(scope))
        if cookie is None or not self._gate.may_unlock(cookie):
            await self._refuse(cookie, send, language)
            return
        form = parse_qs((await _body(receive)).decode("utf-8", "replace"))
        self._gate.count_try(cookie)
        try:
            vault = await run_in_threadpool(Vault.unlock, form.get("passphrase", [""])[0])
        except GeneratorError as error:
            await self._refuse(cookie, send, language, said=told(error, language))
            return
        before, self._gate.vault = self._gate.vault, vault
        if before is not None:
            before.lock()
        self._gate.used(cookie)
        back_to = scope["query_string"].decode("latin-1")
        await self._welcome(self._gate.begin(vault.account), send, language, back_to)

    async def _refuse(
        self, cookie: str | None, send: Send, language: str, *, status: int = 403, said: str = ""
    ) -> None:
        if self._gate.may_unlock(cookie) and vault_path().is_file():
            form = _FORM.format(label=say("gate_passphrase", language), button=say("gate_open", language))
            page = _page(language, "locked", "" if said else "ended", _REFER, form + _BACK, said=said)
        else:
            page = _page(language, "locked", "again", form=_BACK, said=said)
        await _answer(send, status, page)

    def _is_from_here(self, scope: Scope, headers: Mapping[str, str]) -> bool:
        """A Host that is ours, and, where something is asked to change or a websocket to open, our own page asking."""
        host = headers.get("host", "")
        if host not in self._hosts or _count(scope, b"host") != 1:
            return False
        origin = headers.get("origin")
        if scope["type"] == "websocket" or scope["method"] not in _SAFE_METHODS:
            return origin == f"http://{host}"
        # Pages of other sites may navigate here (the launcher's own file does), but fetch nothing, frame nothing.
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin") or (
            headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        )

    def _cookie_of(self, headers: Mapping[str, str]) -> str | None:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return None
        return found.value if found is not None else None

    def _with_headers(self, send: Send, host: str) -> Send:
        live = f"ws://{host}" if host in self._hosts else ""
        fixed = {**_HEADERS, b"content-security-policy": _POLICY.format(live=live).encode()}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [
                    (name, value)
                    for name, value in message.get("headers", [])
                    if name.lower() not in fixed and name.lower() not in _DROPPED
                ]
                message = {**message, "headers": [*kept, *fixed.items()]}
            await send(message)

        return guarded

    # the websocket

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        session = self._gate.find(self._cookie_of(headers)) if self._is_from_here(scope, headers) else None
        if session is None:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        over = asyncio.Event()

        async def heard() -> Message:
            waiting = asyncio.ensure_future(receive())
            try:
                while True:
                    done, _ = await asyncio.wait({waiting}, timeout=_POLL_SECONDS)
                    if not (over.is_set() or self._gate.lasts(session)):
                        over.set()
                        await send({"type": "websocket.close", "code": ENDED})
                    if over.is_set():
                        return {"type": "websocket.disconnect", "code": ENDED}
                    if done:
                        message = waiting.result()
                        # Every run of the page begins with a message from the browser: here it is checked and counted.
                        if message["type"] == "websocket.receive" and not self._gate.touch(session):
                            continue
                        return message
            finally:
                waiting.cancel()

        async def said(message: Message) -> None:
            if over.is_set() or not self._gate.lasts(session):
                return  # a run that was under way when the session ended tells nothing any more
            for found in _FILE.finditer(message.get("bytes") or b""):
                session.files.add(found[1].decode())
            await send(message)

        await self._app(scope, heard, said)


@dataclass(slots=True)
class _Page:
    """An HTML answer that gets our scripts: one leaves the page when the session ends, one loses no typed text."""

    start: Message | None = None
    body: bytes = b""

    async def send(self, send: Send) -> None:
        body = self.body.replace(b"<head>", b"<head>" + _SCRIPT_TAGS, 1)
        start = self.start or {}
        kept = [(name, value) for name, value in start["headers"] if name.lower() not in (b"content-length", b"etag")]
        await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})


# 'unsafe-eval' is not there: Streamlit needs it for charts only. Its index page has one inline script, and React
# writes inline styles.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; connect-src 'self' {live}; "
    "worker-src 'self' blob:; manifest-src 'self'; frame-src 'none'; frame-ancestors 'none'; base-uri 'self'; "
    "form-action 'self'"
)
_HEADERS = {
    b"cache-control": b"no-store",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
}
_DROPPED = (b"access-control-allow-origin", b"last-modified", b"server", b"link")
_FORM = (
    '<form method="post" action="/planscribe/unlock"><label>{label} '
    '<input name="passphrase" type="password" autocomplete="off" autofocus required></label> '
    "<button>{button}</button></form>"
)

# Without a referrer a browser says "Origin: null" when it sends a form, and would be taken for another site's page.
_REFER = '<meta name="referrer" content="same-origin">'
# The way back to where the address leads: through the form, or by itself once this browser was let in elsewhere.
_BACK = """<script>
for (const form of document.forms) form.action += location.search;
setInterval(async () => {
  const answer = await fetch("/planscribe/alive", { cache: "no-store" }).catch(() => null);
  if (answer && answer.status === 204) location.replace("/" + location.search);
}, 3000);
</script>"""


def _page(language: str, title: str, words: str, head: str = "", form: str = "", *, said: str = "") -> bytes:
    """A page of the guard's own; `title` and `words` are keys of words_gate.yaml, "" for the name and for nothing."""
    heading = say(f"gate_{title}", language) if title else "planscribe"
    text = html.escape(" ".join(filter(None, (said, say(f"gate_{words}", language) if words else ""))))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}<title>{heading}</title>'
        "<style>body{font:1.1rem/1.5 system-ui,sans-serif;margin:4rem auto;max-width:36rem;padding:0 1rem}"
        "input,button{font:inherit;padding:.4rem .6rem}</style></head>"
        f"<body><main><h1>{heading}</h1><p>{text}</p>{form}</main></body></html>"
    ).encode()


def _language_of(headers: Mapping[str, str]) -> str:
    """Spanish where the browser asks for it first."""
    return "es" if headers.get("accept-language", "").lower().startswith("es") else "en"


async def _answer(
    send: Send,
    status: int,
    body: bytes,
    content_type: str = "text/html; charset=utf-8",
    extra: list[tuple[bytes, bytes]] | None = None,
) -> None:
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode()), *(extra or [])]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _body(receive: Receive) -> bytes:
    out = b""
    while len(out) <= _LARGEST_FORM:
        message = await receive()
        out += message.get("body", b"")
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            break
    return out[:_LARGEST_FORM]


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _header_map(message: Message) -> dict[bytes, bytes]:
    return {name.lower(): value for name, value in message.get("headers", [])}


def _count(scope: Scope, name: bytes) -> int:
    return sum(key.lower() == name for key, _ in scope["headers"])
