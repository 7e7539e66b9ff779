"""Calendar files read by ical.js, the parser of Thunderbird and Nextcloud, in a real Chromium."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.calendars.read_file import ReadBusy, ReadEvent, ReadFile, ToolMissing, without_mailto

ICAL_JS = Path(__file__).parents[1] / "vendor" / "ical.js" / "ical.js"


class IcalJsReader:
    """ical.js in a real Chromium, in a thread of its own since other tests may drive browsers in theirs."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._page: Page = self._thread.submit(self._open).result()

    def __call__(self, data: bytes) -> ReadFile:
        found = self._thread.submit(self._page.evaluate, _READ_IN_PAGE, data.decode()).result()
        return ReadFile(
            method=found["method"],
            events=tuple(_event_of_page(event) for event in found["events"]),
            busy=tuple(_busy_of_page(busy) for busy in found["busy"]),
        )

    def close(self) -> None:
        self._thread.submit(self._shut).result()
        self._thread.shutdown()

    def _open(self) -> Page:
        chromium = shutil.which("chromium")
        if chromium is None:
            raise ToolMissing("ical.js reads what we write in a real browser: apt-get install chromium")
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = self._browser.new_page()
        page.evaluate(_LOAD_IN_PAGE, ICAL_JS.read_text(encoding="utf-8"))
        return page

    def _shut(self) -> None:
        self._browser.close()
        self._playwright.stop()


_LOAD_IN_PAGE = """async (source) => {
    const found = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(source));
    window.ICAL = found.default;
}"""

_READ_IN_PAGE = """(text) => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    const value = (component, name) => component.getFirstPropertyValue(name) ?? "";
    const instant = (time) => {
        if (time.zone === ICAL.Timezone.localTimezone) throw new Error("floating time: " + time);
        return time.toUnixTime();
    };
    const people = (event, name) => event.getAllProperties(name).map((property) => ({
        address: property.getFirstValue(), name: property.getParameter("cn") ?? "",
    }));
    return {
        method: value(calendar, "method"),
        events: calendar.getAllSubcomponents("vevent").map((event) => ({
            uid: value(event, "uid"), sequence: value(event, "sequence") || 0,
            dtstamp: instant(value(event, "dtstamp")),
            starts_at: instant(value(event, "dtstart")), ends_at: instant(value(event, "dtend")),
            summary: value(event, "summary"), description: value(event, "description"),
            location: value(event, "location"), url: value(event, "url"), status: value(event, "status"),
            organizers: people(event, "organizer"), attendees: people(event, "attendee"),
        })),
        busy: calendar.getAllSubcomponents("vfreebusy").map((busy) => ({
            uid: value(busy, "uid"), dtstamp: instant(value(busy, "dtstamp")),
            starts_at: instant(value(busy, "dtstart")), ends_at: instant(value(busy, "dtend")),
            organizers: people(busy, "organizer"),
            periods: busy.getAllProperties("freebusy").flatMap((property) => property.getValues().map(
                (period) => [property.getParameter("fbtype"), instant(period.start), instant(period.getEnd())]
            )),
        })),
    };
}"""


def _busy_of_page(found: dict[str, Any]) -> ReadBusy:
    (organizer,) = found["organizers"]
    return ReadBusy(
        uid=found["uid"],
        dtstamp=datetime.fromtimestamp(found["dtstamp"], UTC),
        starts_at=datetime.fromtimestamp(found["starts_at"], UTC),
        ends_at=datetime.fromtimestamp(found["ends_at"], UTC),
        organizer=without_mailto(organizer["address"]),
        organizer_name=organizer["name"],
        periods=tuple(
            (kind, datetime.fromtimestamp(starts_at, UTC), datetime.fromtimestamp(ends_at, UTC))
            for kind, starts_at, ends_at in found["periods"]
        ),
    )


def _event_of_page(found: dict[str, Any]) -> ReadEvent:
    organizers, attendees = found.pop("organizers"), found.pop("attendees")
    moments = {
        key: datetime.fromtimestamp(found.pop(key), UTC) for key in ("dtstamp", "starts_at", "ends_at")
    }
    return ReadEvent(
        **found,
        **moments,
        organizer=without_mailto(organizers[0]["address"]) if organizers else "",
        organizer_name=organizers[0]["name"] if organizers else "",
        attendees=tuple(without_mailto(person["address"]) for person in attendees),
        attendee_names=tuple(person["name"] for person in attendees),
    )
