"""The safety plan, in six steps, and who else takes part in the person's care."""

from generator.plan.base import ID, Part, say
from generator.plan.types.day import Day
from generator.plan.types.flag import Flag
from generator.plan.types.text import Text


class Helper(Part):
    """A person or place that helps."""

    name: Text | None = say("Name", "Nombre", mark=ID)
    phone: Text | None = say("Phone", "Teléfono", mark=ID)


class SafetyPlan(Part):
    """Six steps for a crisis, from what the person can do alone to a safer home."""

    date: Day | None = say("Safety plan date", "Fecha del plan de seguridad", eg="2026-10-05")
    warning_signs: list[Text] = say("Warning signs", "Señales de alerta", of=list)
    internal_coping: list[Text] = say(
        "What I can do alone", "Lo que puedo hacer a solas", of=list, also=("internal coping strategies",)
    )
    distraction_people_places: list[Helper] = say(
        "People and places that distract", "Personas y lugares que distraen", of=list
    )
    people_to_ask: list[Helper] = say("People I can ask for help", "Personas a quienes pedir ayuda", of=list)
    professionals: list[Helper] = say("Professionals and agencies", "Profesionales y agencias", of=list)
    means_safety: list[Text] = say(
        "Making the home safer", "Hacer más seguro el hogar", of=list, also=("making the environment safe",)
    )


class Coordination(Part):
    """Another provider."""

    provider: Text | None = say("Provider", "Proveedor", mark=ID)
    service: Text | None = say("Service", "Servicio")
    roi_on_file: Flag | None = say("Release on file", "Autorización en el expediente")
    roi_expires: Day | None = say("Release expires", "La autorización vence")
