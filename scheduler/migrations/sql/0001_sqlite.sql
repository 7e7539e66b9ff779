-- The law of last resort on SQLite. A writer holds the whole database, so no row needs to be locked first.
-- Statements are parted by lines that read "--#".

CREATE VIEW session_bookings AS
  SELECT tour_session_id, headcount FROM visit
  WHERE state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
  UNION ALL SELECT tour_session_id, headcount FROM other_booking
--#
CREATE TRIGGER visit_load_insert AFTER INSERT ON visit BEGIN
  UPDATE tour_session SET
    places_taken = (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = NEW.tour_session_id),
    groups_taken = (SELECT count(*) FROM session_bookings WHERE tour_session_id = NEW.tour_session_id)
  WHERE id = NEW.tour_session_id;
END
--#
CREATE TRIGGER visit_load_update AFTER UPDATE OF tour_session_id, headcount, state ON visit
WHEN OLD.tour_session_id <> NEW.tour_session_id OR OLD.headcount <> NEW.headcount
  OR (OLD.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed'))
  <> (NEW.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed'))
BEGIN
  UPDATE tour_session SET
    places_taken = (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = OLD.tour_session_id),
    groups_taken = (SELECT count(*) FROM session_bookings WHERE tour_session_id = OLD.tour_session_id)
  WHERE id = OLD.tour_session_id;
  UPDATE tour_session SET
    places_taken = (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = NEW.tour_session_id),
    groups_taken = (SELECT count(*) FROM session_bookings WHERE tour_session_id = NEW.tour_session_id)
  WHERE id = NEW.tour_session_id AND NEW.tour_session_id <> OLD.tour_session_id;
END
--#
CREATE TRIGGER visit_load_delete AFTER DELETE ON visit BEGIN
  UPDATE tour_session SET
    places_taken = (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = OLD.tour_session_id),
    groups_taken = (SELECT count(*) FROM session_bookings WHERE tour_session_id = OLD.tour_session_id)
  WHERE id = OLD.tour_session_id;
END
--#
CREATE TRIGGER other_booking_load_insert AFTER INSERT ON other_booking BEGIN
  UPDATE tour_session SET
    places_taken = (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = NEW.tour_session_id),
    groups_taken = (SELECT count(*) FROM session_bookings WHERE tour_session_id = NEW.tour_session_id)
  WHERE id = NEW.tour_session_id;
END
--#
CREATE TRIGGER other_booking_load_update AFTER UPDATE OF tour_session_id, headcount ON other_booking BEGIN
  UPDATE tour_session SET
    places_taken = (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = OLD.tour_session_id),
    groups_taken = (SELECT count(*) FROM session_bookings WHERE tour_session_id = OLD.tour_session_id)
  WHERE id = OLD.tour_session_id;
  UPDATE tour_session SET
    places_taken = (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = NEW.tour_session_id),
    groups_taken = (SELECT count(*) FROM session_bookings WHERE tour_session_id = NEW.tour_session_id)
  WHERE id = NEW.tour_session_id AND NEW.tour_session_id <> OLD.tour_session_id;
END
--#
CREATE TRIGGER other_booking_load_delete AFTER DELETE ON other_booking BEGIN
  UPDATE tour_session SET
    places_taken = (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = OLD.tour_session_id),
    groups_taken = (SELECT count(*) FROM session_bookings WHERE tour_session_id = OLD.tour_session_id)
  WHERE id = OLD.tour_session_id;
END
--#
CREATE TRIGGER check_session_insert AFTER INSERT ON tour_session BEGIN
  SELECT RAISE(ABORT, 'session_within_a_day') WHERE NEW.clear_at > datetime(NEW.starts_at, '+1 day');
  SELECT RAISE(ABORT, 'session_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at)
    OR NEW.ends_at IS NOT datetime(NEW.ends_at) OR NEW.clear_at IS NOT datetime(NEW.clear_at);
  SELECT RAISE(ABORT, 'session_load_is_counted') WHERE NEW.places_taken <> 0 OR NEW.groups_taken <> 0;
END
--#
CREATE TRIGGER check_session_load AFTER UPDATE OF places, places_taken, groups_taken ON tour_session BEGIN
  SELECT RAISE(ABORT, 'session_load_is_counted')
  WHERE (NEW.places_taken <> OLD.places_taken OR NEW.groups_taken <> OLD.groups_taken) AND (
    NEW.places_taken <> (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = NEW.id)
    OR NEW.groups_taken <> (SELECT count(*) FROM session_bookings WHERE tour_session_id = NEW.id));
  SELECT RAISE(ABORT, 'session_places')
  WHERE NEW.places_taken > NEW.places AND (NEW.places_taken > OLD.places_taken
    OR (NEW.places < OLD.places AND NEW.limits_journal_id IS OLD.limits_journal_id));
END
--#
-- How many are at the site, or in the tour, at every instant of the session: load only rises where a session
-- starts. No session lasts longer than a day, so a day back is far enough to look.
CREATE TRIGGER check_at_once AFTER UPDATE OF places_taken, groups_taken, starts_at, ends_at, clear_at, site_id, tour_id
ON tour_session
WHEN NEW.groups_taken > 0 AND (NEW.places_taken > OLD.places_taken OR NEW.groups_taken > OLD.groups_taken
  OR NEW.starts_at <> OLD.starts_at OR NEW.clear_at <> OLD.clear_at
  OR NEW.site_id <> OLD.site_id OR NEW.tour_id <> OLD.tour_id)
BEGIN
  SELECT RAISE(ABORT, 'session_within_a_day') WHERE NEW.clear_at > datetime(NEW.starts_at, '+1 day');
  SELECT RAISE(ABORT, 'session_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at)
    OR NEW.ends_at IS NOT datetime(NEW.ends_at) OR NEW.clear_at IS NOT datetime(NEW.clear_at);
  SELECT RAISE(ABORT, 'site_people_at_once') FROM site s WHERE s.id = NEW.site_id AND s.people_at_once IS NOT NULL
    AND (NEW.places_taken > OLD.places_taken OR NEW.groups_taken <= OLD.groups_taken)
    AND s.people_at_once < (SELECT max(people) FROM (
      SELECT sum(o.places_taken) AS people FROM tour_session i JOIN tour_session o
        ON o.site_id = NEW.site_id AND o.groups_taken > 0 AND o.starts_at <= i.starts_at
        AND o.starts_at >= datetime(i.starts_at, '-1 day') AND o.clear_at > i.starts_at
      WHERE i.site_id = NEW.site_id AND i.groups_taken > 0 AND i.starts_at >= NEW.starts_at AND i.starts_at < NEW.clear_at
      GROUP BY i.id));
  SELECT RAISE(ABORT, 'site_groups_at_once') FROM site s WHERE s.id = NEW.site_id AND s.groups_at_once IS NOT NULL
    AND (NEW.groups_taken > OLD.groups_taken OR NEW.places_taken <= OLD.places_taken)
    AND s.groups_at_once < (SELECT max(groups) FROM (
      SELECT sum(o.groups_taken) AS groups FROM tour_session i JOIN tour_session o
        ON o.site_id = NEW.site_id AND o.groups_taken > 0 AND o.starts_at <= i.starts_at
        AND o.starts_at >= datetime(i.starts_at, '-1 day') AND o.clear_at > i.starts_at
      WHERE i.site_id = NEW.site_id AND i.groups_taken > 0 AND i.starts_at >= NEW.starts_at AND i.starts_at < NEW.clear_at
      GROUP BY i.id));
  SELECT RAISE(ABORT, 'tour_people_at_once') FROM tour t WHERE t.id = NEW.tour_id AND t.people_at_once IS NOT NULL
    AND (NEW.places_taken > OLD.places_taken OR NEW.groups_taken <= OLD.groups_taken)
    AND t.people_at_once < (SELECT max(people) FROM (
      SELECT sum(o.places_taken) AS people FROM tour_session i JOIN tour_session o
        ON o.tour_id = NEW.tour_id AND o.groups_taken > 0 AND o.starts_at <= i.starts_at
        AND o.starts_at >= datetime(i.starts_at, '-1 day') AND o.clear_at > i.starts_at
      WHERE i.tour_id = NEW.tour_id AND i.groups_taken > 0 AND i.starts_at >= NEW.starts_at AND i.starts_at < NEW.clear_at
      GROUP BY i.id));
  SELECT RAISE(ABORT, 'tour_groups_at_once') FROM tour t WHERE t.id = NEW.tour_id AND t.groups_at_once IS NOT NULL
    AND (NEW.groups_taken > OLD.groups_taken OR NEW.places_taken <= OLD.places_taken)
    AND t.groups_at_once < (SELECT max(groups) FROM (
      SELECT sum(o.groups_taken) AS groups FROM tour_session i JOIN tour_session o
        ON o.tour_id = NEW.tour_id AND o.groups_taken > 0 AND o.starts_at <= i.starts_at
        AND o.starts_at >= datetime(i.starts_at, '-1 day') AND o.clear_at > i.starts_at
      WHERE i.tour_id = NEW.tour_id AND i.groups_taken > 0 AND i.starts_at >= NEW.starts_at AND i.starts_at < NEW.clear_at
      GROUP BY i.id));
END
--#
-- A limit may fall below what is booked only as the journalled act: the same statement then names its journal line.
CREATE TRIGGER check_site_limits AFTER UPDATE OF people_at_once, groups_at_once ON site
WHEN NEW.limits_journal_id IS OLD.limits_journal_id
  AND (coalesce(NEW.people_at_once, 2147483647) < coalesce(OLD.people_at_once, 2147483647)
    OR coalesce(NEW.groups_at_once, 2147483647) < coalesce(OLD.groups_at_once, 2147483647))
BEGIN
  SELECT RAISE(ABORT, 'site_limits') FROM (
    SELECT sum(o.places_taken) AS people, sum(o.groups_taken) AS groups FROM tour_session i JOIN tour_session o
      ON o.site_id = NEW.id AND o.groups_taken > 0 AND o.starts_at <= i.starts_at
      AND o.starts_at >= datetime(i.starts_at, '-1 day') AND o.clear_at > i.starts_at
    WHERE i.site_id = NEW.id AND i.groups_taken > 0 GROUP BY i.id)
  WHERE people > NEW.people_at_once OR groups > NEW.groups_at_once;
END
--#
CREATE TRIGGER check_tour_limits AFTER UPDATE OF people_at_once, groups_at_once ON tour
WHEN NEW.limits_journal_id IS OLD.limits_journal_id
  AND (coalesce(NEW.people_at_once, 2147483647) < coalesce(OLD.people_at_once, 2147483647)
    OR coalesce(NEW.groups_at_once, 2147483647) < coalesce(OLD.groups_at_once, 2147483647))
BEGIN
  SELECT RAISE(ABORT, 'tour_limits') FROM (
    SELECT sum(o.places_taken) AS people, sum(o.groups_taken) AS groups FROM tour_session i JOIN tour_session o
      ON o.tour_id = NEW.id AND o.groups_taken > 0 AND o.starts_at <= i.starts_at
      AND o.starts_at >= datetime(i.starts_at, '-1 day') AND o.clear_at > i.starts_at
    WHERE i.tour_id = NEW.id AND i.groups_taken > 0 GROUP BY i.id)
  WHERE people > NEW.people_at_once OR groups > NEW.groups_at_once;
END
--#
-- One body in two places.
CREATE TRIGGER visit_one_place_insert AFTER INSERT ON visit
WHEN NEW.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
BEGIN
  SELECT RAISE(ABORT, 'visit_one_place_at_a_time') FROM visit o
  WHERE o.delegation_id = NEW.delegation_id AND o.id <> NEW.id
    AND o.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
    AND o.starts_at < NEW.ends_at AND o.starts_at > datetime(NEW.starts_at, '-1 day') AND o.ends_at > NEW.starts_at;
END
--#
CREATE TRIGGER visit_one_place_update AFTER UPDATE OF delegation_id, state, starts_at, ends_at ON visit
WHEN NEW.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
BEGIN
  SELECT RAISE(ABORT, 'visit_one_place_at_a_time') FROM visit o
  WHERE o.delegation_id = NEW.delegation_id AND o.id <> NEW.id
    AND o.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
    AND o.starts_at < NEW.ends_at AND o.starts_at > datetime(NEW.starts_at, '-1 day') AND o.ends_at > NEW.starts_at;
END
