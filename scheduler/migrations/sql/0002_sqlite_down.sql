DROP TRIGGER release_duties
--#
DROP TRIGGER leave_once_at_a_time_update
--#
DROP TRIGGER leave_once_at_a_time_insert
--#
DROP TRIGGER assignment_of_its_delegation_update
--#
DROP TRIGGER assignment_of_its_delegation_insert
--#
DROP TRIGGER check_seats_of_resource
--#
DROP TRIGGER assignment_one_place_update
--#
DROP TRIGGER assignment_one_place_insert
--#
DROP TRIGGER check_parts_of_delegation
--#
DROP TRIGGER check_division_update
--#
DROP TRIGGER check_division_insert
--#
DROP TRIGGER visit_keeps_its_duties_update
--#
DROP TRIGGER visit_keeps_its_duties
--#
DROP TRIGGER resource_is_not_dropped
--#
DROP TRIGGER part_is_not_dropped
--#
DROP TRIGGER delegation_takes_its_parts
--#
DROP TRIGGER delegation_is_not_dropped
--#
DROP TRIGGER place_keeps_its_number
--#
DROP TRIGGER resource_leave_keeps_its_number
--#
DROP TRIGGER assignment_keeps_its_number
--#
DROP TRIGGER resource_keeps_its_number
--#
DROP TRIGGER engagement_keeps_its_number
--#
DROP TRIGGER part_keeps_its_number
--#
DROP TRIGGER delegation_keeps_its_number
--#
DROP TRIGGER other_booking_keeps_its_number
--#
DROP TRIGGER visit_keeps_its_number
--#
DROP TRIGGER tour_session_keeps_its_number
--#
DROP TRIGGER tour_keeps_its_number
--#
DROP TRIGGER site_keeps_its_number
--#
DROP TRIGGER place_keeps_its_name
--#
DROP TRIGGER place_is_not_replaced
--#
DROP TRIGGER resource_leave_is_not_replaced
--#
DROP TRIGGER assignment_keeps_its_name
--#
DROP TRIGGER assignment_is_not_replaced
--#
DROP TRIGGER resource_is_not_replaced
--#
DROP TRIGGER engagement_keeps_its_name
--#
DROP TRIGGER engagement_is_not_replaced
--#
DROP TRIGGER part_keeps_its_name
--#
DROP TRIGGER part_is_not_replaced
--#
DROP TRIGGER delegation_is_not_replaced
--#
DROP TRIGGER resource_leave_instants_update
--#
DROP TRIGGER resource_leave_instants_insert
--#
DROP TRIGGER assignment_instants_update
--#
DROP TRIGGER assignment_instants_insert
--#
DROP TRIGGER engagement_instants_update
--#
DROP TRIGGER engagement_instants_insert
--#
DROP TRIGGER engagement_whereabouts_update
--#
DROP TRIGGER engagement_whereabouts_insert
--#
DROP TRIGGER visit_whereabouts_update
--#
DROP TRIGGER visit_whereabouts_insert
--#
DROP TRIGGER place_of_its_site_delete
--#
DROP TRIGGER place_of_its_site_given_up
--#
DROP TRIGGER place_of_its_site_update
--#
DROP TRIGGER place_of_its_site_insert
--#
DROP TRIGGER place_of_site_delete
--#
DROP TRIGGER place_of_site_update
--#
DROP TRIGGER place_of_site_insert
--#
DROP TRIGGER check_whereabouts
--#
DROP VIEW whereabouts
--#
DROP VIEW site_as_place
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
