DROP TRIGGER release_duties ON visit
--#
DROP FUNCTION release_duties
--#
DROP TRIGGER visit_keeps_its_duties ON visit
--#
DROP FUNCTION visit_keeps_its_duties
--#
DROP TRIGGER assignment_of_its_delegation ON assignment
--#
DROP FUNCTION assignment_of_its_delegation
--#
DROP TRIGGER check_seats_of_resource ON resource
--#
DROP FUNCTION check_seats_of_resource
--#
DROP TRIGGER check_seats ON assignment
--#
DROP FUNCTION check_seats
--#
ALTER TABLE resource_leave DROP CONSTRAINT leave_once_at_a_time
--#
ALTER TABLE assignment DROP CONSTRAINT resource_one_place_at_a_time
--#
DROP TRIGGER check_parts_of_delegation ON delegation
--#
DROP FUNCTION check_parts_of_delegation
--#
DROP TRIGGER check_division ON part
--#
DROP FUNCTION check_division
--#
DROP TRIGGER whereabouts_update ON engagement
--#
DROP TRIGGER whereabouts_insert ON engagement
--#
DROP TRIGGER whereabouts_update ON visit
--#
DROP TRIGGER whereabouts_insert ON visit
--#
DROP FUNCTION stop_whereabouts
--#
DROP FUNCTION check_whereabouts
--#
DROP FUNCTION most_at_once
--#
DROP VIEW whereabouts
--#
ALTER TABLE visit ADD CONSTRAINT visit_one_place_at_a_time EXCLUDE USING gist (
  int8range(delegation_id, delegation_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed'))
--#
DROP TRIGGER guests_revision ON delegation
--#
CREATE TRIGGER guests_revision AFTER UPDATE ON delegation FOR EACH ROW EXECUTE FUNCTION guests_revision()
--#
DROP TRIGGER place_of_its_site ON place
--#
DROP FUNCTION place_of_its_site
--#
DROP TRIGGER place_of_site ON site
--#
DROP FUNCTION place_of_site
--#
DROP VIEW site_as_place
