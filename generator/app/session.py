"""The one thing a session keeps: its draft, and how it is found again. The only file that touches st.session_state."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from urllib.parse import parse_qs

import streamlit as st

from generator.agency import read_agency
from generator.app import access, heart, keeping
from generator.app.keeping import Kept
from generator.app.parts.told import told
from generator.errors import GeneratorError, VaultLocked
from generator.finding import Finding
from generator.make import Document
from generator.plan import Plan
from generator.plan.base import Part
from generator.plan.people import Signature
from generator.plan.walk import join, parts, value_at
from generator.rules import Context, check
from generator.rules.clock import review_clock
from generator.signing.record import SignatureRecord, read_record
from generator.store import Action, Conflict, Vault, vault_path
from generator.store.patch import apply

_KEY = "draft"
_T = TypeVar("_T")
_ADDRESS = ("d", "s", "l")
_MOST_JUDGED = 2_000


@dataclass
class Draft:
    """A plan being written, where it is kept, and where the person is in it."""

    plan: Plan = field(default_factory=Plan)
    is_open: bool = False
    screen: str = "start"
    language: str = "en"
    problem: int = 0
    goal: int = 0
    objective: int = 0
    intervention: int = 0
    diagnosis: int = 0
    measure: int = 0
    member: int = 0
    aside: object = None
    asking: object = None
    unfolded: set[str] = field(default_factory=set)
    shown_findings: tuple[Finding, ...] = ()
    undo: list[tuple[list[Part], str, int, Part]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    document: Document | None = None
    trouble: str = ""
    goal_of_focus: str = ""
    kept: Kept | None = None
    is_changed: bool = False
    wanted: str = ""
    recovery_key: str = ""
    print_no: int = 0
    run_no: int = 0
    pressed_in: object = None
    is_drawn_whole: bool = False
    version: int = 0
    checked: object = None
    judged: dict[object, object] = field(default_factory=dict)
    drawn: object = None
    placed: object = None
    sought: str = ""
    widgets_shown: dict[str, str] = field(default_factory=dict)
    called: dict[str, dict[str, int]] = field(default_factory=dict)
    _widgets: dict[str, "_Held"] = field(default_factory=dict)
    _plan_no: int = 0
    _focus: tuple[int, tuple[str, ...]] = (0, ())
    _address: tuple[str, ...] = ()
    _memory: Vault | None = None

    # the plan, and keeping it

    def open(self, plan: Plan, *, keep: bool = True) -> None:
        """Begin with a plan: kept in the vault where one is open (unless `keep` is False), else in memory."""
        self._take(plan, None)
        into_vault = keep and access.vault() is not None
        where = access.vault if into_vault else self.memory
        try:
            self.kept = keeping.begin(plan, where, is_in_vault=into_vault)
        except GeneratorError as error:
            self.trouble = told(error, self.language)

    def arrive(self, draft_id: str, screen: str) -> None:
        """Show a draft that was kept, on a screen; an unknown one leads to Start."""
        self.wanted = ""
        if draft_id and not (self.kept is not None and self.kept.id == draft_id):
            found = keeping.find(draft_id, self.memory, is_in_vault=False) or keeping.find(
                draft_id, access.vault, is_in_vault=True
            )
            if found is None:
                self.close()
                self.wanted = f"{draft_id}/{screen}"
                return
            self._take(*found)
        elif not draft_id and screen != "start":
            self.screen = screen
            return
        self.go(screen)

    def close(self) -> None:
        """Put the plan away; Start is shown."""
        self._take(Plan(), None)
        self.is_open, self.screen = False, "start"

    def _take(self, plan: Plan, place: Kept | None) -> None:
        self.plan, self.kept, self.is_open, self.screen = plan, place, True, "patient"
        self.open_place("problems[0]")
        self.undo, self.document, self.trouble, self.aside, self.is_changed = [], None, "", None, False
        self.asking, self.sought, self.called = None, "", {}
        self.judged.clear()
        self._plan_no += 1
        self.version += 1

    def changed(self, where: str = "") -> None:
        """Said after every change of the plan: what was made from the plan is out of date, and the plan is kept.

        `add`, `remove`, `bring_back` and everything through `bind` or a field say it themselves; who changes the plan
        in another way says it once when done. `where` is the part that changed, "" where it may be any.
        """
        self.document, self.is_changed = None, True
        self.version += 1
        if self.kept is not None:
            self._become(self.kept.save(self.plan, where))

    def keep_in_vault(self) -> None:
        """A one-off becomes a draft of the vault, which is open."""
        if self.kept is None or self.kept.is_in_vault:
            return
        before, signed = self.kept, self.signatures()
        self.kept = keeping.begin(self.plan, access.vault, is_in_vault=True)
        for one in signed:
            self._keep_signature(one)
        memory = self.memory()
        if memory is not None:
            memory.drafts.remove(before.id)

    def choose(self, clash: Conflict, *, mine: bool) -> None:
        """Of two values of one field, keep mine or theirs."""
        if self.kept is None:
            return
        self.kept.clashes = [one for one in self.kept.clashes if one is not clash]
        if mine:
            self._become(keeping.changed_to(self.plan, apply(self.plan.as_data(), {clash.path: clash.mine})))
            self.changed()

    def can_choose_mine(self, clash: Conflict) -> bool:
        """Whether the place that my value belongs to is still there."""
        try:
            apply(self.plan.as_data(), {clash.path: clash.mine})
        except ValueError:
            return False
        return True

    def _become(self, plan: Plan) -> None:
        """The plan as it is kept now, which may hold what somebody else changed."""
        if self.kept is not None and (self.kept.has_merged or self.kept.clashes):
            self.version += 1
        if plan is not self.plan:
            self.plan = plan
            self._plan_no += 1

    def memory(self) -> Vault | None:
        """Where one-offs are: with the session of the gate, else in this very window."""
        if access.is_gated():
            return access.memory()
        if self._memory is None:
            self._memory = Vault.in_memory(idle_seconds=float("inf"))
        return self._memory

    @property
    def is_unsaved(self) -> bool:
        """Whether leaving the window would lose something that was typed."""
        if self.recovery_key:
            return True
        if self.kept is None:
            return self.is_open and self.is_changed
        return bool(self.kept.trouble or self.kept.clashes or (self.is_changed and not self.kept.is_in_vault))

    @property
    def keeping_told(self) -> tuple[object, ...]:
        """What the page says of the keeping: it is drawn anew when this changes."""
        place = self.kept
        if place is None:
            return ()
        minute = place.saved_at.strftime("%H:%M") if place.saved_at is not None else ""
        return (minute, len(place.clashes), place.trouble is None, place.has_merged, self.is_shut_out, self.is_changed)

    @property
    def is_shut_out(self) -> bool:
        """Whether the open plan lies in a vault that is locked now."""
        return self.kept is not None and self.kept.is_in_vault and self.kept.is_locked

    # findings

    def look(self) -> None:
        """Check the plan, where it, the language or the day changed since. Raises ProfileNotValid, PackNotValid."""
        asked = (id(self.plan), self.version, self.language, date.today(), self.is_open)
        if self.checked != asked:
            self.findings = tuple(check(self.plan, self._context())) if self.is_open else ()
            self.checked = asked

    def note_it(self) -> None:
        """Said when all is drawn: the list of drafts says how many findings are open, and when the review is due."""
        if self.kept is None:
            return
        try:
            self.look()
            due = review_clock(self.plan, self._context()).next_review
        except GeneratorError:
            return
        self.kept.note({"open": len(self.findings)} | ({"due": due.day.isoformat()} if due is not None else {}))

    def _context(self) -> Context:
        if len(self.judged) > _MOST_JUDGED:
            self.judged.clear()
        return replace(read_agency().context(as_of=date.today(), language=self.language), judged=self.judged)

    # the trail

    def note(self, action: Action, record: str = "", **detail: str | int) -> None:
        """Say in the audit trail what was done with the open plan: ids and plain words only, never what was typed.

        For example `draft.note(Action.EXPORT, form.id, kind="pdf")`. Where nothing is kept, nothing is noted.
        """
        if self.kept is None:
            return
        vault = self.kept.vault()
        if vault is not None:
            words = {"form": record} if record else {}
            vault.trail.note(vault.account, action, self.kept.id, **(words | detail))

    def made(self, form_id: str, *, is_final: bool) -> None:
        """A document was made: the trail says so, and a final one keeps the plan as it is, under a number."""
        self.note(Action.PRINT, form_id, final="yes" if is_final else "no")
        if is_final and self.kept is not None:
            vault = self.kept.vault()
            if vault is not None:
                vault.drafts.keep(self.kept.id, "final")

    # signing

    def signatures(self) -> tuple[SignatureRecord, ...]:
        """What was signed of this draft, oldest first."""
        vault = self.kept.vault() if self.kept is not None else None
        if vault is None or self.kept is None:
            return ()
        return tuple(read_record(one) for one in vault.drafts.signatures(self.kept.id))

    def sign(self, entry: Signature, given: SignatureRecord) -> None:
        """Keep a signature, the plan as it was signed, and a line in the trail; then it stands in the plan.

        Raises SaveConflict where the plan was changed in another window meanwhile, VaultLocked, OutputNotWritable.
        """
        if self.kept is not None and self.kept.trouble is not None:
            raise self.kept.trouble
        self._keep_signature(given)
        stands = given.as_plan()
        for key in ("signed_on", "method", "reason_missing", "of_text"):
            entry.put(key, getattr(stands, key))
        self.changed()

    def _keep_signature(self, given: SignatureRecord) -> None:
        vault = self.kept.vault() if self.kept is not None else None
        if vault is None or self.kept is None:
            raise VaultLocked("The vault is locked. Open it with its passphrase.")
        action = Action.SIGN if given.is_signed else Action.DECLINE
        words = {"role": given.role, "method": str(given.method)}
        words |= {"text": given.of_text.partition(":")[2]} if given.of_text else {}
        words |= {"document": given.document} if given.document else {}
        vault.drafts.keep_signature(self.kept.id, given.as_bytes(), action, self.kept.revision, **words)

    def take_signature_away(self, entry: Signature) -> None:
        """The line is open again; the record and the plan as it was signed stay."""
        for key in ("signed_on", "method", "reason_missing", "of_text"):
            entry.put(key, None)
        self.changed()

    def handing_out(self, form_id: str, kind: str, give: Callable[[], _T]) -> Callable[[], _T]:
        """What a download button calls when it is pressed: the trail says that it was taken, then it is given."""
        vault = self.kept.vault() if self.kept is not None else None
        draft_id = self.kept.id if self.kept is not None else ""

        def given() -> _T:
            if vault is not None and vault.is_open:
                words = {"form": form_id} if form_id else {}
                vault.trail.note(vault.account, Action.EXPORT, draft_id, kind=kind, **words)
            return give()

        return given

    def refused(self, form_id: str, why: str = "findings") -> None:
        """A document was asked for and not made."""
        self.note(Action.REFUSE, form_id, why=why)

    # where the person is

    def go(self, screen: str) -> None:
        """Show another screen."""
        self.screen, self.trouble, self.goal_of_focus, self.sought = screen, "", "", ""

    def go_to_place(self, path: str) -> None:
        """Show the screen that holds a place of the plan, with its problem and goal open."""
        self.goal_of_focus = self.sought = path
        self.screen = screen_of(path)
        self.aside = None
        self.open_place(path)

    def open_place(self, path: str) -> None:
        """Open the entries that a path names; of the plan's levels below what it names the first of each."""
        named = [int(step.split("]")[0]) for step in path.split("[")[1:]]
        top = path.partition("[")[0]
        if top in _OPEN and named:
            setattr(self, _OPEN[top], named[0])
        if top == "problems":
            self.problem, self.goal, self.objective, self.intervention = (*named, 0, 0, 0, 0)[:4]

    def put(self, path: str, value: object) -> None:
        """Set one field by something else than its own widget; what does not parse is kept beside it."""
        parent, _, key = path.rpartition(".")
        part = value_at(self.plan, parent) if parent else self.plan
        if isinstance(part, Part):
            part.put(key, value)
            self.changed(parent)

    def add(self, path: str, entry: Part) -> None:
        """Put an entry at the end of a list."""
        entries = value_at(self.plan, path)
        if isinstance(entries, list):
            entries.append(entry)
            self.changed()

    def remove(self, path: str, place: int) -> None:
        """Take an entry out of a list; `bring_back` undoes it."""
        entries = value_at(self.plan, path)
        if isinstance(entries, list) and place < len(entries):
            self.undo.append((entries, path, place, entries.pop(place)))
            self.changed()

    def bring_back(self) -> str:
        """Undo the last removal; gives the place where the entry stands again, "" where there is none.

        The list is known by itself: a problem that was moved since takes its lists along. Where the plan was read
        anew since, from another window's edits, its path is what is left.
        """
        while self.undo:
            entries, path, place, entry = self.undo.pop()
            found = _path_of(self.plan, entries)
            there = value_at(self.plan, found or path)
            if isinstance(there, list):
                place = min(place, len(there))
                there.insert(place, entry)
                self.changed()
                return f"{found or path}[{place}]"
        return ""

    def move(self, path: str, place: int, by: int) -> int:
        """Move an entry up (-1) or down (1) in its list, as far as it goes; gives its new place."""
        entries = value_at(self.plan, path)
        if not isinstance(entries, list) or place >= len(entries):
            return place
        to = max(0, min(len(entries) - 1, place + by))
        if to != place:
            entries.insert(to, entries.pop(place))
            self.changed()
        return to

    def duplicate(self, path: str, place: int) -> int:
        """Put a copy of an entry below it, without the numbers and the record of what happened; gives the copy's place."""
        entries = value_at(self.plan, path)
        if not isinstance(entries, list) or place >= len(entries):
            return place
        copy = entries[place].model_copy(deep=True)
        for _, part in parts(copy):
            for key in _ITS_OWN & set(type(part).model_fields):
                part.put(key, None)
        entries.insert(place + 1, copy)
        self.changed()
        return place + 1

    def take_focus(self) -> tuple[int, tuple[str, ...]]:
        """Which widget is to have the caret, told once: a number for the wish, and the keys that would do, best first.

        They are the place itself, what lies in it, the button that adds to it, what it lies in.
        """
        place, shown = self.goal_of_focus, self.widgets_shown
        if place:
            within = [key for path, key in shown.items() if path.startswith((f"{place}.", f"{place}["))]
            keys = [shown.get(place, f"w:{place}"), *within[:1], f"add:{place}"]
            while place:
                place = place[: max(place.rfind("."), place.rfind("["), 0)]
                keys += [key for path, key in shown.items() if place and path.startswith((f"{place}.", f"{place}["))][
                    :1
                ]
            self._focus = (self._focus[0] + 1, tuple(keys))
            self.goal_of_focus = ""
        return self._focus

    # widgets

    def widget(self, path: str, shown: object) -> "Widget":
        """The widget for a place of the plan, which is to begin with `shown`. What it stores changes the plan."""
        parent, _, name = path.rpartition(".")
        drawn_for, plan_no = value_at(self.plan, parent) if parent else self.plan, self._plan_no

        def put(value: object) -> Callable[[], None]:
            part = drawn_for
            if not self.is_present(plan_no):
                part = value_at(self.plan, parent) if parent else self.plan
            if not isinstance(part, Part):
                return _nothing
            part.put(name, value)
            is_there = part is value_at(self.plan, parent) if parent else False
            return lambda: self.changed(parent if is_there else "")

        widget = self.box(path, shown, put, mark="w")
        self.widgets_shown[path] = widget.key
        return widget

    def box(
        self, name: str, shown: object, put: Callable[[object], Callable[[], None]], *, mark: str = "box"
    ) -> "Widget":
        """A widget that begins with `shown` and gives to `put` what the person sets it to.

        Draw it with `key=widget.key`, the value as its beginning (`value=` or `index=`), never through session state;
        say `widget.store(...)` in its callback and `widget.settle(...)` once it is drawn. The key changes when the value
        was changed by anything else than this widget, so that the browser begins anew with it, and only then: what
        somebody is typing is never written over, and what an interrupted run had not yet sent cannot come back as an
        empty text. `put` gives what is to be done when the value is in.
        """
        held = self._widgets.get(name)
        if held is None:
            held = _Held(0, shown)
        elif held.shown != shown or type(held.shown) is not type(shown):
            held = _Held(held.number + 1, shown)
        self._widgets[name] = held
        return Widget(f"{mark}:{name}~{held.number}", held, put)

    def is_present(self, plan_no: int) -> bool:
        """Whether the plan is still the one of that number."""
        return plan_no == self._plan_no

    # the address

    def came(self, asked: Mapping[str, str]) -> None:
        """Go where an address leads: `d` a draft's random id, `s` a screen, `l` the language."""
        self._address = tuple(asked.get(name, "") for name in _ADDRESS)
        draft_id, screen, language = self._address
        if language in ("en", "es"):
            self.language = language
        self.arrive(draft_id, screen or "start")

    def came_in(self) -> None:
        """The vault was opened: what the address asked for is there now, perhaps."""
        if self.wanted:
            self.arrive(*self.wanted.split("/"))

    def address(self) -> dict[str, str]:
        """The address of what is shown; nothing personal stands in it."""
        if self.wanted:
            return dict(zip(_ADDRESS[:2], self.wanted.split("/"), strict=True))
        shown = {"s": self.screen} if self.screen != "start" else {}
        if self.is_open and self.kept is not None and self.screen != "start":
            shown["d"] = self.kept.id
        if self.language != _language_of_browser():
            shown["l"] = self.language
        return shown


@dataclass(slots=True)
class _Held:
    """What is known of a widget: its number, what its place shows, and what it gave that was taken last."""

    number: int
    shown: object
    taken: object = None
    has_given: bool = False


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget on the screen and the place that it writes to, however lists move meanwhile."""

    key: str
    held: _Held
    put: Callable[[object], Callable[[], None]]

    def store(self, value: object, shown: Callable[[], object], given: object) -> None:
        """Put a value where the widget writes to; `shown` gives what the place then shows, `given` is what the widget held."""
        then = self.put(value)
        self.held.taken, self.held.has_given = given, True
        self.held.shown = shown()
        then()

    @property
    def now(self) -> object:
        """What the person set it to."""
        return st.session_state.get(self.key)

    def settle(self, drawn: object, begun: object, changed: Callable[[], None]) -> None:
        """Take what the widget holds where its callback never took it: `drawn` is what it gave, `begun` what it began with.

        A callback ends early, and nobody hears of it, when the next click comes in while it runs or when another callback
        of the same click fails. The widget goes on showing what was typed; so it is taken now.
        """
        if drawn != begun and not (self.held.has_given and drawn == self.held.taken):
            changed()
            st.rerun()


def _nothing() -> None:
    """There is nothing to be done: the place is gone."""


_ITS_OWN = frozenset(("id", "progress", "status_date", "added_because", "added_on"))
"""What a copy of an entry does not take along: its number, and what has happened with the one that was copied."""
_OPEN = {"diagnoses": "diagnosis", "measures": "measure", "staff": "member"}
"""Lists of which one entry is open at a time, and what says which."""


def _path_of(plan: Plan, entries: list[Part]) -> str:
    for path, part in parts(plan):
        for name, info in type(part).model_fields.items():
            if getattr(part, name) is entries:
                return join(path, info.alias or name)
    return ""


def draft() -> Draft:
    """This session's draft; a new session's begins where its address leads."""
    if _KEY not in st.session_state:
        begun = Draft(language=_language_of_browser())
        st.session_state[_KEY] = begun
        begun.came(st.query_params.to_dict())
    found: Draft = st.session_state[_KEY]
    return found


def show_address(here: Draft) -> None:
    """Write the address of what is shown into the browser's, as a step that Back leads out of."""
    wanted = here.address()
    now = tuple(wanted.get(name, "") for name in _ADDRESS)
    if now != here._address:
        here._address = now
        st.query_params.from_dict(wanted)


def went() -> None:
    """The person went back or forward in the browser's history."""
    where = st.session_state[heart.KEY].get("went")
    if where:
        asked = {name: values[-1] for name, values in parse_qs(str(where).lstrip("?")).items()}
        draft().came(asked)


def kept(kind: type[_T]) -> _T:
    """A screen's own things, of a class of its own, made at first use and kept while the session lasts; never stored."""
    key = f"kept:{kind.__module__}.{kind.__qualname__}"
    if key not in st.session_state:
        st.session_state[key] = kind()
    found: _T = st.session_state[key]
    return found


def bind(key: str, value: object, store: Callable[[object], None]) -> Callable[[], None]:
    """Put a value into a widget before it is drawn; gives the callback that takes what the person set.

    For choices. What is typed goes through `Draft.box`, which is never written over.
    """
    st.session_state[key] = value

    def changed() -> None:
        store(st.session_state.get(key))

    return changed


def place_of(draft: Draft, key: str, names: Sequence[str]) -> Callable[[], int | None]:
    """What says which of a list's entries was chosen in the widget of that key, None for none; `names` are their words now.

    The browser names an entry by its words. A click that was made before they changed names it by the old ones, which
    the widget then holds in the place of a number.
    """
    known = draft.called.setdefault(key, {})
    known.update((name, place) for place, name in enumerate(names))

    def chosen() -> int | None:
        value = st.session_state.get(key)
        place = known.get(value) if isinstance(value, str) else value
        return place if isinstance(place, int) and place >= 0 else None

    return chosen


def value_of(key: str) -> object:
    """What a widget was set to, for a callback that has to know: the choice of a menu, a search as it is typed."""
    return st.session_state.get(key)


def clear(key: str) -> None:
    """Empty a text input, from a callback."""
    st.session_state[key] = ""


def vault_state() -> str:
    """`open`, `locked`, `none` (not made yet), or `off` (no gate: nothing is kept)."""
    if not access.is_gated():
        return "off"
    if access.vault() is not None:
        return "open"
    return "locked" if vault_path().is_file() else "none"


def _language_of_browser() -> str:
    return "es" if (st.context.locale or "").lower().startswith("es") else "en"


def screen_of(path: str) -> str:
    """The step on which a place of the plan is edited."""
    top = path.partition(".")[0].partition("[")[0]
    if top in ("diagnoses", "assessment", "history", "presenting_problem", "staff", "snap", "measures"):
        return "diagnosis"
    if top == "problems":
        return "plan"
    contract = (
        "contract",
        "responsibilities",
        "reviews",
        "discharge",
        "participation",
        "signatures",
        "accommodations",
        "safety_plan",
    )
    return (
        "contract"
        if top in contract or top in ("barriers", "coordination", "confidentiality", "blended_care")
        else "patient"
    )
