-- The law of last resort on SQLite, of the whole visit. A writer holds the whole database, so nothing is locked first.
-- A site is a place, under the same code and at the same spot.
CREATE TRIGGER place_of_site_insert AFTER INSERT ON site BEGIN
  INSERT INTO place (code, site_id, name, name_native, address, latitude, longitude, version)
  VALUES (NEW.code, NEW.id, NEW.name, NEW.name_native, NEW.address, NEW.latitude, NEW.longitude, 1);
END
--#
CREATE TRIGGER place_of_site_update AFTER UPDATE OF code, name, name_native, address, latitude, longitude ON site BEGIN
  UPDATE place SET code = NEW.code, name = NEW.name, name_native = NEW.name_native, address = NEW.address,
    latitude = NEW.latitude, longitude = NEW.longitude, version = version + 1
  WHERE site_id = NEW.id;
END
--#
DROP TRIGGER visit_one_place_insert
--#
DROP TRIGGER visit_one_place_update
--#
CREATE VIEW whereabouts AS
  SELECT 'visit' AS of_table, v.id, v.delegation_id, v.part_id, p.division, v.starts_at, v.ends_at, v.headcount
  FROM visit v LEFT JOIN part p ON p.id = v.part_id
  WHERE v.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
  UNION ALL
  SELECT 'engagement', e.id, e.delegation_id, e.part_id, p.division, e.starts_at, e.ends_at, e.headcount
  FROM engagement e LEFT JOIN part p ON p.id = e.part_id
  WHERE e.state = 'planned'
--#
-- One body in two places, and no more bodies than the delegation has.
CREATE TRIGGER visit_whereabouts_insert AFTER INSERT ON visit WHEN NEW.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed') BEGIN
  SELECT RAISE(ABORT, 'part_of_its_delegation') FROM part p WHERE p.id = NEW.part_id AND p.delegation_id <> NEW.delegation_id;
  SELECT RAISE(ABORT, 'fk_visit_part_id') WHERE NEW.part_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM part WHERE id = NEW.part_id);
  SELECT RAISE(ABORT, 'part_headcount') FROM part p WHERE p.id = NEW.part_id AND NEW.headcount > p.headcount;
  SELECT RAISE(ABORT, 'visit_one_place_at_a_time') FROM whereabouts o
  WHERE o.delegation_id = NEW.delegation_id AND NOT (o.of_table = 'visit' AND o.id = NEW.id)
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at
    AND (NEW.part_id IS NULL OR o.part_id IS NULL OR NEW.part_id = o.part_id
      OR o.division <> (SELECT division FROM part WHERE id = NEW.part_id));
  SELECT RAISE(ABORT, 'delegation_headcount') FROM delegation d
  WHERE d.id = NEW.delegation_id AND d.headcount < (SELECT max(total) FROM (
    SELECT sum(o.headcount) AS total FROM whereabouts i JOIN whereabouts o
      ON o.delegation_id = i.delegation_id AND o.starts_at <= i.starts_at AND o.ends_at > i.starts_at
    WHERE i.delegation_id = NEW.delegation_id AND i.starts_at < NEW.ends_at AND i.ends_at > NEW.starts_at
    GROUP BY i.of_table, i.id));
END
--#
CREATE TRIGGER visit_whereabouts_update AFTER UPDATE OF delegation_id, part_id, state, starts_at, ends_at, headcount ON visit
WHEN NEW.state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed') AND (OLD.state NOT IN ('held', 'requested', 'confirmed', 'carried_out', 'closed') OR NEW.delegation_id <> OLD.delegation_id
  OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at OR NEW.headcount <> OLD.headcount
  OR NEW.part_id IS NOT OLD.part_id)
BEGIN
  SELECT RAISE(ABORT, 'part_of_its_delegation') FROM part p WHERE p.id = NEW.part_id AND p.delegation_id <> NEW.delegation_id;
  SELECT RAISE(ABORT, 'fk_visit_part_id') WHERE NEW.part_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM part WHERE id = NEW.part_id);
  SELECT RAISE(ABORT, 'part_headcount') FROM part p WHERE p.id = NEW.part_id AND NEW.headcount > p.headcount;
  SELECT RAISE(ABORT, 'visit_one_place_at_a_time') FROM whereabouts o
  WHERE o.delegation_id = NEW.delegation_id AND NOT (o.of_table = 'visit' AND o.id = NEW.id)
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at
    AND (NEW.part_id IS NULL OR o.part_id IS NULL OR NEW.part_id = o.part_id
      OR o.division <> (SELECT division FROM part WHERE id = NEW.part_id));
  SELECT RAISE(ABORT, 'delegation_headcount') FROM delegation d
  WHERE d.id = NEW.delegation_id AND d.headcount < (SELECT max(total) FROM (
    SELECT sum(o.headcount) AS total FROM whereabouts i JOIN whereabouts o
      ON o.delegation_id = i.delegation_id AND o.starts_at <= i.starts_at AND o.ends_at > i.starts_at
    WHERE i.delegation_id = NEW.delegation_id AND i.starts_at < NEW.ends_at AND i.ends_at > NEW.starts_at
    GROUP BY i.of_table, i.id));
END
--#
CREATE TRIGGER engagement_whereabouts_insert AFTER INSERT ON engagement WHEN NEW.state = 'planned' BEGIN
  SELECT RAISE(ABORT, 'part_of_its_delegation') FROM part p WHERE p.id = NEW.part_id AND p.delegation_id <> NEW.delegation_id;
  SELECT RAISE(ABORT, 'fk_engagement_part_id') WHERE NEW.part_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM part WHERE id = NEW.part_id);
  SELECT RAISE(ABORT, 'part_headcount') FROM part p WHERE p.id = NEW.part_id AND NEW.headcount > p.headcount;
  SELECT RAISE(ABORT, 'visit_one_place_at_a_time') FROM whereabouts o
  WHERE o.delegation_id = NEW.delegation_id AND NOT (o.of_table = 'engagement' AND o.id = NEW.id)
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at
    AND (NEW.part_id IS NULL OR o.part_id IS NULL OR NEW.part_id = o.part_id
      OR o.division <> (SELECT division FROM part WHERE id = NEW.part_id));
  SELECT RAISE(ABORT, 'delegation_headcount') FROM delegation d
  WHERE d.id = NEW.delegation_id AND d.headcount < (SELECT max(total) FROM (
    SELECT sum(o.headcount) AS total FROM whereabouts i JOIN whereabouts o
      ON o.delegation_id = i.delegation_id AND o.starts_at <= i.starts_at AND o.ends_at > i.starts_at
    WHERE i.delegation_id = NEW.delegation_id AND i.starts_at < NEW.ends_at AND i.ends_at > NEW.starts_at
    GROUP BY i.of_table, i.id));
END
--#
CREATE TRIGGER engagement_whereabouts_update AFTER UPDATE OF delegation_id, part_id, state, starts_at, ends_at, headcount ON engagement
WHEN NEW.state = 'planned'
BEGIN
  SELECT RAISE(ABORT, 'part_of_its_delegation') FROM part p WHERE p.id = NEW.part_id AND p.delegation_id <> NEW.delegation_id;
  SELECT RAISE(ABORT, 'fk_engagement_part_id') WHERE NEW.part_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM part WHERE id = NEW.part_id);
  SELECT RAISE(ABORT, 'part_headcount') FROM part p WHERE p.id = NEW.part_id AND NEW.headcount > p.headcount;
  SELECT RAISE(ABORT, 'visit_one_place_at_a_time') FROM whereabouts o
  WHERE o.delegation_id = NEW.delegation_id AND NOT (o.of_table = 'engagement' AND o.id = NEW.id)
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at
    AND (NEW.part_id IS NULL OR o.part_id IS NULL OR NEW.part_id = o.part_id
      OR o.division <> (SELECT division FROM part WHERE id = NEW.part_id));
  SELECT RAISE(ABORT, 'delegation_headcount') FROM delegation d
  WHERE d.id = NEW.delegation_id AND d.headcount < (SELECT max(total) FROM (
    SELECT sum(o.headcount) AS total FROM whereabouts i JOIN whereabouts o
      ON o.delegation_id = i.delegation_id AND o.starts_at <= i.starts_at AND o.ends_at > i.starts_at
    WHERE i.delegation_id = NEW.delegation_id AND i.starts_at < NEW.ends_at AND i.ends_at > NEW.starts_at
    GROUP BY i.of_table, i.id));
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
CREATE TRIGGER engagement_is_not_replaced BEFORE INSERT ON engagement BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM engagement WHERE id = NEW.id OR uid = NEW.uid;
END
--#
CREATE TRIGGER engagement_keeps_its_name BEFORE UPDATE OF id, uid ON engagement BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM engagement WHERE (id = NEW.id OR uid = NEW.uid) AND id <> OLD.id;
END
--#
CREATE TRIGGER assignment_is_not_replaced BEFORE INSERT ON assignment BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM assignment WHERE id = NEW.id OR uid = NEW.uid;
END
--#
CREATE TRIGGER assignment_keeps_its_name BEFORE UPDATE OF id, uid ON assignment BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM assignment WHERE (id = NEW.id OR uid = NEW.uid) AND id <> OLD.id;
END
--#
CREATE TRIGGER part_is_not_replaced BEFORE INSERT ON part BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM part WHERE id = NEW.id;
END
--#
CREATE TRIGGER part_keeps_its_name BEFORE UPDATE OF id ON part BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM part WHERE (id = NEW.id) AND id <> OLD.id;
END
--#
CREATE TRIGGER resource_leave_is_not_replaced BEFORE INSERT ON resource_leave BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM resource_leave WHERE id = NEW.id;
END
--#
CREATE TRIGGER resource_leave_keeps_its_name BEFORE UPDATE OF id ON resource_leave BEGIN
  SELECT RAISE(ABORT, 'row_is_not_replaced') FROM resource_leave WHERE (id = NEW.id) AND id <> OLD.id;
END
--#
CREATE TRIGGER part_keeps_its_stops BEFORE DELETE ON part
WHEN EXISTS (SELECT 1 FROM visit WHERE part_id = OLD.id) OR EXISTS (SELECT 1 FROM engagement WHERE part_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'fk_visit_part_id'); END
--#
-- The parts of one division are together no more than the delegation; no part shrinks below what is booked for it.
CREATE TRIGGER check_division_insert AFTER INSERT ON part BEGIN
  SELECT RAISE(ABORT, 'division_headcount') FROM delegation d WHERE d.id = NEW.delegation_id AND d.headcount < (
    SELECT sum(headcount) FROM part WHERE delegation_id = NEW.delegation_id AND division = NEW.division);
END
--#
CREATE TRIGGER check_division_update AFTER UPDATE OF id, delegation_id, division, headcount ON part BEGIN
  SELECT RAISE(ABORT, 'division_headcount') FROM delegation d WHERE d.id = NEW.delegation_id AND d.headcount < (
    SELECT sum(headcount) FROM part WHERE delegation_id = NEW.delegation_id AND division = NEW.division);
  SELECT RAISE(ABORT, 'part_headcount') FROM whereabouts w
  WHERE w.part_id = NEW.id AND (w.headcount > NEW.headcount OR w.delegation_id <> NEW.delegation_id);
  SELECT RAISE(ABORT, 'visit_one_place_at_a_time') FROM whereabouts w JOIN whereabouts o
    ON o.delegation_id = w.delegation_id AND NOT (o.of_table = w.of_table AND o.id = w.id)
    AND o.starts_at < w.ends_at AND o.ends_at > w.starts_at
  WHERE w.part_id = NEW.id AND NEW.division <> OLD.division
    AND (o.part_id IS NULL OR o.part_id = w.part_id OR o.division <> w.division);
END
--#
CREATE TRIGGER check_parts_of_delegation AFTER UPDATE OF headcount ON delegation WHEN NEW.headcount < OLD.headcount BEGIN
  SELECT RAISE(ABORT, 'division_headcount') FROM part WHERE delegation_id = NEW.id GROUP BY division HAVING sum(headcount) > NEW.headcount;
END
--#
-- One person or vehicle in two places; no more ride than there are seats.
CREATE TRIGGER assignment_one_place_insert AFTER INSERT ON assignment WHEN NEW.state IN ('asked', 'accepted') BEGIN
  SELECT RAISE(ABORT, 'resource_one_place_at_a_time') FROM assignment o
  WHERE o.resource_id = NEW.resource_id AND o.id <> NEW.id AND o.state IN ('asked', 'accepted')
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at;
  SELECT RAISE(ABORT, 'fk_assignment_resource_id') WHERE NOT EXISTS (SELECT 1 FROM resource WHERE id = NEW.resource_id);
  SELECT RAISE(ABORT, 'vehicle_seats') FROM resource WHERE id = NEW.resource_id AND seats < NEW.headcount;
END
--#
CREATE TRIGGER assignment_one_place_update AFTER UPDATE OF resource_id, state, starts_at, ends_at, headcount ON assignment WHEN NEW.state IN ('asked', 'accepted') BEGIN
  SELECT RAISE(ABORT, 'resource_one_place_at_a_time') FROM assignment o
  WHERE o.resource_id = NEW.resource_id AND o.id <> NEW.id AND o.state IN ('asked', 'accepted')
    AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at;
  SELECT RAISE(ABORT, 'fk_assignment_resource_id') WHERE NOT EXISTS (SELECT 1 FROM resource WHERE id = NEW.resource_id);
  SELECT RAISE(ABORT, 'vehicle_seats') FROM resource WHERE id = NEW.resource_id AND seats < NEW.headcount;
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
