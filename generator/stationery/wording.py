"""The few words that every form prints beside its definition, and how a definition's words become a language's."""

from generator.stationery.definition import Words

FIXED: dict[str, Words] = {
    "page": {"en": "Page", "es": "Página"},
    "of": {"en": "of", "es": "de"},
    "record": {"en": "Record", "es": "Expediente"},
    "phone": {"en": "Phone", "es": "Tel."},
    "fax": {"en": "Fax", "es": "Fax"},
    "license": {"en": "License", "es": "Licencia"},
    "signature": {"en": "Signature", "es": "Firma"},
    "name": {"en": "Name", "es": "Nombre"},
    "date": {"en": "Date", "es": "Fecha"},
    "signed": {"en": "Signed", "es": "Firmado"},
    "mark": {"en": "The agency's mark", "es": "El emblema de la agencia"},
    "plot": {"en": "Plot over time", "es": "Gráfica a lo largo del tiempo"},
    "own_text": {"en": "Your agency's own text", "es": "Texto propio de su agencia"},
    "patient": {"en": "{Person}", "es": "{Person}"},
    "clinician": {"en": "Clinician", "es": "Profesional clínico"},
    "witness": {"en": "Witness", "es": "Testigo"},
    "guardian": {"en": "Guardian", "es": "Tutor legal"},
    "supervisor": {"en": "Supervisor", "es": "Supervisor"},
    "role": {"en": "Role", "es": "Función"},
}
_PERSON_ES = {
    "client": "cliente",
    "patient": "paciente",
    "member": "miembro",
    "participant": "participante",
    "consumer": "usuario",
    "individual": "persona",
    "person": "persona",
    "person served": "persona atendida",
    "resident": "residente",
    "student": "estudiante",
    "guest": "huésped",
    "veteran": "veterano",
    "youth": "joven",
}


def person_in_spanish(word: str) -> str:
    """What an agency calls those it serves, in Spanish; a word of its own as it is."""
    return _PERSON_ES.get(word.lower(), word)


class Wording:
    """One language's words for one agency; `person` is what it calls those it serves."""

    def __init__(self, language: str, person: str = "client") -> None:
        self.language = "es" if language == "es" else "en"
        self.person = person_in_spanish(person) if self.language == "es" else person

    def __call__(self, words: Words) -> str:
        """The words in this language, with the agency's own for the person."""
        return self.put(words.get(self.language, ""))

    def put(self, text: str) -> str:
        """A text or expression with {person}, {Person} and {lang} filled in."""
        capital = self.person[:1].upper() + self.person[1:]
        return text.replace("{person}", self.person).replace("{Person}", capital).replace("{lang}", self.language)

    def fixed(self, key: str) -> str:
        """One of the words that every form prints."""
        return self(FIXED[key])
