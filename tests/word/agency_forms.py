"""Forms of invented agencies, in styles as far from each other as real ones are."""

from tests.word.form_maker import B, Maker, box, date, room, tab, under

GREY = "D9D9D9"
_RULE = '<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="9000"/></w:tabs>'
_RULES = '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="5000"/><w:tab w:val="right" w:leader="underscore" w:pos="9000"/></w:tabs>'


def nested_tables() -> Maker:
    """A layout table with label tables inside it; shaded headings; cells merged down as row heads."""
    f = Maker()
    f.p("Comprehensive Service Plan", bold=True, props='<w:jc w:val="center"/>')

    def left(cell):
        f.table(
            [1500, 3000],
            [
                [{"in": "CLIENT", "span": 2, "shade": GREY, "bold": True}],
                ["Full name", room("Full name", "Ana Diaz")],
                ["Birth date", room("Birth date", "03/04/1990")],
                ["Chart number", room("Chart number", "C-881")],
            ],
            to=cell,
        )

    def right(cell):
        f.table(
            [1500, 3000],
            [
                [{"in": "PROVIDER", "span": 2, "shade": GREY, "bold": True}],
                ["Therapist:", room("Therapist", "R. Osei, LCSW")],
                ["Program:", room("Program", "Adult outpatient")],
                ["Start of services:", room("Start of services", "11/02/2026")],
            ],
            to=cell,
        )

    f.table([4700, 4700], [[left, right]], borders=False)
    f.p("")
    f.table(
        [1800, 2600, 2600, 2400],
        [
            [{"in": "INSURANCE", "span": 4, "shade": GREY}],
            [
                {"in": "Primary", "merge": "restart"},
                "Company",
                {"in": room("Primary Company", "Acme Health"), "span": 2},
            ],
            [{"in": "", "merge": "continue"}, "Policy no.", {"in": room("Primary Policy no.", "P-1"), "span": 2}],
            [
                {"in": "Secondary", "merge": "restart"},
                "Company",
                {"in": room("Secondary Company", "Beta Mutual"), "span": 2},
            ],
            [{"in": "", "merge": "continue"}, "Policy no.", {"in": room("Secondary Policy no.", "S-2"), "span": 2}],
        ],
    )
    f.p("")
    rows = [
        [room("Need", f"need {n}", group="needs", index=n), room("Service", f"service {n}", group="needs", index=n),
         room("Begins", f"01/0{n + 1}/2027", group="needs", index=n), room("Ends", f"02/0{n + 1}/2027", group="needs", index=n)]
        for n in range(3)
    ]  # fmt: skip
    f.table(
        [3000, 3000, 1700, 1700],
        [
            [{"in": "What is planned", "span": 2, "shade": GREY}, {"in": "Dates", "span": 2, "shade": GREY}],
            ["Need", "Service", "Begins", "Ends"],
            *rows,
        ],
    )
    f.groups.append({"id": "needs", "kind": "rows", "grows": True})
    f.overflow += [
        {"group": "needs", "index": 3, "label": "Need", "text": "need 3 beyond"},
        {"group": "needs", "index": 3, "label": "Service", "text": "service 3 beyond"},
    ]
    f.p("")
    f.table(
        [9400],
        [
            [{"in": "Office use only", "shade": GREY}],
            [["Received by: ", under("Received by")]],
            [["Date: ", date("Office date")]],
        ],
    )
    f.p("Comments and client feedback:")
    f.table(
        [9400], [{"height": 1400, "cells": [room("Comments and client feedback", "Wants evening visits.", "big-box")]}]
    )
    return f


def labels_after() -> Maker:
    """Blanks first, their names after or under them; leaders to the right margin; numbered lines."""
    f = Maker()
    f.p("AUTHORIZATION AND AGREEMENT", bold=True)
    f.p(
        under("Client name", "Tomas Reyes", 40),
        " Client name     ",
        under("Record number", "R-77", 14),
        " Record number",
    )
    f.p("")
    f.p(under("Street", "12 Elm St", 46), " (street)")
    f.p(
        under("City", "Dover", 20),
        " (city)  ",
        under("State", "NH", 6),
        " (state)  ",
        under("Zip", "03820", 10),
        " (zip)",
    )
    f.p("Telephone", tab("Telephone", "603 555 0101"), props=_RULE)
    f.p(
        "Emergency contact",
        tab("Emergency contact", "Luz Reyes"),
        "Relationship",
        tab("Relationship", "sister"),
        props=_RULES,
    )
    f.p("I agree to these goals:", bold=True)
    for n in range(1, 5):
        f.p(f"{n})  ", under(f"I agree to these goals {n}", f"goal number {n}", 60))
    f.p(
        "The fee is $",
        under("The fee is", "45.00", 10),
        " for each visit, and ",
        under("visits for a month", "4", 6),
        " visits a month are planned.",
    )
    f.p(
        "My counselor is ",
        under("My counselor is", "Dana Wu", 30),
        ", who can be reached at ",
        under("who can be reached at", "603-555-0144", 20),
        ".",
    )
    f.p(
        "Signed this ",
        under("Signed this", "", 6),
        " day of ",
        under("day of", "", 16),
        ", 20",
        under("20 year", "", 4),
    )
    f.p("")
    f.p(B("underscore", "Signature of client", "", "_" * 34), "\t", B("underscore", "Date", "", "_" * 16))
    f.p("Signature of client\tDate")
    f.p("")
    f.p(
        B("underscore", "Printed name of client", "Tomas Reyes", "_" * 34),
        "\t",
        B("underscore", "Title or relationship", "client", "_" * 16),
    )
    f.p("Printed name of client\tTitle or relationship")
    return f


def spanish() -> Maker:
    """Spanish: brackets to tick, dotted lines, a date in words, choices to circle, label cells."""
    f = Maker()
    f.p("HOJA DE ADMISIÓN", bold=True)
    f.p("Nombre del paciente: ", B("dots", "Nombre del paciente", "Inés Peña", "." * 50))
    f.p(
        "Dirección: ",
        B("dots", "Dirección", "Calle 8", "…" * 20),
        "  Ciudad: ",
        B("dots", "Ciudad", "Laredo", "." * 20),
    )
    f.p(
        "Sexo:  ",
        box("Sexo: Femenino", True, "[ ]"),
        " Femenino   ",
        box("Sexo: Masculino", False, "[ ]"),
        " Masculino   ",
        box("Sexo: Otro", False, "[ ]"),
        " Otro",
    )
    f.p(
        "¿Toma medicamentos?  ",
        box("Toma medicamentos: Sí", True, "( )"),
        " Sí   ",
        box("Toma medicamentos: No", False, "( )"),
        " No     ¿Cuáles? ",
        under("Cuáles", "sertralina", 30),
    )
    f.p(
        "Idioma de preferencia (marque uno):  ",
        B("circle-one", "Idioma de preferencia", "Español", "Español / Inglés / Otro", ("Español", "Inglés", "Otro")),
    )
    f.table(
        [2200, 2600, 2200, 2600],
        [
            ["Fecha de nacimiento", room("Fecha de nacimiento", "09/02/1980"), "Edad", room("Edad", "46")],
            ["Ocupación", room("Ocupación", "costurera"), "Estado civil", room("Estado civil", "casada")],
            [
                {"in": "Persona a quien avisar", "span": 1},
                {"in": room("Persona a quien avisar", "Juan Peña"), "span": 3},
            ],
        ],
    )
    f.p("")
    f.p("Motivo de la consulta:")
    answer = B(
        "underscore-lines",
        "Motivo de la consulta",
        "No puedo dormir desde hace meses y lloro todos los días por la noche, ya no quiero salir de la casa.",
        "_" * 80,
    )
    f.p(answer)
    f.p(answer)
    f.p(answer)
    f.p(
        "Meta principal: ",
        under("Meta principal", "Dormir mejor", 50),
        "   Fecha límite: ",
        date("Fecha límite", "15/03/2027"),
    )
    f.table(
        [4000, 3000, 2600],
        [
            ["Medicamento", "Dosis", "Recetado por"],
            *[[room("Medicamento", f"m{n}", group="med", index=n), room("Dosis", f"{n} mg", group="med", index=n), room("Recetado por", f"Dr. {n}", group="med", index=n)] for n in range(1, 3)],
        ],
    )  # fmt: skip
    f.p("")
    f.p("Firma del paciente: ", under("Firma del paciente"), "   Fecha: ", date("Fecha de la firma"))
    f.p("Nombre de quien atiende: ", under("Nombre de quien atiende", "Lic. Mora"))
    return f


def check_lists() -> Maker:
    """Boxes everywhere: a matrix, boxes after their words, boxes in cells before words, short lines to tick."""
    f = Maker()
    f.p("Symptom Checklist", bold=True)
    f.p(
        "Client: ",
        under("Client", "Kim Lee", 30),
        "   Completed on ",
        date("Completed on", "12/01/2026", "___/___/_____"),
    )
    f.table(
        [3400, 1500, 1500, 1500],
        [
            ["Symptom", "None", "Some", "Severe"],
            *[
                [name, *[box(f"{name}: {level}", level == hit) for level in ("None", "Some", "Severe")]]
                for name, hit in (("Low mood", "Some"), ("Poor sleep", "Severe"), ("Worry", "None"))
            ],
        ],
    )
    f.p("")
    f.p(
        "Smoker?  Yes ",
        box("Smoker: Yes", False),
        "   No ",
        box("Smoker: No", True),
        "     Pregnant?  Yes ",
        box("Pregnant: Yes", False),
        "   No ",
        box("Pregnant: No", True),
    )
    f.p(
        "Housing:  ",
        B("check-symbol", "Housing: Own", False, "\uf071"),
        " Own   ",
        B("check-symbol", "Housing: Rent", True, "\uf071"),
        " Rent   ",
        B("check-symbol", "Housing: Shelter", False, "\uf071"),
        " Shelter",
    )
    f.p(
        "Work:  ",
        B("check-symbol", "Work: Full time", True, "o"),
        " Full time   ",
        B("check-symbol", "Work: Part time", False, "o"),
        " Part time   ",
        B("check-symbol", "Work: None", False, "o"),
        " None",
    )
    f.p("Services asked for:")
    for name, hit in (
        ("Individual therapy", True),
        ("Group therapy", True),
        ("Medication visits", False),
        ("Case management", False),
    ):
        f.p(box(name, hit, "\u25a1"), " ", name)
    f.table(
        [4700, 4700],
        [
            [
                [[box("Anxiety", True), " Anxiety"], [box("Trauma", False), " Trauma"]],
                [
                    [box("Grief", False), " Grief"],
                    [box("Other", True), " Other: ", under("Other", "school trouble", 18)],
                ],
            ],
        ],
    )
    f.p("")
    f.p(
        "Is an interpreter needed?   ", B("circle-one", "Is an interpreter needed", "No", "Yes   /   No", ("Yes", "No"))
    )
    f.p(
        "Level of pain (circle one):  ",
        B("circle-one", "Level of pain", "2", "0   1   2   3   4", ("0", "1", "2", "3", "4")),
    )
    f.table(
        [3000, 6400],
        [
            [
                "Transport (circle one)",
                [[B("circle-one", "Transport", "Bus", "Car   Bus   Walk   Other", ("Car", "Bus", "Walk", "Other"))]],
            ]
        ],
    )
    f.p("Counselor initials: ", under("Counselor initials", "", 8))
    return f


def controls() -> Maker:
    """Form fields and content controls in tables, in a protected file; a text box; fields in the header."""
    f = Maker()
    f.protected = True
    f.p("Client: ", B("legacy-text", "Client", "Omar Haddad"), "    ID: ", B("legacy-text", "ID", "44-2"), to=f.header)
    f.p("Master Treatment Plan", bold=True)
    f.text_box(["Agency copy"], ["Site: ", under("Site", "North clinic", 16)])
    f.table(
        [2000, 2700, 2000, 2700],
        [
            ["Client name", B("legacy-text", "Client name", "Omar Haddad"), "Plan date", B("legacy-text", "Plan date", "12/02/2026")],
            ["Level of care", B("legacy-dropdown", "Level of care", "Outpatient", options=(" ", "Outpatient", "Intensive", "Residential")),
             "Legal hold", [[B("check-legacy", "Legal hold: Yes", False), " Yes  ", B("check-legacy", "Legal hold: No", True), " No"]]],
            [{"in": [["Diagnosis: ", B("legacy-text", "Diagnosis", "F33.1 Major depressive disorder")]], "span": 4}],
        ],
    )  # fmt: skip
    f.p("")
    for n in (1, 2):
        f.p(f"GOAL {n}", bold=True)
        f.table(
            [2400, 7000],
            [
                ["Statement", B("sdt-rich", f"Goal {n} statement", f"Statement of goal {n}", "Click or tap here to enter text.")],
                ["Target date", B("sdt-date", f"Goal {n} target date", f"0{n}/15/2027", "Click or tap to enter a date.")],
                ["Method", B("sdt-dropdown", f"Goal {n} method", "Group", "Choose an item.", ("Individual", "Group", "Family"))],
                ["Status", [[B("check-sdt", f"Goal {n} status: New", n == 1, "\u2610"), " New   ", B("check-sdt", f"Goal {n} status: Continued", n == 2, "\u2610"), " Continued"]]],
                [{"in": [[f"Objective {n}a: ", B("sdt-text", f"Objective {n}a", f"objective {n}a", "Click or tap here to enter text."), "   Staff: ", B("sdt-text", f"Staff of objective {n}a", "MW", "Name")]], "span": 2}],
            ],
        )  # fmt: skip
        f.p("")
    f.p("Staff signature: ", under("Staff signature"), "  Date: ", under("Staff signature date", "", 12))
    return f


def captions() -> Maker:
    """Small captions at the top of boxes, combs in the same table, numbered boxes, plain space to write in."""
    f = Maker()
    f.table(
        [3600, 3000, 2800],
        [
            {"height": 560, "cells": [
                {"in": [["1. Last name"], [room("Last name", "Novak", "empty-line")]], "size": 14},
                {"in": [["2. First name"], [room("First name", "Petra", "empty-line")]], "size": 14},
                {"in": [["3. Date of birth"], [room("Date of birth", "07/08/1979", "empty-line")]], "size": 14}]},
            {"height": 560, "cells": [
                {"in": [["4. Address (number, street)", room("Address", "9 Oak Way", "empty-line")]], "size": 14},
                {"in": [["5. City, state, zip", room("City, state, zip", "Salem OR 97301", "empty-line")]], "size": 14},
                {"in": [["6. Telephone", room("Telephone", "503-555-0188", "empty-line")]], "size": 14}]},
            {"height": 700, "cells": [
                {"in": [["7. Reason for coming, in the client's words"], [room("Reason for coming", "I want to stop drinking.", "empty-line")], [""]], "size": 14, "span": 3}]},
        ],
    )  # fmt: skip
    f.p("")
    comb = B("comb", "Social security number, last four", "5512")
    f.table([3000, 400, 400, 400, 400], [["Social security number, last four", comb, comb, comb, comb]])
    f.p("")
    f.p(
        "Employer:",
        B("gap", "Employer", "Mill & Sons", " " * 30),
        "Occupation:",
        B("gap", "Occupation", "welder", " " * 20),
    )
    f.p(
        "Name of physician: ",
        B("tab-underline", "Name of physician", "Dr. Ahn", " " * 30),
        "  Phone: ",
        B("tab-underline", "Phone of physician", "503-555-0100", " " * 16),
    )
    f.p("Best number to call: ", B("underscore", "Best number to call", "(503) 555-0190", "(____) ____-______"))
    f.p("Allergies:")
    f.p(room("Allergies", "penicillin", "empty-line"))
    f.p("")
    f.p("Medications", bold=True)
    f.table(
        [500, 3500, 2500, 2900],
        [
            ["", "Medication", "Dose", "Prescriber"],
            *[
                [f"{n + 1}.", room("Medication", f"drug {n}", group="m", index=n), room("Dose", f"{n}0 mg", group="m", index=n), room("Prescriber", f"Dr. {n}", group="m", index=n)]
                for n in range(3)
            ],
        ],
    )  # fmt: skip
    f.groups.append({"id": "m", "kind": "rows", "grows": True})
    f.overflow += [{"group": "m", "index": n, "label": "Medication", "text": f"drug {n}"} for n in (3, 4)]
    f.p("")
    f.table(
        [4400, 600, 4400],
        [
            [room("Client signature / date"), "", room("Witness / date")],
            ["Client signature / date", "", "Witness / date"],
        ],
        borders=False,
    )
    return f


def placeholders() -> Maker:
    """A letter of brackets of all kinds and grey prompts."""
    f = Maker()

    def hole(label, value, printed):
        return B("placeholder-angle" if printed[0] in "<«" else "placeholder-bracket", label, value, printed)

    f.p(hole("Date of letter", "December 3, 2026", "[Date of letter]"))
    f.p(
        "Re: ",
        hole("Client full name", "Mara Stone", "<<Client full name>>"),
        ", born ",
        hole("Date of birth", "01/02/1993", "[MM/DD/YYYY]"),
    )
    f.p("Dear ", hole("Recipient", "Dr. Bell", "«Recipient»"), ",")
    f.p(
        "Your patient has been seen by ",
        hole("clinician name", "Eli Ford, LPC", "{clinician name}"),
        " since ",
        hole("start date", "10/01/2026", "{start date}"),
        " for ",
        hole("Reason for treatment", "panic attacks", "[Reason for treatment]"),
        ".",
    )
    f.p("Summary")
    f.p(B("grey-prompt", "Summary", "She is doing better.", "Click here to type the summary."))
    f.p("Next visit: ", B("grey-prompt", "Next visit", "12/20/2026", "Enter the date"))
    f.p("Please see note [1] and Form [A]. The law (42 CFR 2) applies.")
    f.p("Sincerely,")
    f.p(under("Signature", "", 30))
    f.p("(signature)")
    f.p(hole("Clinician credentials", "LPC", "[Clinician credentials]"))
    return f


def goal_blocks() -> Maker:
    """Printed blocks of goals, tables inside; typed labels; underlined tabs; a review grid with row heads."""
    f = Maker()
    f.p(
        "Name:  ",
        under("Name", "Sam Ito", 30),
        "      D.O.B.:  ",
        under("D.O.B.", "05/05/2001", 12),
        "      MCO#:  ",
        under("MCO#", "M-9", 14),
    )
    for n in (1, 2):
        f.p(f"Goal #{n}: ", under(f"Goal #{n}", f"the goal {n}", 60))
        f.p("Strengths to use: ", under(f"Goal #{n} strengths to use", f"strength {n}", 50))
        for letter in "AB":
            f.p(
                f"Objective {letter}: ",
                under(f"Goal #{n} objective {letter}", f"objective {n}{letter}", 50),
                "  By when: ",
                date(f"Goal #{n} objective {letter} by when", f"0{n}/01/2027"),
            )
            f.p(
                "Service: ",
                under(f"Goal #{n} objective {letter} service", f"service {n}{letter}", 24),
                " Frequency: ",
                under(f"Goal #{n} objective {letter} frequency", "weekly", 12),
                " Who: ",
                under(f"Goal #{n} objective {letter} who", "EF", 10),
            )
    f.p("Barriers: ", B("tab-underline", "Barriers", "no car", "\t\t\t\t"))
    f.table(
        [2600, 2200, 2200, 2200],
        [
            ["Measure", "Start", "90 days", "180 days"],
            *[
                [name, room(f"{name}: Start", "20"), room(f"{name}: 90 days"), room(f"{name}: 180 days")]
                for name in ("PHQ-9", "GAD-7", "Days absent")
            ],
        ],
    )
    f.p("")
    f.p("Discharge will be considered when ", under("Discharge will be considered when", "PHQ-9 under 5", 40))
    f.p("Client's signature ", under("Client's signature"), " Date ", under("Client's signature: Date", "", 12))
    f.p("Guardian's signature ", under("Guardian's signature"), " Date ", under("Guardian's signature: Date", "", 12))
    f.p(
        "Clinician (print) ",
        under("Clinician (print)", "Eli Ford"),
        " Credential ",
        under("Clinician credential", "LPC", 10),
    )
    return f


ALL = (nested_tables, labels_after, spanish, check_lists, controls, captions, placeholders, goal_blocks)
