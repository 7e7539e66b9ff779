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
-- A site's revision is raised by every change of what its calendar shows: its visits and who comes.
CREATE TRIGGER visit_revision_insert AFTER INSERT ON visit BEGIN
  UPDATE site SET revision = revision + 1 WHERE id = NEW.site_id;
END
--#
CREATE TRIGGER visit_revision_update AFTER UPDATE ON visit BEGIN
  UPDATE site SET revision = revision + 1 WHERE id IN (OLD.site_id, NEW.site_id);
END
--#
CREATE TRIGGER visit_revision_delete AFTER DELETE ON visit BEGIN
  UPDATE site SET revision = revision + 1 WHERE id = OLD.site_id;
END
--#
CREATE TRIGGER guests_revision AFTER UPDATE ON delegation BEGIN
  UPDATE site SET revision = revision + 1 WHERE id IN (SELECT site_id FROM visit WHERE delegation_id = NEW.id);
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
-- What is typed by hand may come over a connection that keeps no foreign keys: the laws below stand without them.
-- REPLACE would drop the row that was there without a word to the triggers above.
CREATE TRIGGER visit_is_not_replaced BEFORE INSERT ON visit BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM visit WHERE id = NEW.id OR uid = NEW.uid;
END
--#
CREATE TRIGGER visit_keeps_its_name BEFORE UPDATE OF id, uid ON visit BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM visit WHERE (id = NEW.id OR uid = NEW.uid) AND id <> OLD.id;
END
--#
CREATE TRIGGER other_booking_is_not_replaced BEFORE INSERT ON other_booking BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM other_booking WHERE id = NEW.id;
END
--#
CREATE TRIGGER other_booking_keeps_its_name BEFORE UPDATE OF id ON other_booking BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM other_booking WHERE id = NEW.id AND id <> OLD.id;
END
--#
CREATE TRIGGER session_is_not_replaced BEFORE INSERT ON tour_session BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM tour_session
  WHERE id = NEW.id OR (tour_id = NEW.tour_id AND starts_at = NEW.starts_at);
END
--#
CREATE TRIGGER session_keeps_its_name BEFORE UPDATE OF id, tour_id, starts_at ON tour_session BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM tour_session
  WHERE (id = NEW.id OR (tour_id = NEW.tour_id AND starts_at = NEW.starts_at)) AND id <> OLD.id;
END
--#
CREATE TRIGGER visit_is_of_its_session_insert AFTER INSERT ON visit
WHEN NOT EXISTS (SELECT 1 FROM tour_session WHERE id = NEW.tour_session_id AND site_id = NEW.site_id
  AND starts_at = NEW.starts_at AND ends_at = NEW.ends_at)
BEGIN SELECT RAISE(ABORT, 'fk_visit_tour_session'); END
--#
CREATE TRIGGER visit_is_of_its_session_update AFTER UPDATE OF tour_session_id, site_id, starts_at, ends_at ON visit
WHEN NOT EXISTS (SELECT 1 FROM tour_session WHERE id = NEW.tour_session_id AND site_id = NEW.site_id
  AND starts_at = NEW.starts_at AND ends_at = NEW.ends_at)
BEGIN SELECT RAISE(ABORT, 'fk_visit_tour_session'); END
--#
CREATE TRIGGER visit_follows_its_session AFTER UPDATE OF id, site_id, starts_at, ends_at ON tour_session BEGIN
  UPDATE visit SET tour_session_id = NEW.id, site_id = NEW.site_id, starts_at = NEW.starts_at, ends_at = NEW.ends_at
  WHERE tour_session_id = OLD.id;
END
--#
CREATE TRIGGER visit_keeps_its_session BEFORE DELETE ON tour_session
WHEN EXISTS (SELECT 1 FROM visit WHERE tour_session_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'fk_visit_tour_session'); END
--#
CREATE TRIGGER other_booking_is_of_its_session_insert AFTER INSERT ON other_booking
WHEN NOT EXISTS (SELECT 1 FROM tour_session WHERE id = NEW.tour_session_id)
BEGIN SELECT RAISE(ABORT, 'fk_other_booking_tour_session_id'); END
--#
CREATE TRIGGER other_booking_is_of_its_session_update AFTER UPDATE OF tour_session_id ON other_booking
WHEN NOT EXISTS (SELECT 1 FROM tour_session WHERE id = NEW.tour_session_id)
BEGIN SELECT RAISE(ABORT, 'fk_other_booking_tour_session_id'); END
--#
CREATE TRIGGER other_booking_keeps_its_session BEFORE DELETE ON tour_session
WHEN EXISTS (SELECT 1 FROM other_booking WHERE tour_session_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'fk_other_booking_tour_session_id'); END
--#
CREATE TRIGGER other_booking_session_keeps_its_name AFTER UPDATE OF id ON tour_session
WHEN NEW.id <> OLD.id AND EXISTS (SELECT 1 FROM other_booking WHERE tour_session_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'fk_other_booking_tour_session_id'); END
--#
CREATE TRIGGER session_is_of_its_tour_insert AFTER INSERT ON tour_session
WHEN NOT EXISTS (SELECT 1 FROM tour WHERE id = NEW.tour_id AND site_id = NEW.site_id)
BEGIN SELECT RAISE(ABORT, 'fk_tour_session_tour_id_site_id'); END
--#
CREATE TRIGGER session_is_of_its_tour_update AFTER UPDATE OF tour_id, site_id ON tour_session
WHEN NOT EXISTS (SELECT 1 FROM tour WHERE id = NEW.tour_id AND site_id = NEW.site_id)
BEGIN SELECT RAISE(ABORT, 'fk_tour_session_tour_id_site_id'); END
--#
CREATE TRIGGER tour_keeps_its_sessions AFTER UPDATE OF id, site_id ON tour
WHEN (NEW.id <> OLD.id OR NEW.site_id <> OLD.site_id) AND EXISTS (SELECT 1 FROM tour_session WHERE tour_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'fk_tour_session_tour_id_site_id'); END
--#
CREATE TRIGGER tour_is_not_dropped BEFORE DELETE ON tour
WHEN EXISTS (SELECT 1 FROM tour_session WHERE tour_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'fk_tour_session_tour_id_site_id'); END
--#
CREATE TRIGGER tour_is_not_replaced BEFORE INSERT ON tour BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM tour WHERE id = NEW.id OR code = NEW.code;
END
--#
CREATE TRIGGER tour_keeps_its_name BEFORE UPDATE OF id, code ON tour BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM tour WHERE (id = NEW.id OR code = NEW.code) AND id <> OLD.id;
END
--#
CREATE TRIGGER site_keeps_its_sessions AFTER UPDATE OF id ON site
WHEN NEW.id <> OLD.id AND EXISTS (SELECT 1 FROM tour_session WHERE site_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'fk_tour_session_site_id'); END
--#
CREATE TRIGGER site_is_not_dropped BEFORE DELETE ON site
WHEN EXISTS (SELECT 1 FROM tour_session WHERE site_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'fk_tour_session_site_id'); END
--#
CREATE TRIGGER site_is_not_replaced BEFORE INSERT ON site BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM site WHERE id = NEW.id OR code = NEW.code;
END
--#
CREATE TRIGGER site_keeps_its_name BEFORE UPDATE OF id, code ON site BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM site WHERE (id = NEW.id OR code = NEW.code) AND id <> OLD.id;
END
--#
CREATE TRIGGER check_session_insert AFTER INSERT ON tour_session BEGIN
  SELECT RAISE(ABORT, 'session_load_is_counted') WHERE NEW.places_taken <> 0 OR NEW.groups_taken <> 0;
  SELECT RAISE(ABORT, 'session_places') WHERE typeof(NEW.places) <> 'integer';
END
--#
CREATE TRIGGER check_session_times_insert AFTER INSERT ON tour_session BEGIN
  SELECT RAISE(ABORT, 'session_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at)
    OR NEW.ends_at IS NOT datetime(NEW.ends_at) OR NEW.clear_at IS NOT datetime(NEW.clear_at);
  SELECT RAISE(ABORT, 'session_within_a_day') WHERE NEW.clear_at > datetime(NEW.starts_at, '+1 day');
END
--#
CREATE TRIGGER check_session_times_update AFTER UPDATE OF starts_at, ends_at, clear_at ON tour_session BEGIN
  SELECT RAISE(ABORT, 'session_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at)
    OR NEW.ends_at IS NOT datetime(NEW.ends_at) OR NEW.clear_at IS NOT datetime(NEW.clear_at);
  SELECT RAISE(ABORT, 'session_within_a_day') WHERE NEW.clear_at > datetime(NEW.starts_at, '+1 day');
END
--#
-- Fewer places than are taken only as the journalled act: the same statement then names its new journal line.
CREATE TRIGGER check_session_load AFTER UPDATE OF places, places_taken, groups_taken ON tour_session BEGIN
  SELECT RAISE(ABORT, 'session_load_is_counted')
  WHERE (NEW.places_taken <> OLD.places_taken OR NEW.groups_taken <> OLD.groups_taken) AND (
    NEW.places_taken <> (SELECT coalesce(sum(headcount), 0) FROM session_bookings WHERE tour_session_id = NEW.id)
    OR NEW.groups_taken <> (SELECT count(*) FROM session_bookings WHERE tour_session_id = NEW.id));
  SELECT RAISE(ABORT, 'session_places') WHERE typeof(NEW.places) <> 'integer';
  SELECT RAISE(ABORT, 'session_places')
  WHERE NEW.places_taken > NEW.places AND (NEW.places_taken > OLD.places_taken
    OR (NEW.places < OLD.places AND NOT EXISTS (SELECT 1 FROM journal j
      WHERE j.id = NEW.limits_journal_id AND j.id > coalesce(OLD.limits_journal_id, 0)
      AND ((j.subject = 'tour_session' AND j.subject_id = NEW.id) OR (j.subject = 'tour' AND j.subject_id = NEW.tour_id)))));
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
-- A limit may fall below what is booked only as the journalled act: the same statement names its new journal line.
CREATE TRIGGER check_site_limits AFTER UPDATE OF people_at_once, groups_at_once ON site
WHEN (coalesce(NEW.people_at_once, 2147483647) < coalesce(OLD.people_at_once, 2147483647)
    OR coalesce(NEW.groups_at_once, 2147483647) < coalesce(OLD.groups_at_once, 2147483647))
  AND NOT EXISTS (SELECT 1 FROM journal WHERE id = NEW.limits_journal_id AND id > coalesce(OLD.limits_journal_id, 0)
    AND subject = 'site' AND subject_id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'site_limits') FROM (
    SELECT sum(o.places_taken) AS people, sum(o.groups_taken) AS groups FROM tour_session i JOIN tour_session o
      ON o.site_id = NEW.id AND o.groups_taken > 0 AND o.starts_at <= i.starts_at
      AND o.starts_at >= datetime(i.starts_at, '-1 day') AND o.clear_at > i.starts_at
    WHERE i.site_id = NEW.id AND i.groups_taken > 0 GROUP BY i.id)
  WHERE (people > NEW.people_at_once AND NEW.people_at_once < coalesce(OLD.people_at_once, 2147483647))
    OR (groups > NEW.groups_at_once AND NEW.groups_at_once < coalesce(OLD.groups_at_once, 2147483647));
END
--#
CREATE TRIGGER check_tour_limits AFTER UPDATE OF people_at_once, groups_at_once ON tour
WHEN (coalesce(NEW.people_at_once, 2147483647) < coalesce(OLD.people_at_once, 2147483647)
    OR coalesce(NEW.groups_at_once, 2147483647) < coalesce(OLD.groups_at_once, 2147483647))
  AND NOT EXISTS (SELECT 1 FROM journal WHERE id = NEW.limits_journal_id AND id > coalesce(OLD.limits_journal_id, 0)
    AND subject = 'tour' AND subject_id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'tour_limits') FROM (
    SELECT sum(o.places_taken) AS people, sum(o.groups_taken) AS groups FROM tour_session i JOIN tour_session o
      ON o.tour_id = NEW.id AND o.groups_taken > 0 AND o.starts_at <= i.starts_at
      AND o.starts_at >= datetime(i.starts_at, '-1 day') AND o.clear_at > i.starts_at
    WHERE i.tour_id = NEW.id AND i.groups_taken > 0 GROUP BY i.id)
  WHERE (people > NEW.people_at_once AND NEW.people_at_once < coalesce(OLD.people_at_once, 2147483647))
    OR (groups > NEW.groups_at_once AND NEW.groups_at_once < coalesce(OLD.groups_at_once, 2147483647));
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
