"""Full sessions, planned: at each a newcomer meets a no that one click solves (docs/decisions/0025)."""

from scheduler.core.facts import VisitRequest
from scheduler.demo.desk import Desk

# A site whose rounds run every half day, whose tours speak many languages, and where somebody has an account.
SITE, TOUR = "EDC", "EDC-HOUSE"
# Weeks after the loading: whoever comes back to the demo later finds one, too.
WEEKS = range(2, 11)
# Its second round of a morning: before and after it there is room.
WHICH = 1


def plan_collisions(desk: Desk) -> None:
    """Once a week, from the week after next, one round is full to the last place with citizens."""
    for week in WEEKS:
        offers = desk.day(SITE, VisitRequest(headcount=1), week * 7 + 2, asked_at=desk.ago(40))
        rounds = [offer for offer in offers if offer.tour.code == TOUR and not offer.running.places_taken]
        for offer in rounds[WHICH : WHICH + 1]:
            desk.other(offer, "Citizens, single bookings", offer.tour.places)
