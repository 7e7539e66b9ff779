"""Random changes at sites: closures, limits, places, hours. No visit is dropped; the same are flagged."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from scheduler.actions.delegations import change_delegation
from scheduler.actions.sites import change_site, close_site, reopen_site
from scheduler.actions.tours import change_session_places, change_tour
from scheduler.core.spans import Span
from tests.cast import OFFICER, seoul
from tests.machine.agreement import Agreement
from tests.machine.city import GUESTS, SITES, TOURS, hours

SITE, ANY = st.sampled_from(sorted(SITES)), st.integers(0, 99)
LIMIT = st.sampled_from((None, 30, 20, 16, 12, 8, 5, 3, 2, 1))
PLACES = st.sampled_from((15, 12, 10, 8, 6, 4, 1))


def is_calm(machine: Any) -> bool:
    """Sites change now and then; in between people book."""
    return bool(machine.calm >= 2)


class Changes(Agreement):
    """What site managers do."""

    @precondition(is_calm)
    @rule(site=SITE, hour=st.integers(9, 16), length=st.integers(1, 3))
    def close(self, site: str, hour: int, length: int) -> None:
        span = Span(seoul(14, hour), seoul(14, hour + length))
        before = self.truth.reasons(site)
        changed = close_site(self.city.site_ids[site], span, "Water", by=OFFICER, at=self.truth.now)
        self.truth.sites[site]["closures"][changed.subject.id] = (span.starts_at, span.ends_at)
        self._agree_on_concerned(changed, before, site)

    @precondition(lambda self: any(site["closures"] for site in self.truth.sites.values()))
    @rule(which=ANY)
    def reopen(self, which: int) -> None:
        closures = [(name, n) for name, site in self.truth.sites.items() for n in site["closures"]]
        site, number = closures[which % len(closures)]
        before = self.truth.reasons(site)
        changed = reopen_site(self.city.site_ids[site], number, by=OFFICER, at=self.truth.now)
        del self.truth.sites[site]["closures"][number]
        self._agree_on_concerned(changed, before, site)

    @precondition(is_calm)
    @rule(kind=st.sampled_from(("site", "tour")), which=ANY, people=LIMIT, groups=LIMIT)
    def change_limits(self, kind: str, which: int, people: int | None, groups: int | None) -> None:
        name = sorted(TOURS if kind == "tour" else SITES)[which % len(TOURS if kind == "tour" else SITES)]
        limits = {"people_at_once": people, "groups_at_once": groups}
        if kind == "site":
            before = self.truth.reasons(name)
            changed = change_site(self.city.site_ids[name], limits, by=OFFICER, at=self.truth.now)
            self.truth.sites[name].update(people=people, groups=groups)
            return self._agree_on_concerned(changed, before, name)
        before = self.truth.reasons(TOURS[name]["site"])
        changed = change_tour(self.city.tour_ids[name], limits, by=OFFICER, at=self.truth.now)
        self.truth.tours[name].update(people=people, groups=groups)
        return self._agree_on_concerned(changed, before, TOURS[name]["site"])

    @precondition(is_calm)
    @rule(site=SITE)
    def change_hours(self, site: str) -> None:
        """The day gets shorter, or longer again."""
        closes = 12 if self.truth.sites[site]["hours"] == (10, 17) else 17
        before = self.truth.reasons(site)
        changed = change_site(
            self.city.site_ids[site], {"hours": hours(closes)}, by=OFFICER, at=self.truth.now
        )
        self.truth.sites[site]["hours"] = (10, closes)
        self._agree_on_concerned(changed, before, site)

    @precondition(is_calm)
    @rule(which=ANY, places=PLACES, of_all=st.booleans())
    def change_places(self, which: int, places: int, of_all: bool) -> None:
        """Of one session, or of its whole tour."""
        slot = sorted(self.city.session_ids)[which % len(self.city.session_ids)]
        site = TOURS[slot[0]]["site"]
        before = self.truth.reasons(site)
        if of_all:
            tour_id = self.city.tour_ids[slot[0]]
            changed = change_tour(tour_id, {"places": places}, by=OFFICER, at=self.truth.now)
            self.truth.tours[slot[0]]["places"] = places
        else:
            number = self.city.session_ids[slot]
            changed = change_session_places(number, places, by=OFFICER, at=self.truth.now)
        for other, session in self.truth.sessions.items():
            if other == slot or (of_all and other[0] == slot[0]):
                session["places"] = places
        self._agree_on_concerned(changed, before, site)

    @precondition(is_calm)
    @rule(who=st.sampled_from(sorted(GUESTS)), hour=st.sampled_from((11, 12, 15, 23)))
    def change_stay(self, who: str, hour: int) -> None:
        """Flights are put off and brought forward. Every site that waits for the delegation is weighed."""
        departs_at = seoul(14, hour)
        awaiting = [visit for visit in self.truth.awaited() if visit["who"] == who]
        sites = {TOURS[visit["slot"][0]]["site"] for visit in awaiting}
        before = {site: self.truth.reasons(site) for site in sites}
        change_delegation(self.city.guest_ids[who], {"departs_at": departs_at}, by=OFFICER, at=self.truth.now)
        self.truth.guests[who]["departs_at"] = departs_at
        self.calm = 0
        for site in sites:
            self.truth.flag_since(before[site], site)
