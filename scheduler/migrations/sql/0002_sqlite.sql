-- The law of last resort on SQLite, of the whole visit. A writer holds the whole database, so nothing is locked first.
-- As before, all of it stands on connections that keep no foreign keys, too.

-- A site is a place, under the same code and at the same spot, if that is one on earth.
CREATE VIEW site_as_place AS
  SELECT id AS site_id, code, name, name_native, address,
    CASE WHEN latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180 THEN latitude END AS latitude,
    CASE WHEN latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180 THEN longitude END AS longitude
  FROM site
--#
CREATE TRIGGER place_of_site_insert AFTER INSERT ON site BEGIN
  INSERT INTO place (code, site_id, name, name_native, address, latitude, longitude, version)
  SELECT code, site_id, name, name_native, address, latitude, longitude, 1 FROM site_as_place WHERE site_id = NEW.id;
END
--#
CREATE TRIGGER place_of_site_update AFTER UPDATE OF code, name, name_native, address, latitude, longitude ON site BEGIN
  UPDATE place SET version = version + 1, (code, name, name_native, address, latitude, longitude) = (
    SELECT code, name, name_native, address, latitude, longitude FROM site_as_place WHERE site_id = NEW.id)
  WHERE site_id = NEW.id;
END
--#
CREATE TRIGGER place_of_site_delete AFTER DELETE ON site BEGIN
  DELETE FROM place WHERE site_id = OLD.id;
END
--#
CREATE TRIGGER place_of_its_site_insert AFTER INSERT ON place WHEN NEW.site_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'place_of_its_site') WHERE NOT EXISTS (
    SELECT 1 FROM site_as_place s WHERE s.site_id = NEW.site_id
      AND (s.code, s.name, s.name_native, s.address, s.latitude, s.longitude)
        IS (NEW.code, NEW.name, NEW.name_native, NEW.address, NEW.latitude, NEW.longitude));
END
--#
CREATE TRIGGER place_of_its_site_update AFTER UPDATE ON place WHEN NEW.site_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'place_of_its_site') WHERE NOT EXISTS (
    SELECT 1 FROM site_as_place s WHERE s.site_id = NEW.site_id
      AND (s.code, s.name, s.name_native, s.address, s.latitude, s.longitude)
        IS (NEW.code, NEW.name, NEW.name_native, NEW.address, NEW.latitude, NEW.longitude));
END
--#
CREATE TRIGGER place_of_its_site_given_up AFTER UPDATE OF site_id ON place WHEN NEW.site_id IS NOT OLD.site_id BEGIN
  SELECT RAISE(ABORT, 'place_of_its_site') FROM site WHERE id = OLD.site_id;
END
--#
CREATE TRIGGER place_of_its_site_delete BEFORE DELETE ON place BEGIN
  SELECT RAISE(ABORT, 'place_of_its_site') FROM site WHERE id = OLD.site_id;
END
--#
DROP TRIGGER visit_one_place_insert
--#
DROP TRIGGER visit_one_place_update
--#
-- Where everybody is: visits that occupy, engagements that are planned.
CREATE VIEW whereabouts AS
  SELECT 'visit' AS of_table, v.id, v.delegation_id, v.part_id, p.division, v.starts_at, v.ends_at, v.headcount
  FROM visit v LEFT JOIN part p ON p.id = v.part_id
  WHERE v.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
  UNION ALL
  SELECT 'engagement', e.id, e.delegation_id, e.part_id, p.division, e.starts_at, e.ends_at, e.headcount
  FROM engagement e LEFT JOIN part p ON p.id = e.part_id
  WHERE e.state = 'planned'
--#
-- One body in two places, and no more bodies than the delegation has. SQLite has no functions: writing a stop into
-- the view, which keeps nothing, is how the triggers below have it weighed. Load only rises where a stop begins.
CREATE TRIGGER check_whereabouts INSTEAD OF INSERT ON whereabouts BEGIN
  SELECT RAISE(ABORT, 'fk_visit_delegation_id') WHERE NEW.of_table = 'visit'
    AND NOT EXISTS (SELECT 1 FROM delegation WHERE id = NEW.delegation_id);
  SELECT RAISE(ABORT, 'fk_engagement_delegation_id') WHERE NEW.of_table = 'engagement'
    AND NOT EXISTS (SELECT 1 FROM delegation WHERE id = NEW.delegation_id);
  SELECT RAISE(ABORT, 'fk_visit_part_id') WHERE NEW.of_table = 'visit'
    AND NEW.part_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM part WHERE id = NEW.part_id);
  SELECT RAISE(ABORT, 'fk_engagement_part_id') WHERE NEW.of_table = 'engagement'
    AND NEW.part_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM part WHERE id = NEW.part_id);
  SELECT RAISE(ABORT, 'part_of_its_delegation') FROM part WHERE id = NEW.part_id AND delegation_id <> NEW.delegation_id;
  SELECT RAISE(ABORT, 'part_headcount') FROM part WHERE id = NEW.part_id AND headcount < NEW.headcount;
  SELECT RAISE(ABORT, 'visit_one_place_at_a_time') FROM whereabouts o
  WHERE o.delegation_id = NEW.delegation_id AND NOT (o.of_table = NEW.of_table AND o.id = NEW.id)
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at
    AND (NEW.part_id IS NULL OR o.part_id IS NULL OR o.part_id = NEW.part_id OR o.division <> NEW.division);
  SELECT RAISE(ABORT, 'delegation_headcount') FROM whereabouts i
  WHERE i.delegation_id = NEW.delegation_id AND i.starts_at < NEW.ends_at AND i.ends_at > NEW.starts_at
    AND (SELECT headcount FROM delegation WHERE id = NEW.delegation_id) < (
      SELECT sum(o.headcount) FROM whereabouts o
      WHERE o.delegation_id = NEW.delegation_id AND o.starts_at <= i.starts_at AND o.ends_at > i.starts_at);
END
--#
CREATE TRIGGER visit_whereabouts_insert AFTER INSERT ON visit BEGIN
  INSERT INTO whereabouts SELECT * FROM whereabouts WHERE of_table = 'visit' AND id = NEW.id;
END
--#
CREATE TRIGGER visit_whereabouts_update AFTER UPDATE OF delegation_id, part_id, state, starts_at, ends_at, headcount ON visit
WHEN NEW.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed') AND (OLD.state NOT IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
  OR (OLD.delegation_id, OLD.starts_at, OLD.ends_at, OLD.headcount, OLD.part_id)
    IS NOT (NEW.delegation_id, NEW.starts_at, NEW.ends_at, NEW.headcount, NEW.part_id))
BEGIN
  INSERT INTO whereabouts SELECT * FROM whereabouts WHERE of_table = 'visit' AND id = NEW.id;
END
--#
CREATE TRIGGER engagement_whereabouts_insert AFTER INSERT ON engagement BEGIN
  INSERT INTO whereabouts SELECT * FROM whereabouts WHERE of_table = 'engagement' AND id = NEW.id;
END
--#
CREATE TRIGGER engagement_whereabouts_update AFTER UPDATE OF delegation_id, part_id, state, starts_at, ends_at, headcount ON engagement BEGIN
  INSERT INTO whereabouts SELECT * FROM whereabouts WHERE of_table = 'engagement' AND id = NEW.id;
END
--#
CREATE TRIGGER engagement_instants_insert AFTER INSERT ON engagement BEGIN
  SELECT RAISE(ABORT, 'duty_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at) OR NEW.ends_at IS NOT datetime(NEW.ends_at);
END
--#
CREATE TRIGGER engagement_instants_update AFTER UPDATE OF starts_at, ends_at ON engagement BEGIN
  SELECT RAISE(ABORT, 'duty_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at) OR NEW.ends_at IS NOT datetime(NEW.ends_at);
END
--#
CREATE TRIGGER assignment_instants_insert AFTER INSERT ON assignment BEGIN
  SELECT RAISE(ABORT, 'duty_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at) OR NEW.ends_at IS NOT datetime(NEW.ends_at);
END
--#
CREATE TRIGGER assignment_instants_update AFTER UPDATE OF starts_at, ends_at ON assignment BEGIN
  SELECT RAISE(ABORT, 'duty_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at) OR NEW.ends_at IS NOT datetime(NEW.ends_at);
END
--#
CREATE TRIGGER resource_leave_instants_insert AFTER INSERT ON resource_leave BEGIN
  SELECT RAISE(ABORT, 'duty_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at) OR NEW.ends_at IS NOT datetime(NEW.ends_at);
END
--#
CREATE TRIGGER resource_leave_instants_update AFTER UPDATE OF starts_at, ends_at ON resource_leave BEGIN
  SELECT RAISE(ABORT, 'duty_instants') WHERE NEW.starts_at IS NOT datetime(NEW.starts_at) OR NEW.ends_at IS NOT datetime(NEW.ends_at);
END
--#
-- REPLACE would drop the row that was there without a word to any trigger.
CREATE TRIGGER delegation_is_not_replaced BEFORE INSERT ON delegation BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM delegation WHERE id = NEW.id;
END
--#
CREATE TRIGGER part_is_not_replaced BEFORE INSERT ON part BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM part WHERE id = NEW.id OR (delegation_id = NEW.delegation_id AND division = NEW.division AND name = NEW.name);
END
--#
CREATE TRIGGER part_keeps_its_name BEFORE UPDATE OF delegation_id, division, name ON part BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM part WHERE ((delegation_id = NEW.delegation_id AND division = NEW.division AND name = NEW.name)) AND id <> OLD.id;
END
--#
CREATE TRIGGER engagement_is_not_replaced BEFORE INSERT ON engagement BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM engagement WHERE id = NEW.id OR uid = NEW.uid;
END
--#
CREATE TRIGGER engagement_keeps_its_name BEFORE UPDATE OF uid ON engagement BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM engagement WHERE (uid = NEW.uid) AND id <> OLD.id;
END
--#
CREATE TRIGGER resource_is_not_replaced BEFORE INSERT ON resource BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM resource WHERE id = NEW.id;
END
--#
CREATE TRIGGER assignment_is_not_replaced BEFORE INSERT ON assignment BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM assignment WHERE id = NEW.id OR uid = NEW.uid;
END
--#
CREATE TRIGGER assignment_keeps_its_name BEFORE UPDATE OF uid ON assignment BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM assignment WHERE (uid = NEW.uid) AND id <> OLD.id;
END
--#
CREATE TRIGGER resource_leave_is_not_replaced BEFORE INSERT ON resource_leave BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM resource_leave WHERE id = NEW.id;
END
--#
CREATE TRIGGER place_is_not_replaced BEFORE INSERT ON place BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM place WHERE id = NEW.id OR code = NEW.code OR site_id = NEW.site_id;
END
--#
CREATE TRIGGER place_keeps_its_name BEFORE UPDATE OF code, site_id ON place BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM place WHERE (code = NEW.code OR site_id = NEW.site_id) AND id <> OLD.id;
END
--#
-- A row keeps its number. UPDATE OF id would not do: SQLite does not see one in SET rowid.
CREATE TRIGGER site_keeps_its_number BEFORE UPDATE ON site WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER tour_keeps_its_number BEFORE UPDATE ON tour WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER tour_session_keeps_its_number BEFORE UPDATE ON tour_session WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER visit_keeps_its_number BEFORE UPDATE ON visit WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER other_booking_keeps_its_number BEFORE UPDATE ON other_booking WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER delegation_keeps_its_number BEFORE UPDATE ON delegation WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER part_keeps_its_number BEFORE UPDATE ON part WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER engagement_keeps_its_number BEFORE UPDATE ON engagement WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER resource_keeps_its_number BEFORE UPDATE ON resource WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER assignment_keeps_its_number BEFORE UPDATE ON assignment WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER resource_leave_keeps_its_number BEFORE UPDATE ON resource_leave WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
CREATE TRIGGER place_keeps_its_number BEFORE UPDATE ON place WHEN NEW.id <> OLD.id BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced');
END
--#
-- What others hang on is not dropped from under them.
CREATE TRIGGER delegation_is_not_dropped BEFORE DELETE ON delegation BEGIN
  SELECT RAISE(ABORT, 'fk_visit_delegation_id') FROM visit WHERE delegation_id = OLD.id;
  SELECT RAISE(ABORT, 'fk_engagement_delegation_id') FROM engagement WHERE delegation_id = OLD.id;
  SELECT RAISE(ABORT, 'fk_assignment_delegation_id') FROM assignment WHERE delegation_id = OLD.id;
END
--#
CREATE TRIGGER delegation_takes_its_parts AFTER DELETE ON delegation BEGIN
  DELETE FROM part WHERE delegation_id = OLD.id;
END
--#
CREATE TRIGGER part_is_not_dropped BEFORE DELETE ON part BEGIN
  SELECT RAISE(ABORT, 'fk_visit_part_id') FROM visit WHERE part_id = OLD.id;
  SELECT RAISE(ABORT, 'fk_engagement_part_id') FROM engagement WHERE part_id = OLD.id;
  SELECT RAISE(ABORT, 'fk_assignment_part_id') FROM assignment WHERE part_id = OLD.id;
END
--#
CREATE TRIGGER resource_is_not_dropped BEFORE DELETE ON resource BEGIN
  SELECT RAISE(ABORT, 'fk_assignment_resource_id') FROM assignment WHERE resource_id = OLD.id;
END
--#
CREATE TRIGGER visit_keeps_its_duties BEFORE DELETE ON visit BEGIN
  SELECT RAISE(ABORT, 'fk_assignment_visit_id') FROM assignment WHERE visit_id = OLD.id;
END
--#
CREATE TRIGGER visit_keeps_its_duties_update AFTER UPDATE OF delegation_id ON visit BEGIN
  SELECT RAISE(ABORT, 'assignment_of_its_delegation') FROM assignment
  WHERE visit_id = NEW.id AND delegation_id <> NEW.delegation_id;
END
--#
-- The parts of one division are together no more than the delegation; no part shrinks below what is booked for it,
-- nor does a delegation.
CREATE TRIGGER check_division_insert AFTER INSERT ON part BEGIN
  SELECT RAISE(ABORT, 'fk_part_delegation_id') WHERE NOT EXISTS (SELECT 1 FROM delegation WHERE id = NEW.delegation_id);
  SELECT RAISE(ABORT, 'division_headcount') FROM delegation WHERE id = NEW.delegation_id AND headcount < (
    SELECT sum(headcount) FROM part WHERE delegation_id = NEW.delegation_id AND division = NEW.division);
END
--#
CREATE TRIGGER check_division_update AFTER UPDATE OF delegation_id, division, headcount ON part BEGIN
  SELECT RAISE(ABORT, 'part_of_its_delegation') WHERE NEW.delegation_id <> OLD.delegation_id;
  SELECT RAISE(ABORT, 'division_headcount') FROM delegation WHERE id = NEW.delegation_id AND headcount < (
    SELECT sum(headcount) FROM part WHERE delegation_id = NEW.delegation_id AND division = NEW.division);
  INSERT INTO whereabouts SELECT * FROM whereabouts WHERE delegation_id = NEW.delegation_id AND part_id = NEW.id;
END
--#
CREATE TRIGGER check_parts_of_delegation AFTER UPDATE OF headcount ON delegation WHEN NEW.headcount < OLD.headcount BEGIN
  SELECT RAISE(ABORT, 'division_headcount') FROM part WHERE delegation_id = NEW.id GROUP BY division HAVING sum(headcount) > NEW.headcount;
  SELECT RAISE(ABORT, 'delegation_headcount') FROM whereabouts i
  WHERE i.delegation_id = NEW.id AND NEW.headcount < (
    SELECT sum(o.headcount) FROM whereabouts o
    WHERE o.delegation_id = NEW.id AND o.starts_at <= i.starts_at AND o.ends_at > i.starts_at);
END
--#
-- One person or vehicle in two places; no more ride than there are seats.
CREATE TRIGGER assignment_one_place_insert AFTER INSERT ON assignment
WHEN NEW.state IN ('asked', 'accepted') BEGIN
  SELECT RAISE(ABORT, 'fk_assignment_resource_id') WHERE NOT EXISTS (SELECT 1 FROM resource WHERE id = NEW.resource_id);
  SELECT RAISE(ABORT, 'resource_one_place_at_a_time') FROM assignment o
  WHERE o.resource_id = NEW.resource_id AND o.id <> NEW.id AND o.state IN ('asked', 'accepted')
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at;
  SELECT RAISE(ABORT, 'vehicle_seats') FROM resource WHERE id = NEW.resource_id AND seats < NEW.headcount;
END
--#
CREATE TRIGGER assignment_one_place_update AFTER UPDATE OF resource_id, state, starts_at, ends_at, headcount ON assignment
WHEN NEW.state IN ('asked', 'accepted') BEGIN
  SELECT RAISE(ABORT, 'fk_assignment_resource_id') WHERE NOT EXISTS (SELECT 1 FROM resource WHERE id = NEW.resource_id);
  SELECT RAISE(ABORT, 'resource_one_place_at_a_time') FROM assignment o
  WHERE o.resource_id = NEW.resource_id AND o.id <> NEW.id AND o.state IN ('asked', 'accepted')
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at;
  SELECT RAISE(ABORT, 'vehicle_seats') FROM resource WHERE id = NEW.resource_id AND seats < NEW.headcount;
END
--#
CREATE TRIGGER check_seats_of_resource AFTER UPDATE OF seats ON resource BEGIN
  SELECT RAISE(ABORT, 'vehicle_seats') FROM assignment
  WHERE resource_id = NEW.id AND state IN ('asked', 'accepted') AND headcount > NEW.seats;
END
--#
-- A duty is of the delegation whose visit, and whose part, it serves.
CREATE TRIGGER assignment_of_its_delegation_insert AFTER INSERT ON assignment BEGIN
  SELECT RAISE(ABORT, 'assignment_of_its_delegation') WHERE NEW.visit_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM visit WHERE id = NEW.visit_id AND delegation_id = NEW.delegation_id);
  SELECT RAISE(ABORT, 'assignment_of_its_delegation') WHERE NEW.part_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM part WHERE id = NEW.part_id AND delegation_id = NEW.delegation_id);
END
--#
CREATE TRIGGER assignment_of_its_delegation_update AFTER UPDATE OF visit_id, delegation_id, part_id ON assignment BEGIN
  SELECT RAISE(ABORT, 'assignment_of_its_delegation') WHERE NEW.visit_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM visit WHERE id = NEW.visit_id AND delegation_id = NEW.delegation_id);
  SELECT RAISE(ABORT, 'assignment_of_its_delegation') WHERE NEW.part_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM part WHERE id = NEW.part_id AND delegation_id = NEW.delegation_id);
END
--#
CREATE TRIGGER leave_once_at_a_time_insert AFTER INSERT ON resource_leave BEGIN
  SELECT RAISE(ABORT, 'leave_once_at_a_time') FROM resource_leave o WHERE o.resource_id = NEW.resource_id AND o.id <> NEW.id
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at;
END
--#
CREATE TRIGGER leave_once_at_a_time_update AFTER UPDATE OF resource_id, starts_at, ends_at ON resource_leave BEGIN
  SELECT RAISE(ABORT, 'leave_once_at_a_time') FROM resource_leave o WHERE o.resource_id = NEW.resource_id AND o.id <> NEW.id
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at;
END
--#
-- Who was to go along is free again once a visit is off, however it came to be off.
CREATE TRIGGER release_duties AFTER UPDATE OF state ON visit
WHEN OLD.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed') AND NEW.state NOT IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
BEGIN
  UPDATE assignment SET state = 'released', version = version + 1, sequence = sequence + 1,
    stamped_at = max(NEW.changed_at, datetime(stamped_at, '+1 second'))
  WHERE visit_id = NEW.id AND state IN ('asked', 'accepted');
END
