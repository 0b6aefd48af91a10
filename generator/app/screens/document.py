"""Document: one form or a packet, its real pages as pictures, what was fitted, and the way to take it along."""

import hashlib
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from generator import library
from generator.app.made import Key, Made, Waits, made
from generator.app.parts.chosen import chosen, titled
from generator.app.parts.named import named
from generator.app.parts.pages import show_pages
from generator.app.parts.signing import offer
from generator.app.parts.told import told
from generator.app.session import Draft, bind
from generator.app.words import plain, say
from generator.errors import FindingsBlock
from generator.exchange.bundle import as_zip
from generator.exchange.plan_file import plan_as_yaml
from generator.finding import Severity
from generator.library import Form
from generator.make import Document, SlotReport
from generator.packet import Packet
from generator.proof import Proof
from generator.rules import is_about_signatures

_MIME = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
_MOST_LINES = 12


def show(draft: Draft) -> None:
    """The screen."""
    language, work = draft.language, made()
    asked, spoken, final = _choice(draft)
    wanted = [form for form in asked if work.key(draft.plan, form, spoken, final=final) not in work.documents]
    st.button(say("make", language), key="make", type="primary", on_click=work.ask, args=(wanted or asked,))
    if work.waiting:
        _make(draft, work, spoken, final=final)
    if work.was_stopped:
        st.info(say("stopped", language))
    ready, keys = [], []
    for form in asked:
        key = work.key(draft.plan, form, spoken, final=final)
        if key in work.documents:
            ready.append((form, work.documents[key]))
            keys.append(key)
        elif key in work.errors and not isinstance(work.errors[key], FindingsBlock):
            st.error(f"{titled(form, language)}: {told(work.errors[key], language)}")
        elif key in work.errors:
            _say_blocked(draft, len(getattr(work.errors[key], "findings", ())))
    if ready:
        _results(draft, work, ready, keys, is_whole=len(ready) == len(asked))
    else:
        st.caption(say("nothing_made", language))
    st.divider()
    st.download_button(
        say("download_plan", language), draft.handing_out("", "yaml", lambda: plan_as_yaml(draft.plan)), "plan.yaml", "text/yaml", key="save",
        on_click="ignore",
    )  # fmt: skip


def _choice(draft: Draft) -> tuple[list[Form], str, bool]:
    """The forms chosen, the language of the document, and whether it is for signing."""
    language = draft.language
    forms = {form.id: form for form in library.forms()}
    asked = chosen()
    if asked.form not in forms:
        asked.form = next(iter(forms))
    asked.language = asked.spoken(draft)
    form_id = st.selectbox(
        say("form", language), list(forms), key="form", on_change=bind("form", asked.form, asked.take_form),
        format_func=lambda one: titled(forms[one], language),
    )  # fmt: skip
    others = [one for one in forms if one != form_id]
    asked.others = [one for one in asked.others if one in others]
    st.multiselect(
        say("form_with", language), others, key="form_with", placeholder=say("form_with_help", language),
        on_change=bind("form_with", asked.others, asked.take_others),
        format_func=lambda one: titled(forms[one], language),
    )  # fmt: skip
    left, right = st.columns((1, 2), vertical_alignment="bottom")
    with left:
        st.selectbox(
            say("form_language", language), ["en", "es"], key="form_language",
            on_change=bind("form_language", asked.language, asked.take_language),
            format_func=lambda code: say(f"lang_{code}", language),
        )  # fmt: skip
    with right:
        st.checkbox(say("final", language), key="final", on_change=bind("final", asked.final, asked.take_final))
    blocking = [one for one in draft.findings if one.severity is Severity.ERROR and not is_about_signatures(one.rule)]
    if asked.final and blocking:
        _say_blocked(draft, len(blocking))
    return [forms[one] for one in (asked.form, *asked.others)], asked.language, asked.final


def _say_blocked(draft: Draft, count: int) -> None:
    words, button = st.columns((4, 1), vertical_alignment="center")
    with words:
        st.warning(say("final_blocked", draft.language, n=count))
    with button:
        st.button(say("to_review", draft.language), key=f"to_review:{count}", on_click=draft.go, args=("review",))


def _make(draft: Draft, work: Made, spoken: str, *, final: bool) -> None:
    """Make what waits, a form at a time. Stop, or any other click, is heard several times a second."""
    language, every, signed = draft.language, len(work.waiting), draft.signatures()
    st.button(say("stop", language), key="stop", on_click=work.stop)
    st.caption(say("making_steps", language))
    bar = st.progress(0.0)
    while work.waiting:
        form, done = work.waiting[0], every - len(work.waiting)
        place = say("making_n", language, n=done + 1, all=every, title=titled(form, language))
        work.make(
            draft.plan, form, spoken, final=final, signatures=signed, waits=_told(bar, done / every, place, language)
        )
        if work.key(draft.plan, form, spoken, final=final) in work.documents:
            draft.made(form.id, is_final=final)
        else:
            draft.refused(form.id)
        work.waiting.remove(form)
    st.rerun()


def _told(bar: DeltaGenerator, share: float, words: str, language: str) -> Waits:
    """Says how far the work is, now and whenever it is called; there the run ends where something was pressed."""
    begun = time.monotonic()

    def waits() -> None:
        bar.progress(share, text=f"{words} ({say('seconds', language, n=int(time.monotonic() - begun))})")

    waits()
    return waits


def _joined(work: Made, titles: Sequence[str], keys: Sequence[Key], language: str) -> Packet | None:
    """The packet of documents that are all there; it is joined here the first time, unless it was stopped."""
    place = tuple(keys)
    if not work.can_join(keys):
        return None
    if place in work.packets:
        return work.packets[place]
    if place in work.packet_errors:
        st.error(told(work.packet_errors[place], language))
        return None
    if work.was_stopped:
        st.button(say("join", language), key="join", on_click=work.ask, args=((),))
        return None
    st.button(say("stop", language), key="stop", on_click=work.stop)
    work.join(titles, keys, waits=_told(st.progress(1.0), 1.0, say("joining", language, n=len(keys)), language))
    st.rerun()


def _results(
    draft: Draft, work: Made, ready: Sequence[tuple[Form, Document]], keys: Sequence[Key], *, is_whole: bool
) -> None:
    """One document, or the choice among those of a packet and the packet itself, once every form of it is there."""
    language = draft.language
    if len(ready) == 1:
        _one(draft, work, *ready[0])
        return
    forms = [form.in_language(made_one.language).title for form, made_one in ready]
    packet = _joined(work, forms, keys, language) if is_whole else None
    titles = [*([say("packet", language)] if packet else []), *(titled(form, language) for form, _ in ready)]
    st.radio(
        say("show_form", language), range(len(titles)), key=f"shown:{len(titles)}", horizontal=True,
        on_change=bind(f"shown:{len(titles)}", min(work.shown, len(titles) - 1), lambda n: setattr(work, "shown", n)),
        format_func=lambda n: titles[n],
    )  # fmt: skip
    place = min(work.shown, len(titles) - 1)
    if packet is None or place > 0:
        _one(draft, work, *ready[place - 1 if packet else place])
        return
    left, right = st.columns((2, 3), gap="medium")
    with left:
        documents = [document for _, document in ready]
        checked, visible = sum(d.proof.checked for d in documents), sum(d.proof.visible for d in documents)
        tell = st.success if packet.is_proven else st.warning
        tell(Proof(checked, tuple(fault for d in documents for fault in d.proof.faults)).sentence(language))
        if visible == checked and not packet.is_proven:
            st.warning(say("packet_fault", language))
        with st.container(horizontal=True):
            st.download_button(
                say("download_packet", language), draft.handing_out("packet", "pdf", partial(bytes, packet.data)), "packet.pdf", _MIME[".pdf"], key="packet",
                type="primary", on_click="ignore",
            )  # fmt: skip
            st.download_button(
                say("download_zip", language), draft.handing_out("packet", "zip", partial(as_zip, _files(documents))), "packet.zip", _MIME[".zip"], key="zip",
                on_click="ignore",
            )  # fmt: skip
    with right:
        show_pages(work, packet.data, packet.pages or 1, say("packet", language), language, key="pages:packet")


def _one(draft: Draft, work: Made, form: Form, document: Document) -> None:
    language = draft.language
    left, right = st.columns((2, 3), gap="medium")
    with left:
        tell = st.success if not document.proof.faults else st.warning
        tell(document.proof.sentence(language))
        if document.is_draft:
            count = sum(
                one.severity is Severity.ERROR and not is_about_signatures(one.rule) for one in document.findings
            )
            st.info(say("draft_n", language, n=count))
        with st.container(horizontal=True):
            for name, data in _files([document]).items():
                suffix = Path(name).suffix
                word = say("download", language, name="Word" if suffix == ".docx" else "PDF")
                st.download_button(
                    word,
                    draft.handing_out(form.id, suffix[1:], partial(bytes, data)),
                    name,
                    _MIME[suffix],
                    key=f"download:{name}",
                    on_click="ignore",
                )
        _fitted(document, language)
        _to_sign(draft, work, form, document)
    with right:
        if document.pdf is None:
            st.info(say("no_pdf", language))
        else:
            show_pages(
                work, document.pdf, document.pages or 1, titled(form, language), language, key=f"pages:{form.id}"
            )


def _to_sign(draft: Draft, work: Made, form: Form, document: Document) -> None:
    """Who signs here, beside the very pages that they sign; the document is made anew with the signature."""
    for finding in document.findings:
        if finding.rule == "signature-without-place":
            st.info(f"{finding.message} {finding.mend}")
    offer(draft, hashlib.sha256(document.pdf or document.data).hexdigest(), lambda: work.ask([form]))


def _files(documents: Sequence[Document]) -> dict[str, bytes]:
    """Every file of the documents by its name; a second one of a name gets a number."""
    out: dict[str, bytes] = {}
    for document in documents:
        stem, suffix = Path(document.file_name).stem, Path(document.file_name).suffix
        n = 1
        while f"{stem}{f'-{n}' if n > 1 else ''}{suffix}" in out:
            n += 1
        stem += f"-{n}" if n > 1 else ""
        out[stem + suffix] = document.data
        if document.pdf is not None and suffix != ".pdf":
            out[f"{stem}.pdf"] = document.pdf
    return out


def _fitted(document: Document, language: str) -> None:
    """What was shrunk, continued, refused, left empty, or has no place; then every answer."""
    fitted = [
        slot for slot in document.slots if slot.status in ("shrunk", "continued", "refused") or slot.proved is False
    ]
    if fitted:
        with st.expander(f"{say('what_happened', language)} ({len(fitted)})", expanded=len(fitted) <= _MOST_LINES):
            st.markdown("\n".join(f"- {_sentence(slot, language)}" for slot in fitted))
    empty = [slot for slot in document.slots if slot.status == "left"]
    if empty:
        with st.expander(say("left_empty", language, n=len(empty))):
            for why in ("no_value", "conditional", "by_hand"):
                names = list(dict.fromkeys(_label(slot, language) for slot in empty if _why(slot) == why))
                if names:
                    st.markdown(f"**{say(f'why_{why}', language)}:** {plain('; '.join(names))}")
    if document.unplaced:
        with st.expander(say("not_on_form", language, n=len(document.unplaced))):
            names = list(dict.fromkeys(named(path, language) for path in document.unplaced))
            st.markdown("\n".join(f"- {plain(name)}" for name in names))
    with st.expander(say("proof_details", language)):
        st.table(
            [
                {
                    say("col_place", language): _label(slot, language),
                    say("col_answer", language): slot.value,
                    say("col_status", language): say(f"status_{slot.status}", language),
                    say("col_seen", language): ""
                    if slot.proved is None
                    else say("seen" if slot.proved else "unseen", language),
                }
                for slot in document.slots
                if slot.status != "left"
            ]
        )


def _sentence(slot: SlotReport, language: str) -> str:
    label = plain(_label(slot, language))
    if slot.status == "shrunk" and slot.size_pt is not None:
        return say("was_shrunk", language, label=label, size=f"{slot.size_pt:g}")
    word = {"shrunk": "was_shrunk_plain", "continued": "was_continued", "refused": "was_refused"}
    said = say(word.get(slot.status, "was_unseen"), language, label=label)
    return f"{said} ({plain(slot.why)})" if slot.why and language == "en" and slot.status == "refused" else said


def _why(slot: SlotReport) -> str:
    """Which of three groups an empty place belongs to."""
    if "nothing" in slot.why and "plan" in slot.why:
        return "no_value"
    return "conditional" if slot.why.startswith("the template") else "by_hand"


def _label(slot: SlotReport, language: str) -> str:
    """What is printed beside the place; of a tag of a template the value's name in words."""
    return named(slot.label, language) if slot.label == slot.path or not slot.label else slot.label
