"""A plain model of the truth: dicts, lists and slow counting, written from the rules' sentences alone."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import SEOUL

QUARTER = timedelta(minutes=15)
ACTIVE = {"held", "requested", "confirmed", "carried_out", "closed"}
AWAITED = {"held", "requested", "confirmed"}
# Act -> state before -> state after; "asked" is requested, or confirmed where nobody need agree.
LIFE = {
    "request": {"held": "asked"},
    "confirm": {"requested": "confirmed"},
    "decline": {"held": "declined", "requested": "declined", "confirmed": "declined"},
    "move": {"held": "held"} | dict.fromkeys(("requested", "confirmed", "postponed", "declined"), "asked"),
    "cancel": dict.fromkeys(("held", "requested", "confirmed", "postponed"), "cancelled"),
    "postpone": dict.fromkeys(("held", "requested", "confirmed"), "postponed"),
    "arrive": {"confirmed": "carried_out", "carried_out": "carried_out"},
    "no_show": {"confirmed": "no_show", "requested": "no_show"},
    "close": {"carried_out": "closed"},
}
# What can be said of a visit from midnight of its own day on.
ON_THE_DAY = ("arrive", "no_show")
# What a site waves through by agreeing once more.
WAVED_THROUGH = {"closed", "outside_hours"}

# A tour's name and a start; who (or None), slot, headcount, and the visit that asks, if it is one.
Slot, Wanted = tuple[str, datetime], dict[str, Any]


@dataclass
class Truth:
    """What is the case at one moment. A booking without a `who` is one of somebody who is no delegation."""

    now: datetime
    sites: dict[str, dict[str, Any]]
    tours: dict[str, dict[str, Any]]
    guests: dict[str, dict[str, Any]]
    sessions: dict[Slot, dict[str, Any]] = field(default_factory=dict)
    bookings: list[dict[str, Any]] = field(default_factory=list)

    def visits(self) -> list[dict[str, Any]]:
        return [booking for booking in self.bookings if booking["who"] is not None]

    def awaited(self) -> list[dict[str, Any]]:
        return [visit for visit in self.visits() if visit["state"] in AWAITED and not self.has_run_out(visit)]

    def holds(self) -> list[dict[str, Any]]:
        return [visit for visit in self.visits() if visit["state"] == "held"]

    def is_present(self, booking: dict[str, Any]) -> bool:
        return booking["state"] in ACTIVE and not self.has_run_out(booking)

    def has_run_out(self, booking: dict[str, Any]) -> bool:
        return booking["state"] == "held" and booking["hold_until"] <= self.now

    def session(self, slot: Slot) -> dict[str, Any]:
        """A session, dated or as the window would be."""
        name, starts_at = slot
        if slot in self.sessions:
            return self.sessions[slot]
        tour = self.tours[name]
        ends_at = starts_at + timedelta(minutes=tour["minutes"])
        turnaround = timedelta(minutes=self.sites[tour["site"]]["turnaround"])
        times = {"starts_at": starts_at, "ends_at": ends_at, "clear_at": ends_at + turnaround}
        return {"tour": name, "site": tour["site"], "places": tour["places"], **times}

    def taken(self, slot: Slot, but: Any = None) -> tuple[int, int]:
        """People and groups in one session."""
        here = [
            b["headcount"] for b in self.bookings if b["slot"] == slot and b is not but and self.is_present(b)
        ]
        return sum(here), len(here)

    def peak(self, kind: str, name: str, session: dict[str, Any], but: Any = None) -> tuple[int, int]:
        """The most people and the most groups at any quarter hour of a session, at a site or in a tour."""
        people = groups = 0
        instant = session["starts_at"]
        while instant < session["clear_at"]:
            here = [
                booking["headcount"]
                for booking in self.bookings
                if booking is not but and self.is_present(booking)
                for other in [self.sessions[booking["slot"]]]
                if other[kind] == name and other["starts_at"] <= instant < other["clear_at"]
            ]
            people, groups = max(people, sum(here)), max(groups, len(here))
            instant += QUARTER
        return people, groups

    def refusals(self, wanted: Wanted) -> set[str]:
        """The codes of everything that stands against somebody's wish."""
        session, tour = self.session(wanted["slot"]), self.tours[wanted["slot"][0]]
        guest, headcount, but = self.guests[wanted["who"]], wanted["headcount"], wanted.get("visit")
        starts_at, ends_at = session["starts_at"], session["ends_at"]
        codes = set() if self.is_dated(wanted["slot"]) else {"no_session_then"}
        if headcount > tour["largest"]:
            codes.add("group_too_large")
        if headcount < tour["smallest"]:
            codes.add("group_too_small")
        if headcount > guest["headcount"]:
            codes.add("more_than_the_delegation")
        codes |= {code for code, *_facts in self.clashes(wanted["slot"], headcount, but, wanted["who"])}
        for visit in self.visits():
            other = self.sessions[visit["slot"]]
            is_there = visit["who"] == wanted["who"] and visit is not but and self.is_present(visit)
            if is_there and other["starts_at"] < ends_at and starts_at < other["ends_at"]:
                codes.add("already_elsewhere")
        return codes

    def scarcity(self, wanted: Wanted) -> set[str]:
        """What stands against somebody who is no delegation: only what is scarce."""
        if not self.is_dated(wanted["slot"]):
            return {"no_session_then"}
        codes = {code for code, *_facts in self.clashes(wanted["slot"], wanted["headcount"])}
        return codes - {"closed", "outside_hours"}

    def is_dated(self, slot: Slot) -> bool:
        return slot in self.sessions or self.tours[slot[0]]["is_windows"]

    def clashes(self, slot: Slot, headcount: int, but: Any = None, who: Any = None) -> set[tuple[Any, ...]]:
        """What can turn against a visit later, each with the facts that make it what it is."""
        session, tour = self.session(slot), self.tours[slot[0]]
        site = self.sites[tour["site"]]
        starts_at, ends_at = session["starts_at"], session["ends_at"]
        found: set[tuple[Any, ...]] = set()
        opens, closes = (_on(starts_at.astimezone(SEOUL).date(), hour) for hour in site["hours"])
        if starts_at < opens or closes < ends_at:
            found.add(("outside_hours", opens, closes))
        for number, (first, last) in site["closures"].items():
            if first < ends_at and starts_at < last:
                found.add(("closed", number))
        if who is not None:
            stay = self.guests[who]["arrives_at"], self.guests[who]["departs_at"]
            if starts_at < stay[0] or stay[1] < ends_at:
                found.add(("outside_stay", *stay))
        people, _groups = self.taken(slot, but)
        if people + headcount > session["places"]:
            found.add(("no_places_left", session["places"], max(0, session["places"] - people)))
        at_site = self.peak("site", tour["site"], session, but)
        in_tour = self.peak("tour", slot[0], session, but)
        for which, name, more in ((0, "people", headcount), (1, "groups", 1)):
            bounds = [
                (limit - present[which], order, limit, present[which])
                for order, (limit, present) in enumerate(((site[name], at_site), (tour[name], in_tour)))
                if limit is not None and present[which] + more > limit
            ]
            if bounds:
                found.add((f"too_many_{name}_at_once", *min(bounds)[1:]))
        return found

    def identical(self, wanted: Wanted) -> dict[str, Any] | None:
        """An awaited visit of the same delegation, session and headcount."""
        names = ("who", "slot", "headcount")
        same = (visit for visit in self.awaited() if all(visit[name] == wanted[name] for name in names))
        return next(same, None)

    def add(self, number: int, wanted: Wanted, hold_until: datetime | None = None) -> None:
        """A booking that was accepted. One of nobody's takes its places at once."""
        first = "held" if hold_until else self._asked(wanted["slot"])
        self.sessions.setdefault(wanted["slot"], self.session(wanted["slot"]))
        self.bookings.append(
            {"id": number, "who": wanted["who"], "slot": wanted["slot"], "headcount": wanted["headcount"]}
            | {"state": first if wanted["who"] else "confirmed", "hold_until": hold_until, "clash": None}
        )

    def barred(self, visit: dict[str, Any], act: str) -> set[str]:
        """Why the state of a visit, or its day, does not allow an act."""
        if visit["state"] == "expired" or self.has_run_out(visit):
            return {"state_forbids"} if act == "cancel" else {"hold_expired"}
        if act == "confirm" and visit["state"] == "confirmed" and visit["clash"]:
            return set()
        if visit["state"] not in LIFE[act]:
            return {"state_forbids"}
        is_early = self.now.astimezone(SEOUL).date() < visit["slot"][1].astimezone(SEOUL).date()
        return {"not_before_the_day"} if act in ON_THE_DAY and is_early else set()

    def act(self, visit: dict[str, Any], act: str) -> None:
        """What an act that is allowed comes to."""
        was_present = self.is_present(visit)
        after = (
            "confirmed" if visit["state"] == "confirmed" and act == "confirm" else LIFE[act][visit["state"]]
        )
        visit["state"] = self._asked(visit["slot"]) if after == "asked" else after
        is_waved_through = {code for code, *_facts in visit["clash"] or ()} <= WAVED_THROUGH
        if act not in ("request", "confirm", "close") or (act == "confirm" and is_waved_through):
            visit["clash"] = None
        if was_present and not self.is_present(visit):
            self.settle(visit["slot"])

    def move(self, visit: dict[str, Any], wanted: Wanted) -> None:
        old = visit["slot"]
        if self.changes_nothing(visit, wanted):
            return
        self.sessions.setdefault(wanted["slot"], self.session(wanted["slot"]))
        after = LIFE["move"][visit["state"]]
        visit["state"] = self._asked(wanted["slot"]) if after == "asked" else after
        visit.update(slot=wanted["slot"], headcount=wanted["headcount"], clash=None)
        self.settle(old)
        self.settle(wanted["slot"])

    def changes_nothing(self, visit: dict[str, Any], wanted: Wanted) -> bool:
        """A move of an awaited visit to where it is, with nothing against it."""
        is_settled = visit["state"] in AWAITED and not visit["clash"]
        return is_settled and (visit["slot"], visit["headcount"]) == (wanted["slot"], wanted["headcount"])

    def drop(self, booking: dict[str, Any]) -> None:
        self.bookings.remove(booking)
        self.settle(booking["slot"])

    def expire(self, booking: dict[str, Any]) -> None:
        booking.update(state="expired", clash=None)

    def expire_all(self) -> None:
        """The clock's own act; whoever has room again by it loses the flag."""
        run_out = [visit for visit in self.visits() if self.has_run_out(visit)]
        for visit in run_out:
            self.expire(visit)
        for visit in run_out:
            self.settle(visit["slot"])

    def reasons(self, site: str) -> dict[int, set[tuple[Any, ...]]]:
        """What stands against every awaited visit of a site."""
        here = [visit for visit in self.awaited() if self.sessions[visit["slot"]]["site"] == site]
        return {v["id"]: self.clashes(v["slot"], v["headcount"], v, v["who"]) for v in here}

    def flag_since(self, before: dict[int, set[tuple[Any, ...]]], site: str) -> set[int]:
        """After a change: visits with a reason they did not have before are flagged, and given back."""
        after = self.reasons(site)
        concerned = {number for number, reasons in after.items() if reasons - before.get(number, set())}
        for visit in self.visits():
            if visit["id"] in concerned:
                visit["clash"] = after[visit["id"]]
        self._settle_site(site)
        return concerned

    def settle(self, slot: Slot) -> None:
        """Places came free: flags of that site are held against the truth."""
        self._settle_site(self.tours[slot[0]]["site"])

    def _settle_site(self, site: str) -> None:
        reasons = self.reasons(site)
        for visit in self.visits():
            if visit["clash"] and visit["id"] in reasons:
                visit["clash"] = reasons[visit["id"]] or None

    def _asked(self, slot: Slot) -> str:
        return "requested" if self.tours[slot[0]]["needs_agreement"] else "confirmed"


def _on(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SEOUL)
