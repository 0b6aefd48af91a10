"""Who signs: each line of the plan, what was given on it, and signing it on this screen, one person at a time."""

import base64
import html
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from generator.app.made import made
from generator.app.pad import pad
from generator.app.parts.entries import add_button, remove_button
from generator.app.parts.fields import below, row
from generator.app.parts.told import told
from generator.app.session import Draft, bind, kept, value_of
from generator.app.words import choice_name, plain, say
from generator.errors import GeneratorError, SignatureNotPossible
from generator.finding import Severity
from generator.plan.people import Signature
from generator.plan.signed_text import fingerprint_of, is_of_now
from generator.rules import is_about_signatures
from generator.signing.ink import Ink, ink_as_png, ink_from_text, read_ink
from generator.signing.record import Method, SignatureRecord, record

_ON_SCREEN = (Method.DRAWN, Method.TYPED, Method.DECLINED, Method.UNABLE)


@dataclass
class _Signing:
    """Whose turn it is: a line of the plan, None for nobody; how; what went wrong. `number` empties the pad."""

    line: Signature | None = None
    how: Method = Method.DRAWN
    trouble: GeneratorError | None = None
    number: int = 0
    document: str = ""

    def begin(self, line: Signature | None, document: str) -> None:
        self.line, self.how, self.trouble, self.document = line, Method.DRAWN, None, document
        self.number += 1

    def take_how(self, chosen: object) -> None:
        self.how, self.trouble = Method(str(chosen)) if chosen else Method.DRAWN, None


def lines(draft: Draft) -> None:
    """Every line for a signature, to be written and to be signed."""
    for i, entry in enumerate(draft.plan.signatures):
        here = f"signatures[{i}]"
        if _is_given(entry):
            _given(draft, i, entry)
            below(draft, f"{here}.signed_on")
        else:
            row(
                draft,
                f"{here}.role",
                f"{here}.name",
                f"{here}.credential",
                f"{here}.signed_on",
                widths=(1.2, 2, 1, 1.2),
            )
            with st.container(horizontal=True):
                _sign_button(draft, i, entry, "")
                remove_button(draft, "signatures", i)
        _panel(draft, i, entry, _nothing)
    add_button(draft, "add_signature", "signatures", Signature)


def offer(draft: Draft, document: str, then: Callable[[], None]) -> None:
    """The same beside a finished document, whose SHA-256 is given: `then` is called when somebody signed."""
    if any(_is_given(one) or _is_open(one) for one in draft.plan.signatures):
        st.subheader(say("signatures", draft.language))
    for i, entry in enumerate(draft.plan.signatures):
        if _is_given(entry):
            _given(draft, i, entry)
        elif _is_open(entry):
            _sign_button(draft, i, entry, document)
        _panel(draft, i, entry, then)


def _is_given(entry: Signature) -> bool:
    return bool(entry.of_text) or entry.method in (Method.DECLINED, Method.UNABLE)


def _is_open(entry: Signature) -> bool:
    return entry.signed_on is None and bool(entry.name and entry.role)


def _given(draft: Draft, i: int, entry: Signature) -> None:
    language = draft.language
    found = next((one for one in reversed(draft.signatures()) if one.is_of(entry)), None)
    role = choice_name(entry.role or "", language)
    words = (
        found.caption_in(language)
        if found is not None
        else " ".join(filter(None, (entry.name, str(entry.signed_on or ""))))
    )
    is_good = found is not None and (not found.is_signed or is_of_now(draft.plan, found.of_text))
    st.markdown(f"**{plain(role)}:** {plain(words)}")
    if found is not None and is_good and found.method is Method.DRAWN:
        picture = base64.b64encode(ink_as_png(ink_from_text(found.ink))).decode()
        name = html.escape(say("sign_picture", language, name=found.name))
        st.markdown(f'<img class="signed" alt="{name}" src="data:image/png;base64,{picture}">', unsafe_allow_html=True)
    elif found is not None and is_good and found.method is Method.TYPED:
        st.markdown(f"*{plain(found.name)}*")
    elif found is None:
        st.caption(say("sign_lost", language))
    elif not is_good:
        st.warning(say("sign_earlier", language))
    st.button(
        say("sign_take_away", language, name=plain(entry.name or role)),
        key=f"unsign:{i}",
        on_click=draft.take_signature_away,
        args=(entry,),
    )


def _sign_button(draft: Draft, i: int, entry: Signature, document: str) -> None:
    language, signing = draft.language, kept(_Signing)
    if not (entry.name and entry.role):
        st.caption(say("sign_nameless", language))
        return
    st.button(
        say("sign_here", language, name=plain(entry.name)),
        key=f"sign:{i}",
        on_click=signing.begin,
        args=(entry, document),
    )


def _panel(draft: Draft, i: int, entry: Signature, then: Callable[[], None]) -> None:
    """Where the person whose turn it is signs."""
    signing = kept(_Signing)
    if signing.line is not entry or _is_given(entry) or not entry.name:
        return
    language, name = draft.language, entry.name
    with st.container(border=True, key="signing"):
        st.markdown(say("sign_intent", language, name=plain(name)))
        open_errors = sum(
            one.severity is Severity.ERROR and not is_about_signatures(one.rule) for one in draft.findings
        )
        if open_errors:
            st.info(say("sign_open", language, n=open_errors))
        st.radio(
            say("sign_how", language),
            _ON_SCREEN,
            index=_ON_SCREEN.index(signing.how),
            key=f"sign_how:{language}",
            on_change=bind(f"sign_how:{language}", signing.how, signing.take_how),
            format_func=lambda how: say(f"sign_how_{how}", language),
            horizontal=True,
        )
        if signing.how is Method.DRAWN:
            key = f"pad:{i}"

            def drawn() -> None:
                given = getattr(value_of(key), "signed", None)
                if given is not None:
                    _sign(draft, entry, then, strokes=given)

            pad(language, plain(name), key=key, number=signing.number, on_signed=drawn)
        else:
            _by_words(draft, i, entry, then)
        if signing.trouble is not None:
            st.error(_said(signing.trouble, language))
        st.button(say("sign_not_now", language), key="sign_not_now", on_click=signing.begin, args=(None, ""))


def _by_words(draft: Draft, i: int, entry: Signature, then: Callable[[], None]) -> None:
    """The keyboard's way: the name typed, or why this person does not sign."""
    language, signing = draft.language, kept(_Signing)
    name = plain(entry.name or "")
    is_typed = signing.how is Method.TYPED
    key = f"sign_words:{i}:{signing.how}:{signing.number}"
    label = say("sign_type", language, name=name) if is_typed else say("sign_why", language)
    st.text_input(label, key=key, autocomplete="off")

    def done() -> None:
        words = " ".join(str(value_of(key) or "").split())
        if is_typed and words.casefold() != " ".join((entry.name or "").split()).casefold():
            signing.trouble = _OtherName(say("sign_type_other", "en"))
            return
        _sign(draft, entry, then, reason="" if is_typed else words)

    word = say("sign_typed", language, name=name) if is_typed else say("sign_record", language)
    st.button(word, key="sign_done", type="primary", on_click=done)


class _OtherName(SignatureNotPossible):
    """The name that was typed is not the signer's."""


def _said(error: GeneratorError, language: str) -> str:
    return say("sign_type_other", language) if isinstance(error, _OtherName) else told(error, language)


def _sign(
    draft: Draft, entry: Signature, then: Callable[[], None], *, strokes: object = None, reason: str = ""
) -> None:
    signing = kept(_Signing)
    try:
        ink: Ink = read_ink(strokes) if signing.how is Method.DRAWN else ()
        given = _record(draft, entry, signing, ink, reason)
        draft.sign(entry, given)
    except GeneratorError as error:
        signing.trouble = error
        return
    signing.begin(None, "")
    made().forget()
    then()


def _record(draft: Draft, entry: Signature, signing: _Signing, ink: Ink, reason: str) -> SignatureRecord:
    is_signed = signing.how in (Method.DRAWN, Method.TYPED)
    return record(
        entry.role or "",
        entry.name or "",
        signing.how,
        st.context.timezone or "",
        credential=entry.credential or "",
        relationship=entry.relationship or "",
        reason=reason,
        intent=say("sign_intent", draft.language, name=entry.name) if is_signed else "",
        document=signing.document,
        of_text=fingerprint_of(draft.plan) if is_signed else "",
        ink=ink,
    )


def _nothing() -> None:
    """Nothing has to be made anew."""
