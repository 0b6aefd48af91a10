"""A plan as a FHIR bundle: what FHIR has an element for goes there, all else into a QuestionnaireResponse by its path.

What the resources carry is found out by reading them again (`inward`), so that nothing is lost and nothing said twice.
"""

import hashlib
import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import date

from generator.exchange.fhir.codes import (
    ACHIEVEMENT,
    CATEGORY,
    CERTAINTY,
    CLINICAL,
    CONTACT_ROLE,
    COPAY_TYPE,
    COVERAGE_CLASS,
    COVERAGE_ORDER,
    EIN,
    GENDER,
    GOAL_STATUS,
    GUARDIAN_ROLE,
    ICD10CM,
    IDENTIFIER_TYPE,
    NPI,
    PERIODS,
    PERTAINS,
    PLAN_ITEMS,
    PROBLEM_STATUS,
    SERVICE_SYSTEMS,
    SSN,
    UNITS,
    VERIFICATION,
)
from generator.exchange.fhir.inward import plan_from_resources
from generator.exchange.plan_file import plan_as_json
from generator.plan import Plan
from generator.plan.diagnosis import Diagnosis
from generator.plan.goals import Goal, Intervention, Objective, Problem
from generator.plan.header import Address
from generator.plan.people import StaffMember
from generator.plan.types.partial_date import PartialDate
from generator.plan.walk import leaves

Resource = dict[str, object]
_CODE = re.compile(r"[^\s]+( [^\s]+)*")


def as_bundle(plan: Plan) -> Resource:
    """A Bundle of type collection, as JSON data. The same plan gives the same bundle."""
    writer = _Writer(plan)
    resources = writer.resources()
    read, _ = plan_from_resources(resources)
    carried = {leaf.path: _same_form(leaf.value) for leaf in leaves(read)}
    items: list[Resource] = [
        {"linkId": leaf.path, "text": leaf.info.title or leaf.path, "answer": [_answer(leaf.value)]}
        for leaf in leaves(plan)
        if carried.get(leaf.path) != _same_form(leaf.value)
        and str(leaf.value).strip()
        and not leaf.path.startswith("_")
    ]
    if items:
        resources.append(writer.questionnaire_response(items))
    entry = [{"fullUrl": writer.url(str(one["id"])), "resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entry}


def _same_form(value: object) -> object:
    return (
        float(value)
        if isinstance(value, int) and not isinstance(value, bool)
        else str(value)
        if isinstance(value, PartialDate)
        else value
    )


def _answer(value: object) -> Resource:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int) and abs(value) < 2**31:
        return {"valueInteger": value}
    if isinstance(value, int | float):
        return {"valueDecimal": value}
    if isinstance(value, date):
        return {"valueDate": value.isoformat()}
    return {"valueString": str(value)}


class _Writer:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._seed = uuid.UUID(bytes=hashlib.sha256(plan_as_json(plan).encode("utf-8", "replace")).digest()[:16])
        self._staff = {member.id: n for n, member in enumerate(plan.staff) if member.id}

    def _id(self, kind: str, *place: int) -> str:
        return str(uuid.uuid5(self._seed, f"{kind}/{'.'.join(map(str, place))}"))

    def url(self, own_id: str) -> str:
        return f"urn:uuid:{own_id}"

    def _to(self, kind: str, *place: int) -> Resource:
        return {"reference": self.url(self._id(kind, *place))}

    def _person(self, reference: str | None) -> Resource | None:
        return self._to("Practitioner", self._staff[reference]) if reference in self._staff else None

    def resources(self) -> list[Resource]:
        """All resources but the answers, in the order of a plan file."""
        plan = self._plan
        out = [self._patient(), self._organization()]
        for n, member in enumerate(plan.staff):
            out.append(self._practitioner(n, member))
            if member.role:
                role = {"practitioner": self._to("Practitioner", n), "code": [_words(member.role)]}
                out.append(self._made("PractitionerRole", (n,), role))
        out += [self._coverage(n) for n in range(len(plan.coverage))]
        out += [self._diagnosis(n, one) for n, one in enumerate(plan.diagnoses)]
        for p, problem in enumerate(plan.problems):
            out.append(self._problem(p, problem))
            for g, goal in enumerate(problem.goals):
                out.append(self._goal(p, g, goal))
                out += [self._objective((p, g, o), one) for o, one in enumerate(goal.objectives)]
        out.append(self._care_plan())
        return out

    def _made(self, kind: str, place: tuple[int, ...], body: Mapping[str, object]) -> Resource:
        return {"resourceType": kind, "id": self._id(kind, *place), **_filled(body)}

    def _patient(self) -> Resource:
        one, legal = self._plan.patient, self._plan.legal
        name = one.name
        names = [
            {
                "use": "official",
                "family": name.last,
                "given": _some(name.first, name.middle) if name.first else None,
                "suffix": _some(name.suffix),
            }
        ]
        if name.preferred:
            names.append({"use": "nickname", "given": [name.preferred]})
        language = one.language.preferred
        emergency, guardian = one.emergency_contact, legal.guardian
        contacts = [
            {
                "relationship": [_coded(CONTACT_ROLE, "C"), *_some_words(emergency.relationship)],
                "name": _text(emergency.name),
                "telecom": _telecom(("phone", emergency.phone)),
            }
        ]
        if guardian.name or guardian.phone:
            contacts.append(
                {
                    "relationship": [_coded(GUARDIAN_ROLE, "GUARD"), *_some_words(guardian.relationship)],
                    "name": _text(guardian.name),
                    "telecom": _telecom(("phone", guardian.phone)),
                }
            )
        return self._made(
            "Patient",
            (0,),
            {
                "identifier": [
                    *_identifier(one.record_number, type_code="MR"),
                    *_identifier(one.ssn, system=SSN, type_code="SS"),
                ],
                "name": [one for one in names if len(_filled(one)) > 1],
                "gender": GENDER.get((one.sex or "").lower()),
                "birthDate": one.dob.isoformat() if one.dob else None,
                "telecom": _telecom(("phone", one.phone), ("email", one.email)),
                "address": [_address(one.address)],
                "maritalStatus": _text(one.marital_status),
                "communication": [{"language": _coded("urn:ietf:bcp:47", language), "preferred": True}]
                if language and _CODE.fullmatch(language)
                else None,
                "contact": [one for one in contacts if {"name", "telecom"} & _filled(one).keys()],
                "managingOrganization": self._to("Organization", 0) if self._plan.agency.name else None,
            },
        )

    def _organization(self) -> Resource:
        one = self._plan.agency
        return self._made(
            "Organization",
            (0,),
            {
                "identifier": [*_identifier(one.npi, system=NPI), *_identifier(one.ein, system=EIN)],
                "name": one.name or "?",
                "telecom": _telecom(("phone", one.phone), ("fax", one.fax), ("email", one.email), ("url", one.web)),
                "address": [_address(one.address)],
            },
        )

    def _practitioner(self, n: int, one: StaffMember) -> Resource:
        return self._made(
            "Practitioner",
            (n,),
            {
                "identifier": [*_identifier(one.npi, system=NPI), *_identifier(one.license_no, type_code="LN")],
                "name": [_text(one.name)] if one.name else None,
                "qualification": [{"code": _words(one.credential)}] if one.credential else None,
            },
        )

    def _coverage(self, n: int) -> Resource:
        one = self._plan.coverage[n]
        return self._made(
            "Coverage",
            (n,),
            {
                "status": "active",
                "type": _text(one.plan_type),
                "subscriberId": one.member_id,
                "beneficiary": self._to("Patient", 0),
                "relationship": _text(one.subscriber.relationship),
                "period": _period(one.effective_from, one.effective_to),
                "payor": [{"display": one.payer or "?"}],
                "class": [{"type": _coded(COVERAGE_CLASS, "group"), "value": one.group_no}] if one.group_no else None,
                "order": COVERAGE_ORDER.get(one.order or ""),
                "costToBeneficiary": [
                    {"type": _coded(COPAY_TYPE, "copay"), "valueMoney": {"value": one.copay, "currency": "USD"}}
                ]
                if one.copay is not None
                else None,
            },
        )

    def _diagnosis(self, n: int, one: Diagnosis) -> Resource:
        code = (one.icd10cm or "").strip()
        coding = [{"system": ICD10CM, "code": code}] if code and _CODE.fullmatch(code) else None
        onset = _partial(one.onset)
        return self._made(
            "Condition",
            (n,),
            {
                "clinicalStatus": _coded(CLINICAL, "active"),
                "verificationStatus": _coded(VERIFICATION, CERTAINTY.get(one.certainty or "")),
                "category": [_coded(CATEGORY, "encounter-diagnosis")],
                "code": {"coding": coding, "text": one.description},
                "subject": self._to("Patient", 0),
                "onsetDateTime": onset,
                "recordedDate": one.diagnosed_on.isoformat() if one.diagnosed_on else None,
                "asserter": self._person(one.diagnosed_by),
            },
        )

    def _problem(self, p: int, one: Problem) -> Resource:
        return self._made(
            "Condition",
            (p, 0),
            {
                "clinicalStatus": _coded(CLINICAL, PROBLEM_STATUS.get(one.status, "active") if one.status else None),
                "category": [_coded(CATEGORY, "problem-list-item")],
                "code": {"text": one.title or "?"},
                "subject": self._to("Patient", 0),
                "recordedDate": one.identified_on.isoformat() if one.identified_on else None,
                "evidence": [{"code": [_words(one.as_evidenced_by)]}] if one.as_evidenced_by else None,
            },
        )

    def _goal(self, p: int, g: int, one: Goal) -> Resource:
        due = one.target_date.isoformat() if one.target_date else None
        body = {
            **_goal_status(one.status),
            "description": {"text": one.statement or "?"},
            "subject": self._to("Patient", 0),
            "target": [{"dueDate": due}] if due else None,
            "addresses": [self._to("Condition", p, 0)],
        }
        return self._made("Goal", (p, g), body)

    def _objective(self, place: tuple[int, int, int], one: Objective) -> Resource:
        p, g, _ = place
        due = one.target_date.isoformat() if one.target_date else None
        measure = _text(one.measure.what)
        target = {"measure": measure, "detailString": _said(one.measure.target) if measure else None, "dueDate": due}
        body = {
            "extension": [{"url": PERTAINS, "valueReference": self._to("Goal", p, g)}],
            **_goal_status(one.status),
            "description": {"text": one.statement or "?"},
            "subject": self._to("Patient", 0),
            "startDate": one.start_date.isoformat() if one.start_date else None,
            "target": [target] if _filled(target) else None,
            "statusDate": one.status_date.isoformat() if one.status_date else None,
        }
        return self._made("Goal", place, body)

    def _care_plan(self) -> Resource:
        plan = self._plan
        goals = [(p, g) for p, problem in enumerate(plan.problems) for g in range(len(problem.goals))]
        activities = [
            self._activity((p, g, o), one)
            for p, g in goals
            for o, objective in enumerate(plan.problems[p].goals[g].objectives)
            for one in objective.interventions
        ]
        places = [(p, g, o) for p, g in goals for o in range(len(plan.problems[p].goals[g].objectives))]
        head = plan.plan
        return self._made(
            "CarePlan",
            (0,),
            {
                "identifier": [{"value": head.id}] if head.id else None,
                "status": "active",
                "intent": "plan",
                "subject": self._to("Patient", 0),
                "period": _period(head.effective_from, head.effective_to),
                "created": head.plan_date.isoformat() if head.plan_date else None,
                "author": self._person(head.prepared_by),
                "addresses": [self._to("Condition", p, 0) for p in range(len(plan.problems))],
                "goal": [self._to("Goal", *place) for place in [*goals, *places]],
                "activity": activities,
            },
        )

    def _activity(self, objective: tuple[int, int, int], one: Intervention) -> Resource:
        system = SERVICE_SYSTEMS.get(one.code_system or "")
        coding = [{"system": system, "code": one.code}] if system and one.code and _CODE.fullmatch(one.code) else None
        performer = self._person(one.responsible_staff)
        return {
            "detail": _filled(
                {
                    "kind": "ServiceRequest",
                    "code": {"coding": coding, "text": one.modality},
                    "goal": [self._to("Goal", *objective)],
                    "status": "in-progress",
                    "scheduledTiming": _timing(one),
                    "performer": [performer] if performer else None,
                    "description": one.description,
                }
            )
        }

    def questionnaire_response(self, items: list[Resource]) -> Resource:
        """What no other resource has an element for, by its path in a plan file."""
        body = {"questionnaire": PLAN_ITEMS, "status": "completed", "subject": self._to("Patient", 0), "item": items}
        return self._made("QuestionnaireResponse", (0,), body)


def _timing(one: Intervention) -> Resource | None:
    repeat: Resource = {}
    per = PERIODS.get(one.frequency.per or "")
    count = one.frequency.count
    if per and isinstance(count, int) and count > 0:
        repeat |= {"frequency": count, "period": per[0], "periodUnit": per[1]}
    unit = UNITS.get(one.duration.unit or "")
    if unit and one.duration.n is not None and one.duration.n >= 0:
        repeat["boundsDuration"] = {"value": one.duration.n, "system": "http://unitsofmeasure.org", "code": unit}
    if one.session_minutes is not None and one.session_minutes >= 0:
        repeat |= {"duration": one.session_minutes, "durationUnit": "min"}
    return {"repeat": repeat} if repeat else None


def _goal_status(status: str | None) -> Resource:
    # FHIR demands a lifecycle status: a goal without one is proposed, one without a code of its own is active.
    lifecycle, achievement = GOAL_STATUS.get(status, ("active", "")) if status else ("proposed", "")
    return {"lifecycleStatus": lifecycle, "achievementStatus": _coded(ACHIEVEMENT, achievement)}


def _filled(body: Mapping[str, object]) -> Resource:
    """The element without what is blank: FHIR knows no empty text, list or element."""
    out: Resource = {}
    for key, value in body.items():
        if isinstance(value, dict):
            value = _filled(value)
        elif isinstance(value, list | tuple):
            value = [
                inner
                for one in value
                if (inner := _filled(one) if isinstance(one, dict) else one) not in ({}, None, "")
            ]
        if value is not None and value not in ({}, []) and not (isinstance(value, str) and not value.strip()):
            out[key] = value
    return out


def _some(*texts: str | None) -> list[str]:
    return [text for text in texts if text and text.strip()]


def _words(text: str | None) -> Resource:
    return {"text": text}


def _text(text: str | None) -> Resource | None:
    return {"text": text} if text else None


def _some_words(text: str | None) -> list[Resource]:
    return [_words(text)] if text else []


def _coded(system: str, code: str | None) -> Resource:
    return {"coding": [{"system": system, "code": code}]} if code else {}


def _said(value: object) -> str | None:
    return None if value is None else str(value)


def _identifier(value: str | None, *, system: str = "", type_code: str = "") -> Iterator[Resource]:
    if value and value.strip():
        yield _filled({"type": _coded(IDENTIFIER_TYPE, type_code), "system": system, "value": value})


def _telecom(*points: tuple[str, str | None]) -> list[Resource]:
    return [{"system": system, "value": value} for system, value in points if value and value.strip()]


def _address(one: Address) -> Resource:
    lines = _some(one.line1, one.line2) if one.line1 else None
    return {"line": lines, "city": one.city, "state": one.state, "postalCode": one.zip}


def _period(start: date | None, end: date | None) -> Resource:
    return {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}


def _partial(value: object) -> str | None:
    text = str(value) if value is not None else ""
    return text if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII) else None
