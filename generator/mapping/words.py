"""The words that paper shows for choices, roles and phrases, English and Spanish."""

_ES = {
    "formal": "Formal",
    "informal": "Informal",
    "update": "Actualización",
    "discharge": "Alta",
    "voluntary": "Voluntaria",
    "involuntary": "Involuntaria",
    "court_ordered": "Por orden judicial",
    "probation": "Libertad condicional (probation)",
    "parole": "Libertad bajo palabra",
    "other": "Otra",
    "primary": "Principal",
    "secondary": "Secundario",
    "confirmed": "Confirmado",
    "provisional": "Provisional",
    "rule_out": "Por descartar",
    "by_history": "Por historia",
    "active": "Activo",
    "deferred": "Aplazado",
    "referred": "Referido",
    "resolved": "Resuelto",
    "long": "Largo plazo",
    "short": "Corto plazo",
    "not_started": "Sin empezar",
    "met": "Cumplido",
    "partly_met": "Cumplido en parte",
    "not_met": "No cumplido",
    "extended": "Extendido",
    "dropped": "Retirado",
    "added": "Añadido",
    "changed": "Cambiado",
    "increase": "Aumentar",
    "decrease": "Disminuir",
    "maintain": "Mantener",
    "individual": "Individual",
    "group": "Grupo",
    "family": "Familia",
    "couple": "Pareja",
    "collateral": "Colateral",
    "in_person": "En persona",
    "telehealth": "Telesalud",
    "blended": "Combinada",
    "agree": "De acuerdo",
    "partly": "En parte",
    "disagree": "En desacuerdo",
    "granted": "Concedida",
    "alternative": "Alternativa",
    "denied": "Denegada",
    "pending": "Pendiente",
    "full": "Completo",
    "patient": "Paciente",
    "guardian": "Tutor legal",
    "clinician": "Profesional clínico",
    "supervisor": "Supervisor",
    "physician": "Médico",
    "prescriber": "Prescriptor",
    "interpreter": "Intérprete",
    "witness": "Testigo",
}
_PER_ES = {
    "day": "día",
    "week": "semana",
    "2 weeks": "2 semanas",
    "month": "mes",
    "year": "año",
    "quarter": "trimestre",
}
_UNIT_ES = {"days": "día", "weeks": "semana", "months": "mes", "years": "año", "sessions": "sesión"}
_UNITS_ES = {"days": "días", "weeks": "semanas", "months": "meses", "years": "años", "sessions": "sesiones"}


def choice_title(word: str, language: str) -> str:
    """A choice as paper shows it: `in_person` is "In person", or "En persona"."""
    if language == "es" and word in _ES:
        return _ES[word]
    text = word.replace("_", " ")
    return text[:1].upper() + text[1:]


def frequency_text(count: str, per: str, language: str) -> str:
    """ "2 times a week"; what is missing is left out."""
    if not count:
        return per
    if language == "es":
        times = "vez" if count == "1" else "veces"
        return f"{count} {times} por {_PER_ES.get(per, per)}" if per and per != "once" else f"{count} {times}"
    times = "time" if count == "1" else "times"
    if not per or per == "once":
        return "once" if count == "1" else f"{count} {times}"
    return f"{count} {times} every {per}" if per[0].isdigit() else f"{count} {times} a {per}"


def duration_text(n: str, unit: str, language: str) -> str:
    """ "12 weeks"; one is singular in English."""
    if not n:
        return ""
    if language == "es":
        return f"{n} {_UNIT_ES.get(unit, unit) if n == '1' else _UNITS_ES.get(unit, unit)}"
    return f"{n} {unit[:-1] if n == '1' and unit.endswith('s') else unit}".strip()


def when_text(frequency: str, duration: str, minutes: str, language: str) -> str:
    """One phrase: "1 time a week for 12 weeks, 45 minutes"."""
    middle = f" {'durante' if language == 'es' else 'for'} " if frequency and duration else ""
    text = f"{frequency}{middle}{duration}"
    tail = f"{minutes} {'minutos' if language == 'es' else 'minutes'}" if minutes else ""
    return ", ".join(part for part in (text, tail) if part)


def measure_text(baseline: str, target: str, unit: str, language: str) -> str:
    """ "26 to 4 days per 30 days"; only the target where there is no baseline."""
    if baseline and target:
        return f"{baseline} {'a' if language == 'es' else 'to'} {target} {unit}".strip()
    return f"{target} {unit}".strip() if target else ""
