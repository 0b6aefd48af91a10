"""Due dates as a calendar file (.ics, RFC 5545) that any calendar program imports.

The file names the plan by its number and says what is due; it never holds the person's name, for it leaves the agency.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

_REMIND = timedelta(days=7)


def as_ics(days: Iterable[tuple[date, str, str, str]], *, plan_id: str, stamped: date) -> bytes:
    """One whole-day event for each (day, what, why, place in the plan), with a reminder a week before.

    `stamped` is the day the file was made: the same plan on the same day gives the same bytes. An event keeps its UID
    when the file is made again, so that a calendar replaces it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//planscribe//review clock//EN")
    calendar.add("version", "2.0")
    for day, what, why, place in days:
        event = Event()
        event.add("uid", hashlib.sha256(f"{plan_id}|{place}|{what}".encode()).hexdigest()[:32] + "@planscribe")
        event.add("dtstamp", datetime(stamped.year, stamped.month, stamped.day, tzinfo=UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", f"{what} ({plan_id})" if plan_id else what)
        event.add("description", why)
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", what)
        alarm.add("trigger", -_REMIND)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
