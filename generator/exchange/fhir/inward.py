"""FHIR resources as a plan, and what of them was not understood: named by resource and element, never by its value."""

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.errors import FhirNotReadable, FileTooLarge
from generator.exchange.fhir import codes
from generator.exchange.fhir.codes import word_of
from generator.exchange.from_paper import set_at
from generator.finding import Note
from generator.mapping.kinds import name_aliases
from generator.plan import SCHEMA, Plan
from generator.plan.catalog import by_path
from generator.plan.notes import general

Resource = Mapping[str, object]
Data = dict[str, object]
_QUIET = frozenset("resourceType id meta text language implicitRules contained identifier status subject".split())
_READ: Mapping[str, frozenset[str]] = {
    "Patient": frozenset(
        "name gender birthDate telecom address maritalStatus communication contact managingOrganization active".split()
    ),
    "Organization": frozenset("name telecom address active".split()),
    "Practitioner": frozenset("name qualification active".split()),
    "PractitionerRole": frozenset("practitioner code active".split()),
    "Coverage": frozenset(
        "type subscriberId beneficiary subscriber relationship period payor class order costToBeneficiary".split()
    ),
    "Condition": frozenset(
        "clinicalStatus verificationStatus category code onsetDateTime onsetString recordedDate asserter recorder "
        "evidence".split()
    ),
    "Goal": frozenset(
        "extension lifecycleStatus achievementStatus description target addresses startDate statusDate".split()
    ),
    "CarePlan": frozenset("intent period created author addresses goal activity".split()),
    "QuestionnaireResponse": frozenset("questionnaire item authored author source".split()),
}
_PATH = re.compile(r"[a-z_0-9]+(\[\d{1,4}\])?(\.[a-z_0-9]+(\[\d{1,4}\])?)*")
_DEEPEST = 20
LARGEST = 5_000
"""Resources in one Bundle; a plan of ours has about a hundred."""


def plan_from_bundle(data: object) -> tuple[Plan, tuple[Note, ...]]:
    """The plan in a Bundle, or in one resource. Raises FhirNotReadable where it is neither."""
    if not isinstance(data, dict) or not isinstance(data.get("resourceType"), str):
        raise FhirNotReadable("This JSON is no FHIR resource: it has no resourceType. Export a Bundle and use that.")
    if data["resourceType"] != "Bundle":
        return plan_from_resources([data])
    entries = data.get("entry")
    found: list[Resource] = []
    for entry in entries if isinstance(entries, list) else []:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict) and isinstance(resource.get("resourceType"), str):
            url = entry.get("fullUrl")
            found.append({**resource, "_url": url} if isinstance(url, str) else resource)
    if len(found) > LARGEST:
        raise FileTooLarge(f"This Bundle holds more than {LARGEST:,} resources. Export one person's and use that.")
    if not found:
        raise FhirNotReadable("This Bundle holds no resources. Export it again with its entries.")
    return plan_from_resources(found)


def plan_from_resources(resources: Sequence[Resource]) -> tuple[Plan, tuple[Note, ...]]:
    """The plan that resources make together, and a note for each element that was not understood."""
    return _Reader(resources).plan()


class _Reader:
    def __init__(self, resources: Sequence[Resource]) -> None:
        self._all: dict[str, list[Resource]] = {}
        self._by_url: dict[str, Resource] = {}
        self.notes: list[Note] = []
        self._data: Data = {"schema": SCHEMA}
        for one in resources:
            kind = str(one.get("resourceType"))
            self._all.setdefault(kind, []).append(one)
            own = one.get("id")
            for url in (one.get("_url"), f"{kind}/{own}" if own else None, f"urn:uuid:{own}" if own else None):
                if isinstance(url, str):
                    self._by_url.setdefault(url, one)
            self._tell_unread(kind, one)
        self._staff = {id(one): f"st{n}" for n, one in enumerate(self._of("Practitioner"), 1)}
        self._meant: set[str] = set()
        self._staff_rows: list[Data] = []
        self._problems: list[Data] = []
        self._problem_of: dict[int, Data] = {}
        self._goal_of: dict[int, Data] = {}
        self._objective_of: dict[int, Data] = {}

    def plan(self) -> tuple[Plan, tuple[Note, ...]]:
        patients = self._of("Patient")
        if patients:
            self._patient(patients[0])
        if len(patients) > 1:
            self._tell("Patient", "the Bundle holds several patients; only the first was read")
        self._agency()
        self._people()
        coverages = [self._coverage(one) for one in self._of("Coverage")]
        self._conditions()
        self._goals()
        self._care_plans()
        data = self._data
        for key, rows in (("coverage", coverages), ("problems", self._problems)):
            if rows:
                data[key] = rows
        for n, member in enumerate(self._staff_rows, 1):
            if f"st{n}" in self._meant:
                member["id"] = f"st{n}"
        for one in self._of("QuestionnaireResponse"):
            for item in _dicts(one.get("item")):
                self._item(item, 0)
        plan = Plan.model_validate(data)
        return plan, tuple(dict.fromkeys(self.notes))

    def _of(self, kind: str) -> list[Resource]:
        return self._all.get(kind, [])

    def _tell(self, where: str, message: str) -> None:
        self.notes.append(Note(where, message))

    def _tell_unread(self, kind: str, one: Resource) -> None:
        if kind not in _READ:
            self._tell(kind, "A plan has no place for this kind of resource; it was not read.")
            return
        for key in one:
            if key not in _READ[kind] and key not in _QUIET and not key.startswith("_"):
                self._tell(f"{kind}.{key}", "A plan has no place for this element; it was not read.")
            if key == "modifierExtension":
                self._tell(f"{kind}.{key}", "This changes what the resource means; look at it before you use the plan.")

    def _target(self, reference: object) -> Resource | None:
        url = reference.get("reference") if isinstance(reference, dict) else None
        if not isinstance(url, str):
            return None
        tail = "/".join(url.split("/")[-2:])
        return self._by_url.get(url) or self._by_url.get(tail)

    def _person(self, reference: object) -> str | None:
        one = self._target(reference)
        known = self._staff.get(id(one)) if one is not None else None
        if known is not None:
            self._meant.add(known)
        return known

    def _patient(self, one: Resource) -> None:
        patient: Data = {}
        names = _dicts(one.get("name"))
        usual = [name for name in names if name.get("use") not in ("nickname", "old", "maiden")]
        official = next((name for name in usual if name.get("use") == "official"), usual[0] if usual else {})
        nick = next((name for name in names if name.get("use") == "nickname"), {})
        given = _texts(official.get("given"))
        patient["name"] = {
            "first": given[0] if given else None,
            "middle": " ".join(given[1:]) or None,
            "last": _str(official.get("family")),
            "suffix": " ".join(_texts(official.get("suffix"))) or None,
            "preferred": " ".join(_texts(nick.get("given"))) or None,
        }
        if not given and not official.get("family") and _str(official.get("text")):
            self._tell("Patient.name.text", "Which words are the first and the last name is not told; write them in.")
        patient["sex"] = word_of(codes.GENDER, one.get("gender")) or None
        patient["dob"] = _day(one.get("birthDate"))
        patient["phone"], patient["email"] = _point(one, "phone"), _point(one, "email")
        patient["address"] = _address(one)
        patient["marital_status"] = _concept(one.get("maritalStatus"))
        spoken = _dicts(one.get("communication"))
        preferred = next((each for each in spoken if each.get("preferred") is True), spoken[0] if spoken else {})
        patient["language"] = {"preferred": _code(preferred.get("language")) or _concept(preferred.get("language"))}
        patient["record_number"] = _identifier(one, type_code="MR")
        patient["ssn"] = _identifier(one, system=codes.SSN)
        for contact in _dicts(one.get("contact")):
            self._contact(contact, patient)
        self._data["patient"] = _without_blanks(patient)

    def _contact(self, contact: Resource, patient: Data) -> None:
        roles = _dicts(contact.get("relationship"))
        coded = {code for role in roles for _, code in _codings(role)}
        said = next((text for role in roles if (text := _str(role.get("text")))), None)
        name = contact.get("name")
        person = {"name": _human(name), "relationship": said, "phone": _point(contact, "phone")}
        if "GUARD" in coded:
            self._data["legal"] = {"guardian": _without_blanks(person)}
        elif "emergency_contact" not in patient:
            patient["emergency_contact"] = person
        else:
            self._tell("Patient.contact", "A plan has one emergency contact; another one was not read.")

    def _agency(self) -> None:
        patient = self._of("Patient")[0] if self._of("Patient") else {}
        one = self._target(patient.get("managingOrganization"))
        found = self._of("Organization")
        payors = {id(self._target(payor)) for each in self._of("Coverage") for payor in _dicts(each.get("payor"))}
        others = [each for each in found if id(each) not in payors]
        chosen = one if one is not None else others[0] if others else None
        if chosen is None:
            return
        self._data["agency"] = _without_blanks(
            {
                "name": _told(chosen.get("name")),
                "address": _address(chosen),
                "phone": _point(chosen, "phone"),
                "fax": _point(chosen, "fax"),
                "email": _point(chosen, "email"),
                "web": _point(chosen, "url"),
                "npi": _identifier(chosen, system=codes.NPI),
                "ein": _identifier(chosen, system=codes.EIN),
            }
        )

    def _people(self) -> None:
        staff: list[Data] = []
        played: dict[int, list[str]] = {}
        for role in self._of("PractitionerRole"):
            words = [text for code in _dicts(role.get("code")) if (text := _concept(code))]
            played.setdefault(id(self._target(role.get("practitioner"))), []).extend(words)
        for one in self._of("Practitioner"):
            names, roles = _dicts(one.get("name")), _dicts(one.get("qualification"))
            said = played.get(id(one), [])
            staff.append(
                _without_blanks(
                    {
                        "name": _human(names[0]) if names else None,
                        "credential": _concept(roles[0].get("code")) if roles else None,
                        "role": said[0] if said else None,
                        "npi": _identifier(one, system=codes.NPI),
                        "license_no": _identifier(one, type_code="LN"),
                    }
                )
            )
        self._staff_rows = staff
        if staff:
            self._data["staff"] = staff

    def _coverage(self, one: Resource) -> Data:
        payors = _dicts(one.get("payor"))
        payer = self._target(payors[0]) if payors else None
        groups = [_str(each.get("value")) for each in _dicts(one.get("class")) if _code(each.get("type")) == "group"]
        copays = [
            amount.get("value")
            for each in _dicts(one.get("costToBeneficiary"))
            if isinstance(amount := each.get("valueMoney"), dict) and _code(each.get("type")) in ("copay", None)
        ]
        start, end = _period(one.get("period"))
        return _without_blanks(
            {
                "order": word_of({k: str(v) for k, v in codes.COVERAGE_ORDER.items()}, str(one.get("order"))) or None,
                "payer": _told(
                    payors[0].get("display") if payors and "display" in payors[0] else (payer or {}).get("name")
                ),
                "plan_type": _concept(one.get("type")),
                "member_id": _str(one.get("subscriberId")),
                "group_no": groups[0] if groups else None,
                "subscriber": {"relationship": _concept(one.get("relationship"))},
                "effective_from": start,
                "effective_to": end,
                "copay": copays[0] if copays else None,
            }
        )

    def _conditions(self) -> None:
        diagnoses: list[Data] = []
        # What a goal is about is a problem of the plan, too.
        addressed = {id(self._target(ref)) for goal in self._of("Goal") for ref in _dicts(goal.get("addresses"))}
        for one in self._of("Condition"):
            concept = one.get("code")
            icd = next((code for system, code in _codings(concept) if system == codes.ICD10CM), None)
            kinds = {code for each in _dicts(one.get("category")) for _, code in _codings(each)}
            if icd is None and "encounter-diagnosis" not in kinds:
                self._problem(one)
                continue
            diagnosis = _without_blanks(
                {
                    "icd10cm": icd,
                    "description": _concept(concept, but=icd),
                    "onset": _str(one.get("onsetDateTime")) or _str(one.get("onsetString")),
                    "certainty": word_of(codes.CERTAINTY, _code(one.get("verificationStatus"))) or None,
                    "diagnosed_by": self._person(one.get("asserter")) or self._person(one.get("recorder")),
                    "diagnosed_on": _day(one.get("recordedDate")),
                }
            )
            diagnoses.append(diagnosis)
            if "encounter-diagnosis" not in kinds and id(one) in addressed:
                self._problem(one, [icd] if icd else [])
        if diagnoses:
            self._data["diagnoses"] = diagnoses

    def _problem(self, one: Resource, diagnosis_refs: Sequence[str] = ()) -> Data:
        evidence = [
            text
            for each in _dicts(one.get("evidence"))
            for code in _dicts(each.get("code"))
            if (text := _concept(code))
        ]
        problem = _without_blanks(
            {
                "title": _told(_concept(one.get("code"))),
                "as_evidenced_by": "; ".join(evidence) or None,
                "diagnosis_refs": list(diagnosis_refs) or None,
                "status": word_of(codes.PROBLEM_STATUS, _code(one.get("clinicalStatus"))) or None,
                "identified_on": _day(one.get("recordedDate")),
            }
        )
        self._problems.append(problem)
        self._problem_of[id(one)] = problem
        return problem

    def _goals(self) -> None:
        parents = {id(one): self._parent(one) for one in self._of("Goal")}
        for one in self._of("Goal"):
            if parents[id(one)] is None:
                self._main_goal(one)
        for one in self._of("Goal"):
            parent = parents[id(one)]
            if parent is not None:
                goal = self._goal_of.get(id(parent))
                if goal is None:
                    self._tell("Goal.extension", "A goal is part of another one that is not here; it stands by itself.")
                    self._main_goal(one)
                else:
                    self._objective(one, goal)

    def _parent(self, one: Resource) -> Resource | None:
        for each in _dicts(one.get("extension")):
            if each.get("url") == codes.PERTAINS:
                return self._target(each.get("valueReference"))
        return None

    def _main_goal(self, one: Resource) -> None:
        conditions = [self._target(each) for each in _dicts(one.get("addresses"))]
        problem = next((self._problem_of[id(each)] for each in conditions if id(each) in self._problem_of), None)
        if problem is None:
            known = next((each for each in conditions if each is not None), None)
            if known is not None:
                icd = next((code for system, code in _codings(known.get("code")) if system == codes.ICD10CM), None)
                problem = self._problem(known, [icd] if icd else [])
            else:
                self._tell("Goal.addresses", "Which problem a goal is about is not told; it stands under the first.")
                problem = self._problems[0] if self._problems else self._new_problem()
        targets = _dicts(one.get("target"))
        goal = _without_blanks(
            {
                "statement": _told(_concept(one.get("description"))),
                "status": self._status(one),
                "target_date": _day(targets[0].get("dueDate")) if targets else None,
            }
        )
        if any(key in targets[0] for key in ("measure", "detailString", "detailQuantity") if targets):
            self._objective_of[id(one)] = self._measured(one, goal)
        _list(problem, "goals").append(goal)
        self._goal_of[id(one)] = goal

    def _new_problem(self) -> Data:
        problem: Data = {}
        self._problems.append(problem)
        return problem

    def _measured(self, one: Resource, goal: Data) -> Data:
        """A goal with a measure of its own, as other systems write it: its measure is the goal's first objective."""
        objective = _without_blanks({**self._objective_data(one), "statement": goal.get("statement")})
        _list(goal, "objectives").append(objective)
        return objective

    def _objective(self, one: Resource, goal: Data) -> None:
        objective = self._objective_data(one)
        _list(goal, "objectives").append(objective)
        self._objective_of[id(one)] = objective

    def _objective_data(self, one: Resource) -> Data:
        targets = _dicts(one.get("target"))
        first = targets[0] if targets else {}
        quantity = first.get("detailQuantity")
        amount = quantity if isinstance(quantity, dict) else {}
        if len(targets) > 1:
            self._tell("Goal.target", "A goal has several targets; only the first was read.")
        for key in first:
            if key not in ("measure", "detailString", "detailQuantity", "dueDate", "id"):
                self._tell(f"Goal.target.{key}", "A plan has no place for this element; it was not read.")
        return _without_blanks(
            {
                "statement": _told(_concept(one.get("description"))),
                "status": self._status(one),
                "measure": {
                    "what": _concept(first.get("measure")),
                    "target": _str(first.get("detailString")) or amount.get("value"),
                    "unit": _str(amount.get("unit")) or _str(amount.get("code")),
                },
                "start_date": _day(one.get("startDate")),
                "target_date": _day(first.get("dueDate")),
                "status_date": _day(one.get("statusDate")),
            }
        )

    def _status(self, one: Resource) -> str | None:
        lifecycle, achieved = _str(one.get("lifecycleStatus")), _code(one.get("achievementStatus")) or ""
        known = codes.GOAL_STATUS.items()
        exact = next((word for word, pair in known if pair == (lifecycle, achieved)), None)
        if exact is None and lifecycle not in (None, "proposed"):
            self._tell("Goal.lifecycleStatus", "A plan has no word for this state of a goal; it was not read.")
        return exact

    def _care_plans(self) -> None:
        plans = self._of("CarePlan")
        if len(plans) > 1:
            self._tell("CarePlan", "The Bundle holds several care plans; dates and author are those of the first.")
        for n, one in enumerate(plans):
            if n == 0:
                start, end = _period(one.get("period"))
                self._data["plan"] = _without_blanks(
                    {
                        "id": _identifier(one),
                        "plan_date": _day(one.get("created")),
                        "effective_from": start,
                        "effective_to": end,
                        "prepared_by": self._person(one.get("author")),
                    }
                )
            for activity in _dicts(one.get("activity")):
                detail = activity.get("detail")
                if isinstance(detail, dict):
                    self._intervention(detail)
                else:
                    self._tell("CarePlan.activity", "An activity that only refers to another resource was not read.")

    def _intervention(self, detail: Resource) -> None:
        aims = [self._target(each) for each in _dicts(detail.get("goal"))]
        objective = next((self._objective_of[id(one)] for one in aims if id(one) in self._objective_of), None)
        if objective is None:
            goal = next((self._goal_of[id(one)] for one in aims if id(one) in self._goal_of), None)
            if goal is None:
                self._tell(
                    "CarePlan.activity.detail.goal",
                    "Which goal an activity serves is not told; it stands under the first.",
                )
                if not self._problems:
                    self._new_problem()
                goals = _list(self._problems[0], "goals")
                if not goals:
                    goals.append({})
                goal = goals[0]
            objectives = _list(goal, "objectives")
            if not objectives:
                objectives.append({})
            objective = objectives[0]
        people = [person for each in _dicts(detail.get("performer")) if (person := self._person(each))]
        coding = _codings(detail.get("code"))
        system = next(
            ((word, code) for url, code in coding for word, known in codes.SERVICE_SYSTEMS.items() if url == known),
            None,
        )
        _list(objective, "interventions").append(
            _without_blanks(
                {
                    "description": _str(detail.get("description")),
                    "modality": _concept(detail.get("code"), but=system[1] if system else None),
                    "code_system": system[0] if system else None,
                    "code": system[1] if system else None,
                    "responsible_staff": people[0] if people else None,
                    **self._timing(detail.get("scheduledTiming")),
                }
            )
        )
        for key in detail:
            if key not in ("kind", "code", "goal", "status", "scheduledTiming", "performer", "description", "id"):
                self._tell(f"CarePlan.activity.detail.{key}", "A plan has no place for this element; it was not read.")

    def _timing(self, timing: object) -> Data:
        repeat = timing.get("repeat") if isinstance(timing, dict) else None
        if not isinstance(repeat, dict):
            return {}
        out: Data = {}
        pair = (repeat.get("period"), repeat.get("periodUnit"))
        per = next((word for word, known in codes.PERIODS.items() if known == pair), None)
        if per is not None:
            out["frequency"] = {"count": repeat.get("frequency", 1), "per": per}
        elif "period" in repeat:
            self._tell(
                "CarePlan.activity.detail.scheduledTiming", "How often is told in a way that a plan has no words for."
            )
        bounds = repeat.get("boundsDuration")
        if isinstance(bounds, dict) and (unit := word_of(codes.UNITS, bounds.get("code"))):
            out["duration"] = {"n": bounds.get("value"), "unit": unit}
        if repeat.get("durationUnit") == "min":
            out["session_minutes"] = repeat.get("duration")
        return out

    def _item(self, item: Resource, depth: int) -> None:
        """An answer by its path in a plan file, or by words that name one value of a plan."""
        if depth > _DEEPEST:
            return
        for inner in _dicts(item.get("item")):
            self._item(inner, depth + 1)
        answers = _dicts(item.get("answer"))
        values = [value for answer in answers if (value := _answer(answer)) is not None]
        for answer in answers:
            for inner in _dicts(answer.get("item")):
                self._item(inner, depth + 1)
        if not values:
            return
        link, words = str(item.get("linkId", "")), str(item.get("text", "")).strip().rstrip(":?").lower()
        path = link if _PATH.fullmatch(link) and general(link).removesuffix("[]") in by_path() else ""
        path = path or name_aliases().get(words, "")
        field = by_path().get(general(path).removesuffix("[]")) if path and "[]" not in path else None
        if field is None or field.kind in ("rows", "section"):
            if path and field is not None and field.kind == "rows" and isinstance(values[0], str):
                set_at(self._data, path, values[0])  # a list that was given as a word, such as none
                return
            self._tell("QuestionnaireResponse.item", "A question that no value of a plan answers was not read.")
            return
        if field.kind == "list" and not path.endswith("]"):
            for n, value in enumerate(values):
                set_at(self._data, f"{path}[{n}]", value)
            return
        if len(values) > 1:
            self._tell("QuestionnaireResponse.item", "A question has several answers; only the first was read.")
        set_at(self._data, path, values[0])


def _answer(answer: Resource) -> object:
    for key, value in answer.items():
        if key.startswith("value"):
            if key == "valueCoding" and isinstance(value, dict):
                return _str(value.get("display")) or _str(value.get("code"))
            if isinstance(value, str | bool | int | float):
                return value
    return None


def _without_blanks(data: Mapping[str, object]) -> Data:
    out: Data = {}
    for key, value in data.items():
        if isinstance(value, dict):
            value = _without_blanks(value)
        if value is not None and value not in ({}, []):
            out[key] = value
    return out


def _dicts(value: object) -> list[Resource]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _list(data: Data, key: str) -> list[Data]:
    found = data.setdefault(key, [])
    if not isinstance(found, list):
        raise FhirNotReadable("This Bundle cannot be read as a plan.")
    return found


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _str(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _told(value: object) -> str | None:
    """A text that FHIR demands and we may have had to fill with a question mark."""
    text = _str(value)
    return None if text == "?" else text


def _day(value: object) -> str | None:
    """A date, of a time its day."""
    text = _str(value)
    return text[:10] if text and re.match(r"\d{4}-\d{2}-\d{2}T", text) else text


def _codings(concept: object) -> list[tuple[str, str]]:
    coding = concept.get("coding") if isinstance(concept, dict) else None
    return [(str(one.get("system", "")), code) for one in _dicts(coding) if isinstance(code := one.get("code"), str)]


def _code(concept: object) -> str | None:
    found = _codings(concept)
    return found[0][1] if found else None


def _concept(concept: object, but: str | None = None) -> str | None:
    """The words of a CodeableConcept: its text, the display of a coding, or at last a code (not the code `but`)."""
    if not isinstance(concept, dict):
        return None
    shown = [text for one in _dicts(concept.get("coding")) if (text := _str(one.get("display")))]
    code = _code(concept)
    return _str(concept.get("text")) or (shown[0] if shown else None) or (code if code != but else None)


def _human(name: object) -> str | None:
    if not isinstance(name, dict):
        return None
    parts = [*_texts(name.get("given")), *([name["family"]] if isinstance(name.get("family"), str) else [])]
    return _str(name.get("text")) or " ".join(parts) or None


def _point(one: Resource, system: str) -> str | None:
    return next((_str(each.get("value")) for each in _dicts(one.get("telecom")) if each.get("system") == system), None)


def _address(one: Resource) -> Data:
    found = _dicts(one.get("address"))
    first = found[0] if found else {}
    lines = _texts(first.get("line"))
    return {
        "line1": lines[0] if lines else None,
        "line2": ", ".join(lines[1:]) or None,
        "city": _str(first.get("city")),
        "state": _str(first.get("state")),
        "zip": _str(first.get("postalCode")),
    }


def _period(value: object) -> tuple[str | None, str | None]:
    return (_day(value.get("start")), _day(value.get("end"))) if isinstance(value, dict) else (None, None)


def _identifier(one: Resource, *, system: str = "", type_code: str = "") -> str | None:
    return next(_identifiers(one, system, type_code), None)


def _identifiers(one: Resource, system: str, type_code: str) -> Iterator[str]:
    for each in _dicts(one.get("identifier")):
        if (not system or each.get("system") == system) and (not type_code or _code(each.get("type")) == type_code):
            value = _str(each.get("value"))
            if value:
                yield value
