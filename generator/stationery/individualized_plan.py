"""The formal individualised treatment plan, as a tagged Word template that any agency can fill at once."""

from generator.stationery.word import (
    TINT,
    Sheet,
    default_logo,
    fill_cell,
    letterhead,
    running_footer,
    shade_cell,
    small,
)

TITLE = "Individualized Treatment Plan"
COLOUR = "1F5F8B"


def individualized_plan() -> bytes:
    """The template. Its letterhead prints the agency of the plan; it needs no field map."""
    sheet = Sheet(TITLE, colour=COLOUR, language="en")
    _margins(sheet)
    sheet.document.add_paragraph(TITLE, style="Title")
    sheet.paragraph(
        "{{ patient.name.full }}{% if patient.record_number %}  ·  Record {{ patient.record_number }}{% endif %}"
        "{% if plan.plan_date %}  ·  Plan of {{ plan.plan_date | date_long }}{% endif %}",
        quiet=True,
    )
    for section in (_identity, _coverage, _presenting, _history, _assessment, _snap, _diagnoses, _problems, _responsibilities,
                    _contract, _safety, _around, _discharge, _reviews, _participation, _signatures):  # fmt: skip
        section(sheet)
    return sheet.finish()


def _margins(sheet: Sheet) -> None:
    section = sheet.document.sections[0]
    lines = (
        "{{ agency.address.one_line }}",
        "{% if agency.phone %}Phone {{ agency.phone }}{% endif %}{% if agency.fax %}  ·  Fax {{ agency.fax }}{% endif %}"
        "{% if agency.license_no %}  ·  License {{ agency.license_no }}{% endif %}{% if agency.npi %}  ·  NPI {{ agency.npi }}{% endif %}",
    )
    letterhead(sheet, section.first_page_header, default_logo(COLOUR), lines, "{{ agency.name }}")
    small(section.header.paragraphs[0], f"{{{{ agency.name }}}}  ·  {TITLE}")
    identity = "{{ patient.name.full }}{% if patient.record_number %}  ·  {{ patient.record_number }}{% endif %}"
    for footer in (section.first_page_footer, section.footer):
        running_footer(footer, identity, ("Page", "of"))
        small(
            footer.add_paragraph(),
            "{% if confidentiality.part2_applies %}42 CFR part 2 prohibits unauthorized use or disclosure of these records.{% endif %}",
            size=7.5,
        )


def _identity(sheet: Sheet) -> None:
    table = sheet.table((1.15, 2.3, 1.15, 2.3))
    cells = (
        ("Name", "{{ patient.name.full }}", "Record number", "{{ patient.record_number }}"),
        (
            "Date of birth",
            "{{ patient.dob | date }}{% if patient.age is not none %} (age {{ patient.age }}){% endif %}",
            "Legal status",
            "{{ legal.status_title }}",
        ),
        ("Address", "{{ patient.address.one_line }}", "Phone", "{{ patient.phone }}"),
        ("Level of care", "{{ plan.level_of_care }}", "Admitted", "{{ plan.admission_date | date }}"),
        (
            "Plan date",
            "{{ plan.plan_date | date }}",
            "In force",
            "{{ plan.effective_from | date }}{% if plan.effective_to %} to {{ plan.effective_to | date }}{% endif %}",
        ),
        (
            "Prepared by",
            "{{ plan.prepared_by_staff.full }}",
            "Language",
            "{{ patient.language.preferred }}{% if patient.language.interpreter_mode %} ({{ patient.language.interpreter_mode }}){% endif %}",
        ),
        (
            "Emergency",
            "{{ patient.emergency_contact.name }}{% if patient.emergency_contact.relationship %} ({{ patient.emergency_contact.relationship }}){% endif %}",
            "Phone",
            "{{ patient.emergency_contact.phone }}",
        ),
    )
    for texts in cells:
        row = sheet.row(table, ("", texts[1], "", texts[3]))
        for place in (0, 2):
            fill_cell(row.cells[place], "", label=texts[place])
            shade_cell(row.cells[place], TINT)
    sheet.tag_row(table, "if legal.guardian.name")
    row = sheet.row(
        table,
        (
            "",
            "{{ legal.guardian.name }} ({{ legal.guardian.relationship }}, {{ legal.guardian.authority }})",
            "",
            "{{ legal.guardian.phone }}",
        ),
    )
    for place, text in ((0, "Guardian"), (2, "Phone")):
        fill_cell(row.cells[place], "", label=text)
        shade_cell(row.cells[place], TINT)
    sheet.tag_row(table, "endif")


def _coverage(sheet: Sheet) -> None:
    sheet.tag("if coverage")
    sheet.heading("Insurance and authorization")
    table = sheet.table((1.9, 1.45, 1.75, 1.8), header=("Payer", "Member ID", "Authorization", "Covers"))
    sheet.tag_row(table, "for c in coverage")
    sheet.row(
        table,
        (
            "{{ c.payer }}{% if c.plan_type %} ({{ c.plan_type }}){% endif %}",
            "{{ c.member_id }}{% if c.group_no %}, group {{ c.group_no }}{% endif %}",
            "{{ c.authorization.number }}{% if c.authorization.units %}, {{ c.authorization.units }} units{% endif %}",
            "{{ c.authorization.service }}{% if c.authorization.to %}, {{ c.authorization.from | date }} to {{ c.authorization.to | date }}{% endif %}",
        ),
    )
    sheet.tag_row(table, "endfor")
    sheet.tag("endif")


def _presenting(sheet: Sheet) -> None:
    sheet.heading("Why care is needed")
    sheet.tag("if presenting_problem.patient_words")
    sheet.paragraph("“{{ presenting_problem.patient_words }}”", italic=True)
    sheet.tag("endif")
    sheet.tag("if presenting_problem.description")
    sheet.paragraph("{{ presenting_problem.description }}")
    sheet.tag("endif")
    for label, key in (
        ("Began", "onset"),
        ("Duration", "duration"),
        ("Set off by", "precipitants"),
        ("In daily life", "functional_impact"),
    ):
        sheet.tag(f"if presenting_problem.{key}")
        sheet.labelled(
            label, f"{{{{ presenting_problem.{key} }}}}" if key != "onset" else "{{ presenting_problem.onset | date }}"
        )
        sheet.tag("endif")
    sheet.tag("if referral.source")
    sheet.labelled(
        "Referred by",
        '{{ referral.referrer | none("") }}{% if referral.referrer %}, {% endif %}{{ referral.source }}{% if referral.date %}, {{ referral.date | date }}{% endif %}{% if referral.reason %}: {{ referral.reason }}{% endif %}',
    )
    sheet.tag("endif")


def _history(sheet: Sheet) -> None:
    keys = (
        ("Psychosocial", "psychosocial"), ("Mental health", "mental_health"), ("Medical", "medical"), ("Allergies", "allergies"),
        ("Family", "family"), ("Trauma", "trauma"), ("Legal", "legal"), ("School and work", "education_work"), ("Development", "developmental"),
    )  # fmt: skip
    conditions = " or ".join(f"history.{key}" for _, key in keys)
    sheet.tag(f"if {conditions} or history.medications_text or history.substance_use_text")
    sheet.heading("History")
    pairs = [(label, f"{{{{ history.{key} }}}}", f"history.{key}") for label, key in keys]
    pairs += [
        ("Medicines", "{{ history.medications_text }}", "history.medications_text"),
        ("Substance use", "{{ history.substance_use_text }}", "history.substance_use_text"),
        ("Treatment before", "{{ history.prior_treatment_text }}", "history.prior_treatment_text"),
    ]
    sheet.facts(pairs)
    sheet.tag("endif")


def _assessment(sheet: Sheet) -> None:
    sheet.tag("if assessment.date or assessment.summary or measures")
    sheet.heading("Assessment")
    sheet.facts(
        (
            (
                "Assessed",
                "{{ assessment.date | date }}{% if assessment.assessor_staff.full %} by {{ assessment.assessor_staff.full }}{% endif %}",
                "assessment.date",
            ),
            ("Summary", "{{ assessment.summary }}", "assessment.summary"),
            ("Mental status", "{{ assessment.mental_status }}", "assessment.mental_status"),
            (
                "Level of care",
                "{{ assessment.level_of_care.result }}{% if assessment.level_of_care.instrument %} by {{ assessment.level_of_care.instrument }}"
                "{% if assessment.level_of_care.edition %}, edition {{ assessment.level_of_care.edition }}{% endif %}{% endif %}"
                "{% if assessment.level_of_care.rationale %}. {{ assessment.level_of_care.rationale }}{% endif %}",
                "assessment.level_of_care.result",
            ),
            (
                "Risk",
                "{% if assessment.risk.suicide.level %}Suicide: {{ assessment.risk.suicide.level }}. {% endif %}"
                "{% if assessment.risk.violence.level %}Violence: {{ assessment.risk.violence.level }}. {% endif %}"
                "{% if assessment.risk.withdrawal.level %}Withdrawal: {{ assessment.risk.withdrawal.level }}. {% endif %}"
                "{% if assessment.risk.overdose.level %}Overdose: {{ assessment.risk.overdose.level }}.{% endif %}",
                "assessment.risk.suicide.level or assessment.risk.violence.level or assessment.risk.withdrawal.level or assessment.risk.overdose.level",
            ),
        )
    )
    sheet.tag("if measures")
    sheet.space(6)
    table = sheet.table((1.7, 1.3, 1.0, 1.6, 1.3), header=("Measure", "Date", "Score", "Range", "Again on"))
    sheet.tag_row(table, "for m in measures")
    sheet.row(
        table,
        (
            "{{ m.instrument }}",
            "{{ m.date | date }}",
            "{{ m.score }}{% if m.max %} of {{ m.max }}{% endif %}",
            "{{ m.band }}",
            "{{ m.next_due | date }}",
        ),
    )
    sheet.tag_row(table, "endfor")
    sheet.tag("endif")
    sheet.tag("endif")


def _snap(sheet: Sheet) -> None:
    sheet.tag("if snap.strengths or snap.needs or snap.abilities or snap.preferences")
    sheet.heading("Strengths, needs, abilities, preferences")
    table = sheet.table((1.725, 1.725, 1.725, 1.725), header=("Strengths", "Needs", "Abilities", "Preferences"))
    sheet.row(
        table, tuple(f"{{{{ snap.{key} | bullets }}}}" for key in ("strengths", "needs", "abilities", "preferences"))
    )
    sheet.tag("endif")


def _diagnoses(sheet: Sheet) -> None:
    sheet.tag("if diagnoses")
    sheet.heading("Diagnoses")
    table = sheet.table((0.85, 3.0, 1.15, 1.9), header=("ICD-10-CM", "Diagnosis", "Since", "Diagnosed by"))
    sheet.tag_row(table, "for d in diagnoses")
    sheet.row(
        table,
        (
            "{{ d.icd10cm }}",
            "{{ d.description }}{% if d.specifier %} ({{ d.specifier }}){% endif %}{% if d.rank %}, {{ d.rank_title | lower }}{% endif %}"
            "{% if d.certainty and d.certainty != 'confirmed' %}, {{ d.certainty_title | lower }}{% endif %}",
            "{{ d.duration }}{% if d.onset %} (from {{ d.onset | date }}){% endif %}",
            "{{ d.diagnosed_by_staff.full }}{% if d.diagnosed_on %}, {{ d.diagnosed_on | date }}{% endif %}",
        ),
    )
    sheet.tag_row(table, "endfor")
    sheet.tag("endif")


def _problems(sheet: Sheet) -> None:
    sheet.heading("Problems, goals, objectives and interventions")
    sheet.tag("for p in problems")
    sheet.heading("Problem {{ p.number }}: {{ p.title }}", 2)
    sheet.tag("if p.as_evidenced_by")
    sheet.labelled("As evidenced by", "{{ p.as_evidenced_by }}").paragraph_format.keep_with_next = True
    sheet.tag("endif")
    sheet.tag("if p.diagnosis_refs or p.deferral_reason or p.asam_dimension or p.status")
    sheet.paragraph(
        "{% if p.status %}{{ p.status_title }}.{% endif %}{% if p.diagnosis_refs %} Linked to {{ p.diagnosis_refs | commas }}.{% endif %}"
        "{% if p.asam_dimension %} ASAM dimension {{ p.asam_dimension }}.{% endif %}{% if p.deferral_reason %} {{ p.deferral_reason }}{% endif %}",
        quiet=True,
    )
    sheet.tag("endif")
    sheet.tag("for g in p.goals")
    sheet.heading("Goal {{ g.number }}: {{ g.statement }}", 3)
    sheet.tag("if g.patient_words")
    sheet.paragraph("“{{ g.patient_words }}”", italic=True).paragraph_format.keep_with_next = True
    sheet.tag("endif")
    sheet.paragraph(
        "{% if g.term %}{{ g.term_title }}-term goal. {% endif %}{% if g.target_date %}By {{ g.target_date | date }}. {% endif %}"
        "{% if g.strengths_used %}Builds on: {{ g.strengths_used | commas }}. {% endif %}{% if g.discharge_criterion %}Done when: {{ g.discharge_criterion }}.{% endif %}",
        quiet=True,
    ).paragraph_format.keep_with_next = True
    _objectives(sheet)
    sheet.tag("endfor")
    sheet.tag("endfor")


def _objectives(sheet: Sheet) -> None:
    sheet.tag("if g.objectives")
    table = sheet.table((2.75, 1.45, 1.3, 1.4))
    sheet.tag_row(table, "for o in g.objectives")
    sheet.wide_row(table, "{{ o.statement }}", label="Objective {{ o.number }}", shade=TINT)
    sheet.wide_row(
        table,
        "{% if o.measure.what %}{{ o.measure.what }}: {{ o.measure.text }}{% endif %}{% if o.measure.instrument %}, by {{ o.measure.instrument }}{% endif %}"
        "{% if o.measure.baseline_date %} (today's number from {{ o.measure.baseline_date | date }}){% endif %}"
        "{% if o.target_date %}  ·  {% if o.start_date %}{{ o.start_date | date }} to {% else %}by {% endif %}{{ o.target_date | date }}{% endif %}"
        "{% if o.status %}  ·  {{ o.status_title }}{% endif %}",
        label="Measure",
    )
    sheet.tag_row(table, "if o.interventions")
    sheet.row(table, ("Intervention", "How", "How often, how long", "Who"), bold=True)
    sheet.tag_row(table, "for i in o.interventions")
    sheet.row(
        table,
        (
            "{{ i.description }}{% if i.added_because %} (added {{ i.added_on | date }}: {{ i.added_because }}){% endif %}",
            "{{ i.modality }}{% if i.method %}, {{ i.method_title | lower }}{% endif %}{% if i.delivery %}, {{ i.delivery_title | lower }}{% endif %}{% if i.code %}, {{ i.code }}{% endif %}",
            "{{ i.when_text }}",
            "{{ i.staff.full }}",
        ),
    )
    sheet.tag_row(table, "endfor")
    sheet.tag_row(table, "endif")
    sheet.tag_row(table, "for x in o.progress")
    sheet.wide_row(
        table, "{{ x.date | date }}: {{ x.value }}{% if x.note %}, {{ x.note }}{% endif %}", label="Progress"
    )
    sheet.tag_row(table, "endfor")
    sheet.wide_row(
        table, "____________________________________________   Date ____________", label="Progress", keep=False
    )
    sheet.tag_row(table, "endfor")
    sheet.tag("endif")
    sheet.space(6)


def _responsibilities(sheet: Sheet) -> None:
    sheet.tag(
        "if responsibilities.patient or responsibilities.therapist or responsibilities.family or responsibilities.agency"
    )
    sheet.heading("Who does what")
    sheet.facts(
        tuple(
            (label, f"{{{{ responsibilities.{key} | bullets }}}}", f"responsibilities.{key}")
            for label, key in (
                ("I will", "patient"),
                ("My therapist will", "therapist"),
                ("My family will", "family"),
                ("The agency will", "agency"),
            )
        )
    )
    sheet.tag("endif")


def _contract(sheet: Sheet) -> None:
    sheet.heading("Treatment contract")
    for label, text, condition in (
        ("Our goals in short", "{{ contract.goals_summary }}", "contract.goals_summary"),
        ("Attendance", "{{ contract.attendance }}{% if contract.cancellation_notice_hours %} Please call {{ contract.cancellation_notice_hours }} hours ahead to cancel.{% endif %}", "contract.attendance"),
        ("Costs", "{% if contract.fees.copay is not none %}Copay {{ contract.fees.copay | money }} a visit. {% endif %}{% if contract.fees.self_pay_rate %}Self-pay rate {{ contract.fees.self_pay_rate | money }}. {% endif %}"
         "{% if contract.fees.missed_visit_fee %}Missed visit {{ contract.fees.missed_visit_fee | money }}. {% endif %}{% if contract.fees.good_faith_estimate_given_on %}Cost estimate given {{ contract.fees.good_faith_estimate_given_on | date }}.{% endif %}",
         "contract.fees.copay is not none or contract.fees.self_pay_rate"),
    ):  # fmt: skip
        sheet.tag(f"if {condition}")
        sheet.labelled(label, text)
        sheet.tag("endif")
    sheet.tag("if contract.confidentiality_limits")
    sheet.labelled("What I say stays private, except", "").paragraph_format.keep_with_next = True
    sheet.loop_of_bullets("c", "contract.confidentiality_limits")
    sheet.tag("endif")
    sheet.tag(
        "if contract.crisis_plan.call_988 or contract.crisis_plan.emergency or contract.crisis_plan.agency_after_hours"
    )
    sheet.labelled(
        "In a crisis",
        "{% if contract.crisis_plan.call_988 %}Call or text 988. {% endif %}{% if contract.crisis_plan.emergency %}Emergency: {{ contract.crisis_plan.emergency }}. {% endif %}"
        "{% if contract.crisis_plan.agency_after_hours %}After hours: {{ contract.crisis_plan.agency_after_hours }}. {% endif %}{% if contract.crisis_plan.trusted_person %}A person I trust: {{ contract.crisis_plan.trusted_person }}.{% endif %}",
    )
    sheet.tag("endif")
    for label, key in (
        ("Ending treatment", "termination"),
        ("Complaints", "grievance"),
        ("Consent", "consent_statement"),
    ):
        sheet.tag(f"if contract.{key}")
        sheet.labelled(label, f"{{{{ contract.{key} }}}}")
        sheet.tag("endif")
    sheet.tag("if contract.other_terms")
    sheet.labelled("We also agree", "").paragraph_format.keep_with_next = True
    sheet.loop_of_bullets("t", "contract.other_terms")
    sheet.tag("endif")
    sheet.tag("if contract.telehealth.consented_on")
    sheet.labelled(
        "Telehealth",
        "Consent given {{ contract.telehealth.consented_on | date }}{% if contract.telehealth.platform %}, {{ contract.telehealth.platform }}{% endif %}{% if contract.telehealth.backup_phone %}, backup phone {{ contract.telehealth.backup_phone }}{% endif %}.",
    )
    sheet.tag("endif")
    sheet.tag("if blended_care.in_person_share or blended_care.online_share")
    sheet.labelled(
        "Blended care",
        "In person: {{ blended_care.in_person_share }}. Online: {{ blended_care.online_share }}.{% if blended_care.between_session_contact %} {{ blended_care.between_session_contact }}{% endif %}{% if blended_care.fallback %} If the connection fails: {{ blended_care.fallback }}.{% endif %}",
    )
    sheet.tag("endif")
    sheet.tag("if contract.rules_and_rights_received_on")
    sheet.paragraph(
        "Program rules and my rights received on {{ contract.rules_and_rights_received_on | date }}.", quiet=True
    )
    sheet.tag("endif")


def _safety(sheet: Sheet) -> None:
    sheet.tag("if safety_plan.warning_signs or safety_plan.internal_coping or safety_plan.professionals")
    sheet.heading("Safety plan{% if safety_plan.date %} of {{ safety_plan.date | date }}{% endif %}")
    table = sheet.table((1.75, 5.15))
    for label, key in (("1  Warning signs", "warning_signs"), ("2  What I can do alone", "internal_coping")):
        row = sheet.row(table, ("", f"{{{{ safety_plan.{key} | bullets }}}}"))
        fill_cell(row.cells[0], "", label=label)
    for label, key in (
        ("3  People and places that distract", "distraction_people_places"),
        ("4  People I can ask for help", "people_to_ask"),
        ("5  Professionals", "professionals"),
    ):
        row = sheet.row(
            table,
            (
                "",
                f"{{% for h in safety_plan.{key} %}}{{{{ h.name }}}}{{% if h.phone %}} {{{{ h.phone }}}}{{% endif %}}{{% if not loop.last %}}; {{% endif %}}{{% endfor %}}",
            ),
        )
        fill_cell(row.cells[0], "", label=label)
    row = sheet.row(table, ("", "{{ safety_plan.means_safety | bullets }}"))
    fill_cell(row.cells[0], "", label="6  A safer home")
    sheet.tag("endif")


def _around(sheet: Sheet) -> None:
    sheet.tag("if accommodations")
    sheet.heading("Accommodations")
    table = sheet.table((2.2, 1.0, 2.4, 1.3), header=("Need", "Decision", "What changes", "Review"))
    sheet.tag_row(table, "for a in accommodations")
    sheet.row(
        table,
        (
            "{{ a.need }}{% if a.basis %} ({{ a.basis }}){% endif %}{% if a.requested_by %}. Asked by {{ a.requested_by }}{% if a.requested_on %}, {{ a.requested_on | date }}{% endif %}{% endif %}",
            "{{ a.determination_title }}{% if a.determination_reason %}: {{ a.determination_reason }}{% endif %}",
            "{{ a.change_to_usual_procedure }}",
            "{{ a.review_on | date }}{% if a.staff.full %}, {{ a.staff.full }}{% endif %}",
        ),
    )
    sheet.tag_row(table, "endfor")
    sheet.tag("endif")
    sheet.tag("if barriers")
    sheet.heading("What could get in the way")
    table = sheet.table((2.6, 4.3), header=("Barrier", "Plan"))
    sheet.tag_row(table, "for b in barriers")
    sheet.row(table, ("{{ b.barrier }}", "{{ b.plan }}"))
    sheet.tag_row(table, "endfor")
    sheet.tag("endif")
    sheet.tag("if coordination")
    sheet.heading("Others in my care")
    table = sheet.table((2.6, 2.6, 1.7), header=("Provider", "Service", "Release"))
    sheet.tag_row(table, "for c in coordination")
    sheet.row(
        table,
        (
            "{{ c.provider }}",
            "{{ c.service }}",
            "{{ c.roi_on_file | yesno }}{% if c.roi_expires %}, until {{ c.roi_expires | date }}{% endif %}",
        ),
    )
    sheet.tag_row(table, "endfor")
    sheet.tag("endif")


def _discharge(sheet: Sheet) -> None:
    sheet.tag("if discharge.criteria or discharge.transition_plan or discharge.anticipated_date")
    sheet.heading("Discharge and what comes after")
    sheet.facts(
        (
            ("Done when", "{{ discharge.criteria | bullets }}", "discharge.criteria"),
            (
                "Expected length",
                "{{ discharge.projected_length.text }}{% if discharge.anticipated_date %}, until about {{ discharge.anticipated_date | date }}{% endif %}",
                "discharge.projected_length.text or discharge.anticipated_date",
            ),
            ("Transition", "{{ discharge.transition_plan }}", "discharge.transition_plan"),
            ("Aftercare", "{{ discharge.aftercare | bullets }}", "discharge.aftercare"),
            (
                "Talked over on",
                "{{ discharge.discussed_with_patient_on | date }}",
                "discharge.discussed_with_patient_on",
            ),
        )
    )
    sheet.tag("endif")


def _reviews(sheet: Sheet) -> None:
    sheet.tag("if reviews.next_due or reviews.history")
    sheet.heading("Review")
    sheet.tag("if reviews.next_due")
    sheet.labelled(
        "Next review",
        "{{ reviews.next_due | date }}{% if reviews.interval_days %} (every {{ reviews.interval_days }} days){% endif %}{% if reviews.basis %}. {{ reviews.basis }}{% endif %}",
    )
    sheet.tag("endif")
    sheet.tag("for r in reviews.history")
    sheet.labelled(
        "Review of {{ r.date | date }}",
        "{{ r.summary }}{% if r.next_review %} Next: {{ r.next_review | date }}.{% endif %}",
    )
    sheet.tag("endfor")
    sheet.tag("endif")


def _participation(sheet: Sheet) -> None:
    sheet.tag("if participation.statement or participation.refusal_reason")
    sheet.heading("How this plan was made")
    sheet.paragraph(
        "{{ participation.statement }}{% if participation.family_participation %} {{ participation.family_participation }}{% endif %}{% if participation.agreement %} Agreement: {{ participation.agreement_title | lower }}.{% endif %}{% if participation.refusal_reason %} {{ participation.refusal_reason }}{% endif %}"
    )
    sheet.tag("if participation.copy_given_on")
    sheet.paragraph(
        "A copy was given on {{ participation.copy_given_on | date }}{% if participation.read_aloud %} and read aloud{% endif %}.",
        quiet=True,
    )
    sheet.tag("endif")
    sheet.tag("endif")


def _signatures(sheet: Sheet) -> None:
    sheet.heading("Signatures")
    table = sheet.table((2.3, 2.7, 1.9), header=("Name", "Signature", "Date"))
    sheet.tag_row(table, "for s in signatures")
    sheet.row(
        table,
        (
            "{{ s.name }}{% if s.credential %}, {{ s.credential }}{% endif %}\n{{ s.role_title }}{% if s.relationship %} ({{ s.relationship }}){% endif %}",
            "{% if s.reason_missing %}{{ s.reason_missing }}{% elif s.signed_on and s.method %}Signed ({{ s.method }}){% endif %}",
            "{{ s.signed_on | date }}",
        ),
        keep=True,
    )
    sheet.tag_row(table, "endfor")
    sheet.tag_row(table, "if not signatures")
    sheet.row(table, ("{{ patient.name.full }}\n", "", ""))
    sheet.tag_row(table, "endif")
    sheet.tag_row(table, "if not signatures")
    sheet.row(table, ('{{ plan.prepared_by_staff.full | none("Clinician") }}\n', "", ""))
    sheet.tag_row(table, "endif")
