"""The whole route on one screen: plan and form in, document, report and proof out."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import cast

from generator.agency import Agency, read_agency
from generator.blank_file import about_conversion, adopt_pdf, find_form
from generator.blanks.word_tags.align import Laid
from generator.charts import OF, draw, in_words, series_of
from generator.charts.placing import has_charts
from generator.errors import FindingsBlock, MapNotValid
from generator.filters import as_date
from generator.finding import Finding, Severity
from generator.form_seen import blank_seen, form_seen, template_names
from generator.library import Form
from generator.make_pdf import MadePdf, SheetWords, is_shown, value_said
from generator.make_word import FinishedWord, MadeWord
from generator.mapping.field_map import read_field_map, resolve
from generator.mapping.growing import with_rows
from generator.mapping.names import shown_by
from generator.mapping.paper import Paper, as_on_paper
from generator.mapping.printed import Printed, printed_values
from generator.mapping.reading.lines import shown_line
from generator.mapping.reading.note import note_of, shown_of_map
from generator.mapping.unplaced import unplaced
from generator.marks import Marks
from generator.old_files import as_word_or_pdf
from generator.plan import Plan
from generator.plan.notes import general
from generator.proof import Expected, Proof
from generator.proof.poppler import printed
from generator.rules import PlanChecked, is_about_signatures
from generator.rules.judged import JudgedBefore
from generator.sheet_mark import Continued
from generator.sign_document import marks_in, marks_of, no_place, sign
from generator.signing.mark import Mark
from generator.signing.record import SignatureRecord
from generator.slots import Fill, Filled, Outcome, Slot, SlotKind, Status
from generator.word_pages import word_pages
from generator.worker import Plain, call


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is made. `language` "" is the plan's own; `final` makes it for signing, or not at all.

    `readable`: a Word document of a template carries a note of how its answers are put together, so that it can be read
    back whole (a PDF form always does). It costs about as much again as filling. `signatures` were given on a screen; each
    is printed in its place as long as the plan's entry for it is still the same. `own_marks` is for who has a plan and
    no such records: what its entries say of signing on a screen is printed. `second_viewer`: where Poppler is installed a
    filled PDF form is proven by it, too, after the proof by PDFium; a batch leaves it out, for it takes a fifth of a second.
    """

    language: str = ""
    pdf: bool = False
    flatten: bool = False
    final: bool = False
    as_of: date | None = None
    readable: bool = False
    signatures: tuple[SignatureRecord, ...] = field(default=(), repr=False)
    own_marks: bool = False
    second_viewer: bool = True


@dataclass(frozen=True, slots=True)
class SlotReport:
    """How one slot ended, and whether the proof saw its answer. `path` is the plan value it shows."""

    id: str
    label: str
    path: str
    value: str
    status: str
    why: str = ""
    size_pt: float | None = None
    proved: bool | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document with all there is to say about it. `pdf` is its PDF, where there is one."""

    form: str
    file_name: str
    data: bytes = field(repr=False)
    pdf: bytes | None = field(repr=False)
    pages: int | None
    slots: tuple[SlotReport, ...]
    unplaced: tuple[str, ...]
    findings: tuple[Finding, ...]
    is_draft: bool
    draft_reason: str
    proof: Proof
    language: str

    @property
    def proof_sentence(self) -> str:
        """`47 of 47 answers visible`."""
        return self.proof.sentence(self.language)

    def summary(self) -> dict[str, int]:
        """How many slots ended in each way, and how many answers the proof saw."""
        counts = Counter(slot.status for slot in self.slots)
        by_viewer = {f"proved_by_{name.lower()}": visible for name, visible in self.proof.seen_by}
        return {**{str(status): counts[str(status)] for status in Status}, "proved": self.proof.visible, **by_viewer}


@cache
def _judged() -> JudgedBefore:
    return JudgedBefore()


_HOW_SIGNED = re.compile(r"signatures\[(\d+)\]\..*\b(?:method|reason_missing)\b")


def make_document(plan: Plan, form: Form | str, options: Options = Options()) -> Document:
    """Fill one form from a plan and prove it; `form` may be its id in the library, or its file.

    With errors open the document is a draft and says so. Raises FindingsBlock for a final one; MapNotValid where the
    form has no field map; NameUnknown, TemplateNotValid, RefusedForSafety and the errors of reading for the blank.
    """
    return PlanAtHand(plan, options).document(form)


class PlanAtHand:
    """A plan with what is worked out of it once for all of its forms: its findings, and how it stands on paper.

    Nothing of it is kept beyond its own life; the plan must not change meanwhile. `agency`: its settings where they were
    read already, for many plans.
    """

    def __init__(self, plan: Plan, options: Options = Options(), agency: Agency | None = None) -> None:
        self.plan, self.options = plan, options
        self._agency = agency
        self.as_of = options.as_of or date.today()
        self.language = options.language or ("es" if (plan.plan.language or "").lower().startswith("es") else "en")

    @cached_property
    def checked(self) -> PlanChecked:
        """The plan checked, form by form."""
        agency = self._agency or read_agency()
        return PlanChecked(self.plan, agency.context(as_of=self.as_of, language=self.language, judged=_judged()))

    @cached_property
    def paper(self) -> Paper:
        """The plan as it stands on paper."""
        return as_on_paper(self.plan, language=self.language, today=self.as_of)

    def document(self, form: Form | str) -> Document:
        """One form filled from the plan and proven; see `make_document`."""
        return _document(self, (find_form(form) if isinstance(form, str) else form).in_language(self.language))


def _document(at_hand: PlanAtHand, form: Form) -> Document:
    plan, options, language = at_hand.plan, at_hand.options, at_hand.language
    findings = at_hand.checked.for_form(form_seen(form))
    errors = [one for one in findings if one.severity is Severity.ERROR]
    blocking = [one for one in errors if not is_about_signatures(one.rule)]
    if options.final and blocking:
        raise FindingsBlock(
            f"A final document was asked for, but {len(blocking)} errors stand. Mend them, or leave out --final for a draft.",
            blocking,
        )
    paper = at_hand.paper
    given = form.read()
    data = as_word_or_pdf(given)
    if form.kind == "pdf-flat":
        data = adopt_pdf(data)
    is_word = form.kind.startswith("word")
    marks = Marks(
        draft=language if blocking else "",
        charts=_charts(plan, language) if has_charts(given) else None,
        notice=plan.confidentiality.part2_applies is True,
    )
    if form.kind == "word-tags":
        made = _make_word(data, paper, marks)
        made = _with_note(made, data, form, paper, language) if options.readable else made
    elif is_word:
        made = _make_word_form(data, form, paper, language, marks)
    else:
        made = _make_pdf(data, form, plan, paper, language, marks)
    signed = marks_in(plan, language) if options.own_marks else marks_of(plan, options.signatures, language)
    made, put = _with_signatures(made, signed, is_word=is_word, language=language)
    document, proof = made.data, made.proof
    if is_word:
        pdf, pages = None, None
        if options.pdf:
            in_print = word_pages(document, proof, made.expected, title=form.title, language=language)
            pdf, proof, pages = in_print.pdf, in_print.proof, in_print.proof.pages
    else:
        proof = _by_poppler(proof, document, made.expected) if options.second_viewer else proof
        pages = proof.pages
        document = cast("bytes", call("flatten", document)) if options.flatten else document
        pdf = document
    unseen = {fault.slot: fault.why for fault in proof.faults}
    return Document(
        form=form.id,
        file_name=f"{form.id}{'.docx' if is_word else form.path.suffix}",
        data=document,
        pdf=pdf,
        pages=pages,
        slots=tuple(_proved(slot, made.checked, unseen) for slot in made.slots),
        unplaced=unplaced(at_hand.checked.told, made.shown),
        findings=(*findings, *about_conversion(given), *made.findings, *put),
        is_draft=bool(blocking),
        draft_reason=f"{len(blocking)} errors stand in the plan" if blocking else "",
        proof=proof,
        language=language,
    )


def _by_poppler(proof: Proof, data: bytes, expected: Sequence[Expected]) -> Proof:
    """The proof with what Poppler shows, where it is installed."""
    seen = printed(data, proof.pages or 1, with_pictures=True) if expected else None
    return cast("Proof", call("prove-by-poppler", proof, data, expected, seen)) if seen is not None else proof


def _charts(plan: Plan, language: str) -> dict[str, tuple[bytes, str]]:
    """Each chart that a form may keep a place for: its picture and its words; empty where there are no numbers."""
    every = {of: series_of(plan, of) for of in OF}
    return {
        of: (draw(found, language), in_words(found, language)) if found else (b"", "") for of, found in every.items()
    }


@dataclass(frozen=True, slots=True)
class _Made:
    """The finished document with its reports. `checked` are the slots that the proof looked for, `expected` their answers."""

    data: bytes
    findings: tuple[Finding, ...]
    slots: tuple[SlotReport, ...]
    checked: frozenset[str]
    shown: frozenset[str]
    proof: Proof
    expected: tuple[Expected, ...]


def _make_word(data: bytes, paper: Paper, marks: Marks) -> _Made:
    names = template_names(data)
    values = {name: _at(paper, name) for name in sorted({use.path.partition("[]")[0] for use in names})}
    printed = printed_values([(use.path, use.filters) for use in names if use.is_printed], paper)
    looked_for = {one.id: one.text for one in printed}
    made = cast("MadeWord", call("make-word", data, Plain(values), Plain(looked_for), marks))
    absent = set(made.absent)
    slots = tuple(_word_report(one, is_absent=one.id in absent) for one in printed)
    expected = tuple(Expected(one.id, one.text) for one in printed if one.id not in absent)
    checked = frozenset(one.slot for one in expected)
    shown = _shown(tuple(dict.fromkeys(one.name for one in printed if one.id not in absent)))
    return _Made(made.data, made.findings, slots, checked, shown, made.proof, expected)


_LEFT, _FILLED = str(Status.LEFT), str(Status.FILLED)


def _word_report(one: Printed, *, is_absent: bool) -> SlotReport:
    if is_absent:
        why = "the template shows it in another form, or a condition in it leaves this out"
        return SlotReport(one.id, one.name, one.id, one.text, _LEFT, why)
    return SlotReport(one.id, one.name, one.id, one.text, _FILLED, "", None, True)


def _with_note(made: _Made, template: bytes, form: Form, paper: Paper, language: str) -> _Made:
    """The document with the note of how its answers are put together: it is laid over its template, as a reader does."""
    document = made.data
    laid = cast("Laid", call("lay-over", template, document))
    shown = [shown_line(one.text, one.pieces, one.names, one.where, language) for one in laid.lines if one.text.strip()]
    noted = cast("bytes", call("add-word-note", document, note_of(form.id, shown, paper, language)))
    proof = cast("Proof", call("prove-word", noted, made.expected))
    return replace(made, data=noted, proof=proof)


def _make_pdf(data: bytes, form: Form, plan: Plan, paper: Paper, language: str, marks: Marks) -> _Made:
    if not form.map:
        raise MapNotValid(f"The form {form.id} has no field map yet. Make one with: planscribe map {form.path.name}")
    field_map = read_field_map(form.map, form=form.id)
    resolution = resolve(field_map, paper)
    seen = blank_seen(form, data)
    slots = {slot.id: slot for slot in seen.slots}
    agency = plan.agency.name or ""
    extra = [Continued(f"{one.label}", one.label, one.text) for one in resolution.extra]
    fills = [_as_the_form_asks(one.fill, slots.get(one.fill.slot)) for one in resolution.fills]
    texts = {fill.slot: fill.value for fill in fills if isinstance(fill.value, str)}
    shown = shown_of_map(field_map, texts, [(one.slot, one.text) for one in extra], language)
    note = note_of(form.id, shown, paper, language)
    words = SheetWords(form.title, (agency,) if agency else (), language, note)
    on_states = {
        slot.id: slot.choices[0].export if slot.choices else "Yes"
        for slot in seen.slots
        if slot.kind in (SlotKind.CHECK, SlotKind.RADIO)
    }
    made = cast("MadePdf", call("make-pdf", data, fills, words, extra, on_states, marks))
    filled = made.filled
    paths = {one.fill.slot: one.path for one in resolution.fills} | {
        one.label: ", ".join(one.paths) for one in resolution.extra
    }
    values = {fill.slot: fill.value for fill in fills} | {one.label: one.text for one in resolution.extra}
    values |= {outcome.slot: outcome.value for outcome in filled.outcomes if outcome.value}
    reports = [
        SlotReport(
            id=outcome.slot,
            label=slots[outcome.slot].label if outcome.slot in slots else outcome.slot,
            path=paths.get(outcome.slot, ""),
            value=value_said(values.get(outcome.slot, "")),
            status=str(outcome.status),
            why=outcome.why,
            size_pt=outcome.size_pt,
        )
        for outcome in filled.outcomes
    ]
    given = {report.id for report in reports}
    for slot in seen.slots:
        if slot.id not in given:
            why = resolution.left.get(slot.id, "the field map says nothing of it")
            reports.append(SlotReport(slot.id, slot.label, "", "", str(Status.LEFT), why))
    names = [name for entry in resolution.fills for name in entry.names] + [
        n for one in resolution.extra for n in one.paths
    ]
    checked = frozenset(outcome.slot for outcome in filled.outcomes if is_shown(outcome))
    on_paper = _shown(tuple(dict.fromkeys(names)))
    return _Made(filled.data, filled.findings, tuple(reports), checked, on_paper, made.proof, made.expected)


def _make_word_form(data: bytes, form: Form, paper: Paper, language: str, marks: Marks) -> _Made:
    """A Word form without tags; rows are added where its tables grow, what has no place goes after its last paragraph."""
    if not form.map:
        raise MapNotValid(f"The form {form.id} has no field map yet. Make one with: planscribe map {form.path.name}")
    resolution = resolve(read_field_map(with_rows(form.map), form=form.id), paper)
    slots = {slot.id: slot for slot in blank_seen(form, data).slots}
    fills = [_as_the_form_asks(one.fill, _slot_for(one.fill.slot, slots)) for one in resolution.fills]
    extra = [(one.label, one.text) for one in resolution.extra]
    heading = "Continuación" if language == "es" else "Continued"
    filled = cast("Filled", call("fill-word-form", data, fills, extra, heading))
    homeless = [(_name_of(o, slots), o.rest) for o in filled.outcomes if o.status is Status.CONTINUED and o.rest]
    if homeless:
        filled = cast("Filled", call("fill-word-form", data, fills, [*extra, *homeless], heading))
    paths = {one.fill.slot: one.path for one in resolution.fills}
    values = {fill.slot: fill.value for fill in fills}
    reports = [
        SlotReport(o.slot, _name_of(o, slots), paths.get(o.slot, ""), value_said(values[o.slot]), str(o.status), o.why)
        for o in filled.outcomes
    ]
    reports += [
        SlotReport(
            label, label, ", ".join(one.paths), text, str(Status.CONTINUED), "after the last paragraph of the form"
        )
        for one, (label, text) in zip(resolution.extra, extra, strict=True)
    ]
    given = {report.id for report in reports}
    for slot in slots.values():
        if slot.id not in given and slot.kind is not SlotKind.ROWS:
            why = resolution.left.get(slot.id, "the field map says nothing of it")
            reports.append(SlotReport(slot.id, slot.label, "", "", str(Status.LEFT), why))
    expected = [
        _expected_in_word(o.slot, values[o.slot], _slot_for(o.slot, slots), o.places)
        for o in filled.outcomes
        if o.status is Status.FILLED
    ]
    expected += [Expected(label, text, is_continued=True) for label, text in [*extra, *homeless]]
    names = [name for entry in resolution.fills for name in entry.names] + [
        n for one in resolution.extra for n in one.paths
    ]
    finished = cast("FinishedWord", call("finish-word", filled.data, marks, expected))
    checked = frozenset(one.slot for one in expected)
    shown = _shown(tuple(dict.fromkeys(names)))
    return _Made(finished.data, filled.findings, tuple(reports), checked, shown, finished.proof, tuple(expected))


def _with_signatures(
    made: _Made, marks: Sequence[Mark], *, is_word: bool, language: str
) -> tuple[_Made, tuple[Finding, ...]]:
    """What was made with the signatures given on a screen in their places, and what the form has no place for."""
    if not marks:
        return made, ()
    # The form's own words for how somebody signed: the mark and its words take their place.
    asked = {one.id: int(found[1]) for one in made.slots if (found := _HOW_SIGNED.match(one.path))}
    signed = sign(made.data, marks, asked, is_word=is_word)
    words = {mark.place: mark.caption for mark in marks if mark.place in signed.placed}
    shown = {slot: words[place] for slot, place in asked.items() if place in words}
    slots = tuple(
        replace(one, value=shown[one.id], proved=None) if one.id in shown and one.status != Status.LEFT else one
        for one in made.slots
    )
    expected = tuple(one for one in made.expected if one.slot not in shown)
    drawn = tuple(Expected(f"signatures[{place}]", text) for place, text in words.items())
    if is_word:
        proof = cast("Proof", call("prove-word", signed.data, (*expected, *drawn)))
    else:
        proof = _with_drawn(cast("Proof", call("prove-pdf", signed.data, expected)), signed.data, drawn)
    left = [mark for mark in marks if mark.place not in signed.placed]
    made = replace(
        made, data=signed.data, slots=slots, expected=expected, checked=made.checked - set(shown), proof=proof
    )
    return made, tuple(no_place(one, language) for one in left)


def _slot_for(name: str, slots: Mapping[str, Slot]) -> Slot | None:
    """The slot of that name; for a row beyond the printed ones the same place of the first row."""
    return slots.get(name) or slots.get(re.sub(r"^(.+-[ts]\d+[a-h]?)-\d+-", r"\1-1-", name))


def _name_of(outcome: Outcome, slots: Mapping[str, Slot]) -> str:
    slot = _slot_for(outcome.slot, slots)
    return slot.label if slot is not None else outcome.slot


def _expected_in_word(name: str, value: object, slot: Slot | None, places: tuple[tuple[str, int], ...]) -> Expected:
    is_box = slot is not None and slot.kind is SlotKind.CHECK
    is_ringed = slot is not None and slot.shape == "circle"
    text = str(value) if isinstance(value, str) else "Yes"
    if slot is not None and slot.is_comb:
        text = "".join(char for char in text if char.isalnum()) if len(text) > (slot.max_length or 0) else text
    return Expected(name, text, is_button=is_box, is_ringed=is_ringed, places=places)


def _with_drawn(proof: Proof, pdf: bytes, drawn: Sequence[Expected]) -> Proof:
    """The proof with what was put on the pages themselves."""
    if not drawn:
        return proof
    pages = cast("Proof", call("prove-pdf-text", pdf, drawn))
    return Proof(proof.checked + pages.checked, (*proof.faults, *pages.faults), proof.pages)


def _as_the_form_asks(fill: Fill, slot: Slot | None) -> Fill:
    """A date in the shape that the form's own script asks for; the map gives it as the plan has it (ISO)."""
    if slot is None or not slot.format.startswith("date:") or not isinstance(fill.value, str):
        return fill
    return Fill(fill.slot, as_date(fill.value, slot.format.removeprefix("date:")))


def _proved(slot: SlotReport, checked: frozenset[str], unseen: Mapping[str, str]) -> SlotReport:
    if slot.id not in checked or (slot.proved and slot.id not in unseen):
        return slot
    return SlotReport(
        slot.id, slot.label, slot.path, slot.value, slot.status,
        slot.why or unseen.get(slot.id, ""), slot.size_pt, slot.id not in unseen,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _shown(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(path for name in names for path in shown_by(general(name)))


def _at(paper: Paper, name: str) -> object:
    here: object = paper
    for step in name.split("."):
        here = here.get(step) if isinstance(here, dict) else None
    return here
