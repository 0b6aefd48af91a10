"""Take out of a sentence what holds numbers but counts nothing: days and deadlines, clock times, names with a number.

Each is left behind as a marker, so that a reader of the rest still knows that something stood there: `§when` for a
deadline, `§past` for a time gone by, `§clock` for a time of day, `§scale` for an instrument or rating scale, `§name` for a name or code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.rules.text.shorthand import write_out

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_MES = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sept?iembre|octubre|noviembre|diciembre)"
_DATE = (
    r"(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b|\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})\b|\d{1,2}\.\d{1,2}\.\d{4}"
    rf"|(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|{_MONTH},?\s+(?:of\s+)?\d{{4}}"
    rf"|(?:el\s+)?(?:\d{{1,2}}|primero|1\.?º)\s+de\s+{_MES}(?:\s+(?:de|del)\s+\d{{4}})?|{_MES}\s+(?:de|del)\s+\d{{4}})"
)
_NUMBER = (
    r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty(?:-five)?"
    r"|sixty|ninety|several|a few|a couple of|a|an)"
)
_NUMERO = r"(?:\d+(?:[.,]\d+)?|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|sesenta|noventa|pocos|varios)"
_UNIT = r"(?:d|days?|weeks?|months?|years?|quarters?|sessions?|visits?|appointments?|wks?|mos?|yrs?)\b"
_UNIDAD = r"(?:d[ií]as?|semanas?|mes(?:es)?|años?|trimestres?|sesi[oó]n(?:es)?|visitas?|citas?)\b"
_SPAN = rf"{_NUMBER}(?:\s*(?:-|–|to|or)\s*{_NUMBER})?[\s-]+(?:\(\d+\)\s*)?(?:more\s+|calendar\s+|business\s+|working\s+|treatment\s+)?{_UNIT}"
_TRAMO = rf"{_NUMERO}(?:\s*(?:-|–|a|o)\s*{_NUMERO})?\s+(?:\(\d+\)\s*)?{_UNIDAD}(?:\s+(?:hábiles|naturales))?"
_EVENT = (
    r"(?:discharge|d/?c\b|release|graduation|admission|termination|completion|intake|review|visit|session|appointment|treatment|program|plan|stay"
    r"|hospitali[sz]ation|semester|quarter|term|school year|year|month|week|day|summer|spring|fall|winter|autumn|thanksgiving|christmas|easter"
    r"|new year|holidays|period|phase|authorization|court date|birthday|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|tomorrow|tonight|target date|due date|deadline|re-?evaluation|follow-up|meeting)\b(?:'s)?"
)
_EVENTO = (
    r"(?:alta|egreso|salida|graduación|admisión|ingreso|terminación|revisión|visita|sesión|cita|tratamiento|programa|plan|estancia|estadía"
    r"|hospitalización|semestre|trimestre|ciclo escolar|año escolar|año|mes|semana|día|verano|primavera|otoño|invierno|navidad|periodo|período"
    r"|fase|autorización|cumpleaños|fin de semana|lunes|martes|miércoles|jueves|viernes|sábado|domingo|mañana|fecha)\b"
)
_RATE_AHEAD = r"(?!\s*(?:per|a|an|each|every|/|out of|of)\b(?!\s*(?:treatment|the|this|admission|service)))"
_THE = r"(?:(?:the|his|her|their|my|our|this|a|an|client's|patient's)\s+)?"
_WHICH = rf"(?:(?:next|coming|following|upcoming|first|second|third|fourth|last|end|close|time|date|conclusion|completion|beginning|start|middle|planned|anticipated|expected|projected|estimated|scheduled|current|final|initial|\d+(?:st|nd|rd|th)?)\b\s*(?:of\s+)?{_THE})"
_NAMED_EVENT = (
    rf"(?:(?:\d+|thirty|sixty|ninety|six|three)-(?:day|week|month)\s+)?(?:(?:treatment|service|care|formal|plan|individual|team|quarterly|monthly|annual"
    rf"|progress|treatment-plan|inpatient|hospital|planned|scheduled|school|calendar|review|authorization|reporting)\s+){{0,3}}{_EVENT}"
)

_DEADLINE = re.compile(
    r"(?<![\w§])(?=[\w(])(?:"
    + "|".join(
        (
            r"(?:by|at|before|in)\s+(?:week|month|day|session|visit|age)\s+\d+",
            r"within\s+(?:\d+\s*(?:-|–|to)\s*)?(?:24|48|72|96)\s+(?:hours|hrs)\b",
            r"(?:by|before|until|through|thru|due|from|since|on or before|no later than|due by)\s+(?:0?[1-9]|1[0-2])/\d{1,2}(?![/\d]|\s*(?:of|days|nights|times|sessions|classes|school|mornings|weeks|meals)\b)",
            rf"(?:due\s+)?(?:(?:by|before|until|till?|prior to|no later than|not later than|on or before|as of|effective|due|on|at|upon|after|from now until|since|starting|beginning|from|of|through)\s+)?"
            rf"(?:(?:the\s+)?(?:end|middle|start|beginning)\s+of\s+)?{_DATE}",
            rf"(?:by|before|until)\s+{_THE}(?:[^\W\d]+\s+)?date\s+(?:of|on)\s+\d{{1,2}}/\d{{1,2}}(?![/\d])",
            rf"(?:by|before|until|till|no later than|(?:in|at) (?:the )?(?:end|middle|beginning|start) of|end of)\s+(?:(?:early|mid|late)[\s-])?(?:next\s+|this\s+)?{_MONTH}",
            rf"(?:by|before|until|till|prior to|upon|at|on|after|no later than|not later than|through|from now until|throughout|during|over|for|in)"
            rf"\s+{_THE}{_WHICH}{{0,3}}{_NAMED_EVENT}",
            rf"(?:{_SPAN}|shortly|immediately)\s+(?:before|prior to|after|following)\s+{_THE}{_WHICH}{{0,2}}{_NAMED_EVENT}",
            rf"{_SPAN}\s+(?:from (?:now|today|{_DATE})|after {_THE}(?:start|admission)|out\b(?!\s+of))",
            rf"(?:within|in under|in less than|inside of|inside)\s+(?:{_THE}{_WHICH}{{0,3}})?(?:{_SPAN}|{_UNIT})",
            rf"(?:in|over|during|throughout|across)\s+{_THE}(?:next|coming|following|upcoming|first|entire|whole)\s+(?:{_SPAN}|{_UNIT})",
            rf"(?:in|over|after|by|at(?!\s+\S+\s+(?:visits|sessions|appointments)\b))\s+(?:about\s+|approximately\s+|the\s+)?{_SPAN}{_RATE_AHEAD}(?!\s*(?:in a row|straight|consecutive|with|without|period|when|where))",
            rf"{_NUMBER}-(?:day|week|month)\s+(?:review|mark|update|goal date|deadline|target|reassessment|re-?evaluation)s?",
            r"\b(?:19|20)\d{2}\b(?!\s*(?:steps|calories))",
            r"(?:on\s+)?the\s+same\s+day\b",
            rf"\(\s*{_SPAN}\s*\)",
        )
    )
    + ")",
)
_DEADLINE_STARTS = frozenset(
    "by at before in within until till til through thru due from since on no not prior as effective upon after starting"
    " beginning of the el end middle start throughout during over for shortly immediately inside across ( several a an"
    " one two three four five six seven eight nine ten eleven twelve fourteen fifteen twenty thirty forty sixty ninety"
    " january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec primero"
    " enero febrero marzo abril mayo junio julio agosto setiembre septiembre octubre noviembre diciembre".split()
)
"""Words a deadline can begin with, besides digits: a pattern of many branches is dear at every letter."""

_PLAZO = re.compile(
    r"(?<![\w§])(?=[\w(])(?:"
    + "|".join(
        (
            rf"(?:(?:antes de|antes del|para|hasta|a más tardar|a partir del?|desde|el|al|del|por)\s+)*(?:(?:el\s+)?(?:fin|final|finales|mediados|principios|inicio)\s+de(?:l)?\s+)?{_DATE}",
            rf"(?:antes de|para|hasta|a más tardar en|a (?:finales|mediados|principios) de|en)\s+(?:(?:finales|fines|mediados|principios) de\s+)?{_MES}",
            rf"(?:antes de(?:l)?|para|hasta|al(?=\s+(?:alta|egreso|final|fin|término|salir|momento))|en|durante|a lo largo de(?:l)?|previo al?|después de(?:l)?|a más tardar(?: en)?)\s+(?:(?:el|la|los|las|su)\s+)?"
            rf"(?:(?:próxim[oa]s?|siguientes?|primer[oa]?|segund[oa]|tercer[oa]?|último|final|fin|momento|término|finales)\s+(?:de(?:l)?\s+(?:la\s+|su\s+)?)?){{0,3}}"
            rf"(?:(?:revisión|plan|fecha)\s+(?:trimestral|semestral|anual|mensual)?\s*(?:de(?:l)?\s+)?){{0,2}}{_EVENTO}(?:\s+que viene|\s+próxim[oa]|\s+de(?:l)?\s+(?:plan|alta|tratamiento))*",
            rf"(?:{_TRAMO})\s+(?:antes|después|previos)\s+(?:de(?:l)?|al)\s+{_EVENTO}",
            rf"(?:dentro de|en un plazo de|en el plazo de|en menos de|en el transcurso de|en el curso de|a lo largo de|durante)\s+(?:l[oa]s?\s+)?(?:próxim[oa]s?\s+|siguientes?\s+)(?:{_TRAMO}|{_UNIDAD})",
            rf"(?:dentro de|en un plazo de|en el plazo de|en menos de|en el transcurso de)\s+(?:l[oa]s?\s+)?(?:{_TRAMO}|{_UNIDAD})",
            rf"en\s+(?:el|la|los|las)\s+(?:próxim[oa]s?|siguientes?)\s+(?:{_TRAMO}|{_UNIDAD})",
            rf"(?:en|al cabo de|a los|a las)\s+{_TRAMO}(?!\s*(?:a la|al|por|cada|de cada|seguid|consecutiv|con|sin|cuando))",
            r"(?:para|antes de|en)\s+la\s+(?:semana|sesión)\s+\d+",
            r"(?:para|hasta|antes de|desde|a más tardar)\s*(?:el\s+|del\s+)?\d{1,2}/\d{1,2}(?![/\d])",
            rf"\(\s*{_TRAMO}\s*\)",
            r"en\s+(?:\d+\s*(?:-|–|a)\s*)?(?:24|48|72|96)\s+(?:horas|hrs)\b",
            r"\b(?:19|20)\d{2}\b",
        )
    )
    + ")",
)
_CLOCK = re.compile(
    r"(?:\b(?:by|at|before|after|until|from|to|a las?|antes de las?|hasta las?|después de las?)\s+)?(?:\b\d{1,2}:\d{2}(?:\s*[ap]\.?\s?m\b\.?)?|\b\d{1,2}\s*[ap]\.?\s?m\b\.?|\b\d{1,2}\s+o'?clock"
    r"|\b(?:a |de |antes de |hasta |desde )?las? \d{1,2}(?:\s+(?:y media|en punto|horas|hrs?))?(?=\s*(?:$|[,.;)]|\b(?:los|todos|cada|al|en|con|sin|para|o|y|entre|de(?! (?:cada|las?|los|\d)))\b))"
    r"|\ba las? (?:\d{1,2}|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce) de la (?:mañana|tarde|noche))",
)
_CLOCK_HINT = re.compile(r"\d\s*(?::\d|[ap]\.?\s?m\b|o'?clock)")
_SCALE = re.compile(
    r"(?<![^\W_])(?=[\w(])(?:(?:phq[- ]?(?:9|2|a)|gad[- ]?[27]|dast[- ]?(?:10|20)|pcl[- ]?5|c-?ssrs|ciwa(?:-ar)?|y-?bocs|bdi(?:-?ii|-2)?|ham-?[ad]|madrs|ymrs|panss|bprs|moca|whodas(?: 2\.0)?"
    r"|basis[- ]?(?:24|32)|oq[- ]?45(?:\.2)?|ces-?d(?:-?r)?|rosenberg|likert|suds|psqi|epworth|psc[- ]?17|smfq|aces|edinburgh|vanderbilt"
    r")\b"
    r"|\b(?:columbia|beck|hamilton|edinburgh)(?:\s+\w+){0,3}\s+(?:scale|inventory|screener|protocol|escala|inventario)"
    r"|(?:(?:on|using|with|from|of|en|según)\s+)?(?:a|an|the|una|la)?\s*\b(?:0|1|zero|one)\s*(?:-|–|to|through)\s*(?:5|7|10|100|five|ten)\s*(?:point\s+)?(?:\w+\s+)?(?:scale|rating|likert)"
    r"|\b(?:a|the|his|her|an)?\s*(?:\d+|five|seven|ten|hundred)[- ]point\s+(?:\w+[- ]){0,3}(?:scale|rating|likert)"
    r"|\b(?:scale|rating|range)\s+(?:of|from|that goes from)\s+(?:0|1|zero|one)\s*(?:-|–|to)\s*(?:\d+|five|ten)\b"
    r"|\(\s*(?:0|1)\s*(?:-|–|to|a)\s*\d+\s*(?:scale)?\s*\)"
    r"|\bescala\s+de(?:l)?\s+(?:0|1|cero|uno)\s+(?:a|al)\s+(?:\d+|cinco|diez)\b|\bescala\s+(?:0|1)\s*[-–]\s*\d+|\bescala\s+de\s+(?:\d+|cinco|diez)\s+puntos)",
)
_SCALE_WORDS = (
    *("scale", "escala", "rating", "likert", "range", "(", "phq", "gad", "dast", "pcl", "ssrs", "ciwa", "bocs", "bdi"),
    *("ham", "madrs", "ymrs", "panss", "bprs", "moca", "whodas", "basis", "oq", "ces", "rosenberg", "suds", "psqi"),
    *("epworth", "psc", "smfq", "aces", "edinburgh", "vanderbilt", "columbia", "beck"),
)
_EXAMPLE_WORDS = ("such as", "for example", "e.g.", "tales como", "por ejemplo")
_PAST_WORDS = (
    "past",
    "last",
    "previous",
    "prior",
    "preceding",
    "after",
    "despite",
    "últim",
    "pasad",
    "después",
    "tras",
    "(rated",
    "(now",
    "current",
    "(today",
    "baseline",
    "intake",
    "years of",
    "months of",
    "weeks of",
    "days of",
    "admission",
    "ingreso",
    "inicio",
    "(was",
    "(scor",
    "(at ",
    "actualmente",
    "(hoy",
    "(línea",
    "(antes",
)
_START = re.compile(r"[^\W_]+|[(#]")
_WARD = re.compile(
    r"\b(?:on|to|in|at|of)\s+\d+[A-Z]?\s+(?:West|East|North|South|Center|Main|Tower)\b"
    r"|\b[Oo]n\s+[A-Z][a-z]{3,}\s+\d+(?:\.\d+)?\s*(?:mg)?\s*(?:[Bb][Ii][Dd]|[Tt][Ii][Dd]|[Qq][Ii][Dd]|[Qq][Dd]|[Qq][Hh][Ss]|(?:once |twice |three times |four times )?daily|nightly)\b"
)
"""A ward ("6 West") or the medicine that somebody is on ("on Haldol 5 BID")."""
_ACRONYM = re.compile(
    r"\b(?:AUDIT(?:-C)?|ISI|EPDS|COWS|CANS|BAI|SDS|ORS|SRS|PSS|GAF|CGI|SF-?\d+|LOCUS|SCARED|SUD|CDI|MMSE|DLA-?20|FIT|CAGE|SDQ|CBCL|STAXI|DES|EDE-?Q)\b"
)
"""Instruments whose names are words in small letters; only read where not everything is in capitals."""
_NAME = re.compile(
    r"(?:(?<![^\W_])(?=[^\W_])|(?=\#)|^)(?:^\W*(?:obj|objective|goal|stg|ltg|prob|problem|int|obj(?:etivo)?|meta)\b\.?\s*#?\s*\d+(?:\.\d+)*[a-z]?\s*[:.)–-]"
    r"|^\W*\d+(?:\.\d+)*[a-z]?[.):](?=\s)|\b(?:(?:12|twelve|doce)[- ](?:step|pasos)\w*|(?:step|paso|pasos|room|salón|aula|piso|sala|habitación|cuarto|grade|grado|level|nivel|phase|fase|chapter|unit|ward|floor|building|apt\.?|apartment"
    r"|dimension|dimensión|axis|eje|tier|stage|etapa|type|tipo|track|cohort|form|formulario|bus|route|ruta|line|línea|section|sección|title|título|highway|dorm|pod|cottage|hall|bipolar|schedule"
    r"|goal|meta|objective|objetivo|problem|problema|number|no\.|número|núm\.)\s*#?\s*(?:\d+(?:\.\d+)*[a-z]?|one|two|three|four|iv|iii|ii|i|uno|dos|tres)\b(?!\s*(?:times|veces|of (?:\d|the|every)|de cada|days|minutes|mornings|nights|weeks|hours|sessions|meetings|evenings|afternoons|visits|classes|días|noches|mañanas|sesiones|horas|or|o\s))"
    r"|\#\s?\d+|\b\d+\s*\.?\s?[ºª°]\.?\s*[^\W\d]+|\b\d+(?:er|ro|do|to|mo|vo|no)\.?\s+[^\W\d]+|\b\d(?:-\d){2,}\b|\b\d+\s*-\s*\d+\s+shift"
    r"|\b(?:\d+|one|two|three)[- ](?:minute|min|hour|hr|day|week|month)[- ](?!(?:at|in|on|per|each|every|of|for|with|before|after|during)\b)(?:[^\W\d]+\s+){0,3}(?:sessions?|groups?|class(?:es)?|program(?:me)?s?|courses?|meetings?|workshops?|stay|track|appointments?|curriculum|series)\b"
    r"|\b(?:during|in|throughout|of|after|following)\s+(?:the|a|his|her|their)?\s*(?:\d+|one|two|three)[- ](?:minute|min|hour|hr|day|week|month)[- ][^\W\d]+"
    r"|\b(?:sesi[oó]n(?:es)?|terapias?|grupos?|clases?|programas?|talleres|taller|cursos?|turnos?)(?: [^\W\d]+)? de (?:\d+|una|dos|tres) (?:minutos|horas?|días|semanas|meses)\b"
    r"|\b(?:the|las|los)\s+(?:\d+|two|three|four|five|six|seven|twelve|dos|tres|cuatro|cinco|siete|doce)\s+(?:stages|senses|love languages|pillars|principles|traditions|habits|steps|etapas|sentidos|principios|tradiciones|pilares)\b(?=\s+(?:of|de|and|y)\b|\W*$)"
    r"|\b(?:niñ[oa]s?|hij[oa]s?|bebés?|niet[oa]s?|jóvenes|joven) de \d+ (?:años|meses)\b|\b\d+\s*%\s+(?:disab\w+|de discapacidad)"
    r"|\b(?:turns?|turned|cumpl\w+|since (?:he|she|they) (?:was|were)|desde los)\s+\d+(?:\s+años)?(?=\W*$|\s+(?:in|en|by)\b)"
    r"|\d+(?:st|nd|rd|th)[- ](?:grade|step|floor|period|street|avenue|edition)\w*|[a-tv-z]\d{2}\.[\da-z]{1,4}|[a-tv-z]\d{2}(?=\))|(?!x\d|q\d)[a-z]{1,5}\d+[a-z\d]*\b(?![.,]\d|\s*%)|988|911|9-8-8|50/50|3/4[- ](?:way[- ])?(?:house|home)|\d+\s?-?(?:yo|y/o|y\.o\.?)(?!\w)|9-to-5|24/7|24[- ]hour|24 horas"
    r"|(?:1|one)[- ]?(?:on|to|:|a)[- ]?(?:1|one|uno)\b|uno a uno|covid-?19|b-?12|d3|hb-?a1c|dsm-?(?:5|iv)(?:-tr)?|icd-?10(?:-cm)?|cie-?10|\d+[- ](?:year|month|week|day)s?[- ]old|\d+ años de edad"
    r"|(?:age|aged|ages|edad)\s+\d+(?:\s*(?:and|to|-)\s*\d+)?|\d+(?:\.\d+)?\s*(?:mg|mcg|ml|milligrams?|miligramos)\b(?:\s*/\s*(?:day|día))?|section 8|title ix|omega-3|wellbutrin xl|h\.?a\.?l\.?t\.?))",
)
_NAME_STARTS = frozenset(
    "twelve doce step paso pasos room salón aula piso sala habitación cuarto grade grado level nivel phase fase chapter unit ward"
    " floor building apt apartment dimension dimensión axis eje tier stage etapa type tipo track cohort form formulario bus route"
    " ruta line línea section sección title título highway dorm pod cottage hall bipolar schedule goal meta objective objetivo"
    " problem problema number no número núm one two three during in throughout of after following sesion sesión sesiones terapia"
    " terapias grupo grupos clase clases programa programas taller talleres curso cursos turno turnos the las los niño niña niños"
    " niñas hijo hija hijos hijas bebé bebés nieto nieta nietos nietas joven jóvenes turn turns turned since desde uno covid b d hb"
    " dsm icd cie age aged ages edad omega wellbutrin h halt cumple cumpla cumplan cumplen cumplir cumplirá cumplirán cumplió".split()
)
"""Words such a name can begin with, besides those with a digit: a pattern of many branches is dear at every letter."""
_PAST = re.compile(
    rf"\b(?:for|over|in|during|within|from|of)\s+(?:the\s+|his\s+|her\s+)?(?:past|last|previous|prior|preceding)\s+{_SPAN}|\b(?:after|despite|over|during|following)\s+{_SPAN}\s+of\b"
    r"|\b\d+(?:\.\d+)?(?:\s*/\s*\d+|\s*%)?\s+(?:at|on|upon|al)\s+(?:intake|baseline|admission|entry|ingreso|inicio)\b"
    r"|\((?:rated|currently|now|today|baseline|was|scored|score|at intake|actualmente|hoy|línea base|antes)\b[^)]*\)"
    r"|\b(?:currently|at baseline|actualmente)\s*:?\s*\d+(?:\.\d+)?(?:\s*/\s*\d+|\s*%)?"
    rf"|\b(?:en|durante|de|por)\s+l[oa]s\s+(?:últim[oa]s|pasad[oa]s)\s+{_TRAMO}|\b(?:después|tras)\s+(?:de\s+)?{_TRAMO}\s+de\b",
)
_AGO = re.compile(rf"\b{_SPAN}\s+ago\b|\b(?:desde\s+)?hace\s+(?:más de\s+|casi\s+)?{_TRAMO}")
_EXAMPLE = re.compile(r"\b(?:such as|for example|e\.g\.|tales como|por ejemplo)[^.;]*")
_DOSE_CHANGE = re.compile(r"\bfrom\s+\d+(?:\.\d+)?\s*mg\b|\bde\s+\d+(?:\.\d+)?\s*mg\b.*\ba\s+\d+")


@dataclass(frozen=True, slots=True)
class Stripped:
    """The sentence in small letters with markers in the place of what was taken out, and what that was, as written."""

    rest: str
    deadlines: tuple[str, ...]
    scales: tuple[str, ...]
    names: tuple[str, ...]


def strip_times(statement: str, language: str) -> Stripped:
    """Take out deadlines, clock times, scales and names with numbers; `language` is `en` or `es`."""
    text = _Text(write_out(statement, language))
    if not statement.isupper():
        text.take("§scale", _ACRONYM, as_written=True)
    if text.has(_SCALE_WORDS):
        text.take("§scale", _SCALE)
    if _CLOCK_HINT.search(text.low) or text.has(("las ", " la ")):
        text.take("§clock", _CLOCK)
    text.take("§name", _WARD, as_written=True)
    if "mg" not in text.low or not _DOSE_CHANGE.search(text.low):
        text.take("§name", _NAME, starts=_NAME_STARTS)
    if text.has((" ago", "hace ")):
        text.take("§past", _AGO)
    if text.has(_EXAMPLE_WORDS):
        text.take("", _EXAMPLE)
    if text.has(_PAST_WORDS):
        text.take("§past", _PAST)
    if language == "es":
        text.take("§when", _PLAZO)
    else:
        text.take("§when", _DEADLINE, starts=_DEADLINE_STARTS)
    taken = {marker: tuple(words) for marker, words in text.taken.items()}
    return Stripped(text.low, taken.get("§when", ()), taken.get("§scale", ()), taken.get("§name", ()))


class _Text:
    """A sentence as written and in small letters, letter by letter the same, so that patterns need not mind case."""

    def __init__(self, statement: str) -> None:
        self.written = statement
        self.low = lower_letters(statement)
        self.taken: dict[str, list[str]] = {}

    def has(self, pieces: tuple[str, ...]) -> bool:
        """Whether one of these pieces stands in it: quicker than a pattern that cannot match."""
        return any(map(self.low.__contains__, pieces))

    def take(
        self, marker: str, pattern: re.Pattern[str], *, as_written: bool = False, starts: frozenset[str] | None = None
    ) -> None:
        """Put the marker in the place of every match, and keep the matches as they were written.

        `starts` holds the words that a match can begin with, besides the first word and those with a digit.
        """
        at, written, low = 0, list[str](), list[str]()
        matches = (
            self._matches_at(pattern, starts) if starts else pattern.finditer(self.written if as_written else self.low)
        )
        for match in matches:
            start, end = match.span()
            self.taken.setdefault(marker, []).append(self.written[start:end].strip())
            written += [self.written[at:start], f" {marker} "]
            low += [self.low[at:start], f" {marker} "]
            at = end
        if low:
            self.written = "".join([*written, self.written[at:]])
            self.low = "".join([*low, self.low[at:]])

    def _matches_at(self, pattern: re.Pattern[str], starts: frozenset[str]) -> Iterator[re.Match[str]]:
        end = 0
        if first := pattern.match(self.low):
            end = first.end()
            yield first
        for found in _START.finditer(self.low):
            word = found[0]
            if word not in starts and word.isalpha():
                continue
            place = found.start()
            if place >= end and place and (match := pattern.match(self.low, place)):
                end = match.end()
                yield match


def lower_letters(text: str) -> str:
    """Small letters, one for one: a letter whose small form is two (İ) stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
