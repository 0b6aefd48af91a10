"""Six more invented agencies, made after the reader was: what it had not seen."""

from tests.word.form_maker import B, Maker, box, date, room, tab, under

GREY = "E7E6E6"


def full_rows() -> Maker:
    """Shaded rows over whole rows of room; two labels over two rooms; typed lines run together."""
    f = Maker()
    f.p("BIOPSYCHOSOCIAL SUMMARY", bold=True)
    f.p(
        "Client:", under("Client", "Ada Obi", 22), "DOB:", under("DOB", "04/04/1988", 12), "ID#:", under("ID#", "77", 8)
    )
    f.table(
        [4700, 4700],
        [
            ["Referred by:", "Date of referral:"],
            [room("Referred by", "Dr. Hall"), room("Date of referral", "11/01/2026")],
            [{"in": "Presenting problem", "span": 2, "shade": GREY}],
            [{"in": room("Presenting problem", "Panic in shops"), "span": 2}],
            [{"in": "History of the problem (when did it start, what has helped)", "span": 2, "shade": GREY}],
            {"height": 900, "cells": [{"in": room("History of the problem", "Since 2020"), "span": 2}]},
            [{"in": "Diagnosis", "shade": GREY}, {"in": "ICD-10", "shade": GREY}],
            [room("Diagnosis", "Panic disorder"), room("ICD-10", "F41.0")],
        ],
    )
    f.p("")
    f.p(
        "Cell phone ",
        B("underscore", "Cell phone", "(555) 010-2233", "(    ) _____-______"),
        "   OK to text: ",
        box("OK to text", True),
    )
    f.p("1. Long-term goal: ", under("Long-term goal", "Shop alone", 50))
    f.p(
        "   a. Short-term goal: ",
        under("Short-term goal a", "Shop with sister", 40),
        " Due: ",
        date("Short-term goal a due", "01/15/2027"),
    )
    f.p(
        "   b. Short-term goal: ",
        under("Short-term goal b", "Shop at noon", 40),
        " Due: ",
        date("Short-term goal b due", "02/15/2027"),
    )
    f.p("I, ", under("name of client", "Ada Obi", 30), " (client name), have taken part in this plan.")
    f.p("X", under("Client or guardian signature", "", 40), "    ", under("Date of signature", "", 14))
    f.p("  Client / Guardian Signature    Date")
    return f


def two_columns() -> Maker:
    """A table without borders used for the page: text and blanks on both sides, some lines with two blanks."""
    f = Maker()
    f.p("Outpatient Treatment Agreement", props='<w:pStyle w:val="Title"/>')

    f.table(
        [4700, 4700],
        [
            [
                [["Name: ", under("Name", "Bo Lind", 24)], ["Preferred pronoun: ", under("Preferred pronoun", "he", 12)], ["Insurance: ", under("Insurance", "Acme", 20)]],
                [["Therapist: ", under("Therapist", "Kay Moss", 24)], ["Start date: ", date("Start date", "12/01/2026")], ["Session length: ", under("Session length", "50", 6), " minutes"]],
            ],
            [
                [["Fees"], ["Individual: $", under("Individual fee", "120", 8)], ["Group: $", under("Group fee", "40", 8)]],
                [["Contact"], ["Leave voicemail?  ", box("Leave voicemail: Yes", True), "Yes ", box("Leave voicemail: No", False), "No"], ["Email: ", under("Email", "bo@example.org", 26)]],
            ],
        ],
        borders=False,
    )  # fmt: skip
    f.p(
        "Frequency of sessions: ",
        box("Weekly", True, "\u25cb"),
        " Weekly ",
        box("Biweekly", False, "\u25cb"),
        " Biweekly ",
        box("Monthly", False, "\u25cb"),
        " Monthly ",
        box("As needed", False, "\u25cb"),
        " As needed",
    )
    f.p(
        "Cancellations must be made ",
        under("hours before", "24", 6),
        " hours before the session; otherwise a fee of $",
        under("missed fee", "60", 8),
        " is due.",
    )
    f.p("Goals for our work together:")
    for n in range(3):
        f.p(
            under(f"Goals for our work together {n + 1}", f"shared goal {n}", 70),
            props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        )
    f.p(
        "Patient Signature: ",
        tab("Patient Signature"),
        " Date: ",
        tab("Date signed"),
        props='<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="6000"/><w:tab w:val="left" w:leader="underscore" w:pos="9000"/></w:tabs>',
    )
    f.p("For staff only - Chart filed by: ", under("Chart filed by", "", 14), " on ", date("Filed on"))
    return f


def controls_everywhere() -> Maker:
    """Content controls inside sentences, in cells beside labels, lists of boxes, and rows of controls."""
    f = Maker()
    text = "Click or tap here to enter text."
    f.p(
        "Discharge Plan for ",
        B("sdt-text", "Discharge Plan for", "Lea Roth", "[Name of client]"),
        ", admitted ",
        B("sdt-date", "admitted", "10/10/2026", "Click or tap to enter a date."),
        ".",
    )
    f.table(
        [2600, 6800],
        [
            ["Reason for discharge", [[B("check-sdt", "Reason: Goals met", True, "\u2610"), " Goals met"], [B("check-sdt", "Reason: Moved", False, "\u2610"), " Moved away"], [B("check-sdt", "Reason: Other", False, "\u2610"), " Other: ", B("sdt-text", "Other reason", "none", text)]]],
            ["Living situation", B("sdt-dropdown", "Living situation", "With family", "Choose an item.", ("Alone", "With family", "Shelter"))],
            ["Aftercare provider and first appointment", B("sdt-rich", "Aftercare provider and first appointment", "Clinic, May 3", text)],
        ],
    )  # fmt: skip
    f.p("")
    f.table(
        [3400, 3000, 3000],
        [
            ["Goal", "Outcome", "Rating"],
            *[[B("sdt-text", "Goal", f"goal {n}", "Goal", group="g", index=n), B("sdt-text", "Outcome", f"outcome {n}", "Outcome", group="g", index=n), B("sdt-dropdown", "Rating", "Met", "Choose an item.", ("Met", "Partly", "Not met"), group="g", index=n)] for n in range(2)],
        ],
    )  # fmt: skip
    f.groups.append({"id": "g", "kind": "rows", "grows": True})
    f.overflow.append({"group": "g", "index": 2, "label": "Goal", "text": "goal 2 more"})
    f.p("")
    f.p("Staff: ", B("sdt-text", "Staff", "K. Moss", text), "\tSignature: ", under("Signature", "", 30))
    return f


def spanish_more() -> Maker:
    """Spanish with rows numbered, label over room, Sí/No in words, and a signature grid."""
    f = Maker()
    f.p("PLAN DE SEGURIDAD Y TRATAMIENTO", bold=True)
    f.table(
        [3100, 3100, 3200],
        [
            ["Apellidos", "Nombre", "N.º de Seguro Social (últimos 4)"],
            [room("Apellidos", "Cruz Vega"), room("Nombre", "Marta"), room("N.º de Seguro Social", "4411")],
        ],
    )
    f.p("")
    f.p(
        "¿Vive sola?  Sí ",
        box("Vive sola: Sí", False),
        "  No ",
        box("Vive sola: No", True),
        "    ¿Con quién? ",
        under("Con quién", "su madre", 24),
    )
    f.p("Señales de alerta:")
    for n in range(1, 4):
        f.p(f"{n}.  ", under(f"Señales de alerta {n}", f"señal {n}", 56))
    f.p("Personas a quienes puedo llamar")
    f.table(
        [600, 5000, 3800],
        [
            ["#", "Nombre", "Teléfono"],
            *[[str(n), room("Nombre", f"persona {n}", group="p", index=n - 1), room("Teléfono", f"555-010{n}", group="p", index=n - 1)] for n in (1, 2)],
        ],
    )  # fmt: skip
    f.groups.append({"id": "p", "kind": "rows", "grows": True})
    f.overflow.append({"group": "p", "index": 2, "label": "Nombre", "text": "persona tres"})
    f.p("")
    f.p(
        "Próxima cita: ",
        date("Próxima cita", "20/01/2027"),
        "  Hora: ",
        under("Hora", "9:00", 8),
        "  Lugar: ",
        under("Lugar", "clínica", 20),
    )
    f.table(
        [4700, 4700],
        [
            [room("Firma de la persona / Fecha"), room("Firma del profesional / Fecha")],
            ["Firma de la persona / Fecha", "Firma del profesional / Fecha"],
            [[["Nombre en letra de molde: ", under("Nombre en letra de molde", "Marta Cruz", 18)]], [["Credencial: ", under("Credencial", "LCSW", 12)]]],
        ],
    )  # fmt: skip
    return f


def dense_grid() -> Maker:
    """One dense table: labels and rooms in many widths, boxes in cells, a comb, a row of initials."""
    f = Maker()
    f.table(
        [1200, 1900, 1000, 1500, 1300, 2500],
        [
            [{"in": "SECTION I. IDENTIFICATION", "span": 6, "shade": GREY}],
            ["Name", {"in": room("Name", "Gil Roy"), "span": 3}, "Medicaid ID", room("Medicaid ID", "MD-1")],
            ["DOB", room("DOB", "02/02/1970"), "Age", room("Age", "56"), "Gender", [[box("Gender: M", True), " M  ", box("Gender: F", False), " F  ", box("Gender: X", False), " X"]]],
            ["Address", {"in": room("Address", "4 Bay Rd"), "span": 5}],
            [{"in": "SECTION II. SERVICE", "span": 6, "shade": GREY}],
            ["Code", {"in": "Service", "span": 2}, "Units", "From", "Through"],
            *[[room("Code", f"H00{n}", group="s", index=n), {"in": room("Service", f"svc {n}", group="s", index=n), "span": 2}, room("Units", f"{n}", group="s", index=n), room("From", "01/01/2027", group="s", index=n), room("Through", "03/31/2027", group="s", index=n)] for n in (0, 1, 2)],
            [{"in": "SECTION III. REVIEW (office use only)", "span": 6, "shade": GREY}],
            [{"in": "Reviewer", "span": 1}, {"in": room("Reviewer"), "span": 3}, "Initials", room("Initials")],
        ],
    )  # fmt: skip
    f.groups.append({"id": "s", "kind": "rows", "grows": True})
    f.overflow.append({"group": "s", "index": 3, "label": "Service", "text": "svc added"})
    f.p("")
    f.p("Level of function (check one):")
    f.table(
        [4700, 4700],
        [
            [[[box("Independent", True), " Independent"]], [[box("Needs help", False), " Needs help"]]],
            [[[box("Dependent", False), " Dependent"]], [[box("Unknown", False), " Unknown"]]],
        ],
    )
    return f


def merge_letter() -> Maker:
    """Blanks of letters: guillemets typed by hand, dates in words, a list of choices in parentheses."""
    f = Maker()

    def hole(label, value, printed):
        return B("placeholder-angle" if printed[0] in "<«" else "placeholder-bracket", label, value, printed)

    f.p(hole("Today's date", "December 5, 2026", "[Today’s date]"))
    f.p(
        "To: ",
        hole("Provider name", "Dr. Webb", "[Provider name]"),
        ", ",
        hole("Provider fax", "555-010-9", "[Provider fax]"),
    )
    f.p("Patient: ", hole("Patient name", "Uma Rao", "«Patient name»"), " (DOB ", date("DOB", "06/06/1995"), ")")
    f.p(
        "Seen on ",
        under("Seen on", "12/01/2026", 14),
        " by ",
        under("Seen by", "K. Moss", 20),
        " for ",
        under("Seen for", "intake", 30),
        ".",
    )
    f.p(
        "Please send: ",
        box("labs", True, "[ ]"),
        " labs  ",
        box("medication list", True, "[ ]"),
        " medication list  ",
        box("last note", False, "[ ]"),
        " last note",
    )
    f.p("Urgent?  ", B("circle-one", "Urgent", "No", "Yes / No", ("Yes", "No")))
    f.p("")
    f.p(under("sign", "", 36))
    f.p("Signature of provider")
    return f


MORE = (full_rows, two_columns, controls_everywhere, spanish_more, dense_grid, merge_letter)
