"""Full sessions, planned: at each a newcomer meets a no that one click solves (docs/decisions/0025)."""

from scheduler.core.facts import VisitRequest
from scheduler.demo.desk import Desk
from scheduler.demo.sites import ZONE

# A site whose rounds run all day, and where somebody has an account.
SITE, TOUR = "EDC", "EDC-HOUSE"
# On Wednesdays: the days before and after are those on which most sites are open.
WEDNESDAY = 2
# Weeks after the loading: whoever comes back to the demo later finds one, too.
WEEKS = range(2, 11)
# Its second round of the day: before and after it there is room.
WHICH = 1


def plan_collisions(desk: Desk) -> None:
    """Once a week, from the week after next, one round is full to the last place with citizens."""
    first = (WEDNESDAY - desk.at.astimezone(ZONE).weekday()) % 7
    for week in WEEKS:
        offers = desk.day(SITE, VisitRequest(headcount=1), first + week * 7, asked_at=desk.ago(40))
        rounds = [offer for offer in offers if offer.tour.code == TOUR and not offer.running.places_taken]
        for offer in rounds[WHICH : WHICH + 1]:
            desk.other(offer, "Citizens, single bookings", offer.tour.places)
