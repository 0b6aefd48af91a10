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

    date: Day | None = say(
        "Safety plan date", "Fecha del plan de seguridad", eg="2026-10-05", also="date made, date of safety plan"
    )
    warning_signs: list[Text] = say(
        "Warning signs",
        "Señales de alerta",
        of=list,
        also="warning sign, triggers, senales de alerta, senal de alerta, signs that a crisis may be developing",
    )
    internal_coping: list[Text] = say(
        "What I can do alone",
        "Lo que puedo hacer a solas",
        of=list,
        also="internal coping strategies, coping strategies, coping step, things i can do on my own, coping skills, things i can do by myself, estrategias de afrontamiento, things i can do to take my mind off my problems",
    )
    distraction_people_places: list[Helper] = say(
        "People and places that distract",
        "Personas y lugares que distraen",
        of=list,
        also="people and social settings that provide distraction, person or place, people and places that take my mind off things, social settings, personas y lugares",
    )
    people_to_ask: list[Helper] = say(
        "People I can ask for help",
        "Personas a quienes pedir ayuda",
        of=list,
        also="people whom i can ask for help, person to ask, people to ask for help, family or friends who can help",
    )
    professionals: list[Helper] = say(
        "Professionals and agencies",
        "Profesionales y agencias",
        of=list,
        also="professionals or agencies i can contact, professional, professionals i can contact, profesionales",
    )
    means_safety: list[Text] = say(
        "Making the home safer",
        "Hacer más seguro el hogar",
        of=list,
        also="making the environment safe, making my surroundings safe, way to make surroundings safe, means safety, safer environment, how i will make my surroundings safe, lethal means safety, hacer mas seguro",
    )


class Coordination(Part):
    """Another provider."""

    provider: Text | None = say(
        "Provider",
        "Proveedor",
        mark=ID,
        also="primary care physician, pcp, primary care provider, family physician, family doctor, family dr, doctor s name, physician name, primary physician, other provider, outside provider, medico de cabecera, name of physician, personal physician",
    )
    service: Text | None = say("Service", "Servicio", also="service provided by other provider, outside service")
    roi_on_file: Flag | None = say("Release on file", "Autorización en el expediente")
    roi_expires: Day | None = say("Release expires", "La autorización vence")
