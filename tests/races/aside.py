"""The law of last resort laid aside: what is taken is still counted, but it neither refuses nor locks."""

from tests.laws.by_hand import Hand

# What keeps the counters and the places of sites; all other triggers refuse.
COUNTING = (
    "visit_load_insert",
    "visit_load_update",
    "visit_load_delete",
    "other_booking_load_insert",
    "other_booking_load_update",
    "other_booking_load_delete",
    "place_of_site_insert",
    "place_of_site_update",
)
# The same count as the law's own, without the update of the site row that is its lock.
UNLOCKED_COUNT = """
CREATE OR REPLACE FUNCTION recount(sessions integer[]) RETURNS void LANGUAGE sql AS $$
  UPDATE tour_session t SET
    places_taken = (
      SELECT coalesce(sum(headcount), 0) FROM visit WHERE tour_session_id = t.id AND occupies(state)),
    groups_taken = (SELECT count(*) FROM visit WHERE tour_session_id = t.id AND occupies(state))
  WHERE id = ANY (sessions)
$$
"""


def lay_laws_aside(hand: Hand) -> None:
    """Leave the database without a law that could refuse a booking."""
    if hand.is_sqlite:
        for (name,) in hand.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            if name not in COUNTING:
                hand.write(f"DROP TRIGGER {name}")
        return
    hand.write("DROP TRIGGER check_session ON tour_session")
    hand.write("DROP TRIGGER check_limits ON site")
    hand.write("DROP TRIGGER check_limits ON tour")
    hand.write("DROP TRIGGER whereabouts_insert ON visit")
    hand.write("DROP TRIGGER whereabouts_update ON visit")
    hand.write(UNLOCKED_COUNT)
