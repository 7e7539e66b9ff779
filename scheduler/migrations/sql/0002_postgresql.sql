-- The law of last resort on PostgreSQL, of the whole visit: one body in one place, one guide at one visit.
-- A site is a place, under the same code and at the same spot, if that is one on earth.
CREATE VIEW site_as_place AS
  SELECT id AS site_id, code, name, name_native, address,
    CASE WHEN latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180 THEN latitude END AS latitude,
    CASE WHEN latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180 THEN longitude END AS longitude
  FROM site
--#
CREATE FUNCTION place_of_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO place (code, site_id, name, name_native, address, latitude, longitude, version)
    SELECT code, site_id, name, name_native, address, latitude, longitude, 1 FROM site_as_place WHERE site_id = NEW.id;
  ELSE
    UPDATE place SET version = version + 1, (code, name, name_native, address, latitude, longitude) = (
      SELECT code, name, name_native, address, latitude, longitude FROM site_as_place WHERE site_id = NEW.id)
    WHERE site_id = NEW.id;
  END IF;
  RETURN NULL;
END $$
--#
CREATE TRIGGER place_of_site AFTER INSERT OR UPDATE OF code, name, name_native, address, latitude, longitude ON site
  FOR EACH ROW EXECUTE FUNCTION place_of_site()
--#
CREATE FUNCTION place_of_its_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM site WHERE id = OLD.site_id)
      AND (TG_OP = 'DELETE' OR NEW.site_id IS DISTINCT FROM OLD.site_id) THEN
    PERFORM refuse('place_of_its_site', 'the place stays as long as its site');
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.site_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM site_as_place s WHERE s.site_id = NEW.site_id
        AND (s.code, s.name, s.name_native, s.address, s.latitude, s.longitude)
          IS NOT DISTINCT FROM (NEW.code, NEW.name, NEW.name_native, NEW.address, NEW.latitude, NEW.longitude)) THEN
    PERFORM refuse('place_of_its_site', 'name and spot follow from the site; they are not typed');
  END IF;
  RETURN NULL;
END $$
--#
CREATE TRIGGER place_of_its_site AFTER INSERT OR UPDATE OR DELETE ON place
  FOR EACH ROW EXECUTE FUNCTION place_of_its_site()
--#
-- What a delegation's revision counts is no news to its hosts.
DROP TRIGGER guests_revision ON delegation
--#
CREATE TRIGGER guests_revision AFTER UPDATE ON delegation FOR EACH ROW
  WHEN (OLD.revision = NEW.revision) EXECUTE FUNCTION guests_revision()
--#
-- One body in two places is from now on a matter of parts and engagements too: no single table can say it.
ALTER TABLE visit DROP CONSTRAINT visit_one_place_at_a_time
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
-- How many of a delegation are somewhere at one instant, at most: that only rises where a stop begins.
CREATE FUNCTION most_at_once(of_delegation integer, from_at timestamptz, to_at timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT max(people) FROM (
    SELECT sum(o.headcount) AS people FROM whereabouts i JOIN whereabouts o
      ON o.delegation_id = of_delegation AND o.starts_at <= i.starts_at AND o.ends_at > i.starts_at
    WHERE i.delegation_id = of_delegation AND i.starts_at < to_at AND i.ends_at > from_at
    GROUP BY i.of_table, i.id) AS loads
$$
--#
-- Updating the delegation row first is the lock: whoever comes second waits, then reads what the first wrote;
-- a repeatable-read transaction that would read stale fails instead.
CREATE FUNCTION check_whereabouts(of_table_name text, of_id integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE stop whereabouts; of_delegation delegation; of_part part; people bigint;
BEGIN
  SELECT * INTO stop FROM whereabouts w WHERE w.of_table = of_table_name AND w.id = of_id;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE delegation SET revision = revision + 1 WHERE id = stop.delegation_id RETURNING * INTO of_delegation;
  IF stop.part_id IS NOT NULL THEN
    SELECT * INTO of_part FROM part WHERE id = stop.part_id;
    IF of_part.delegation_id <> stop.delegation_id THEN
      PERFORM refuse('part_of_its_delegation', 'the part is of another delegation');
    END IF;
    IF stop.headcount > of_part.headcount THEN
      PERFORM refuse('part_headcount', format('%s people of a part of %s', stop.headcount, of_part.headcount));
    END IF;
  END IF;
  IF EXISTS (SELECT 1 FROM whereabouts o WHERE o.delegation_id = stop.delegation_id
      AND (o.of_table, o.id) <> (stop.of_table, stop.id) AND o.starts_at < stop.ends_at AND o.ends_at > stop.starts_at
      AND (stop.part_id IS NULL OR o.part_id IS NULL OR stop.part_id = o.part_id OR stop.division <> o.division)) THEN
    PERFORM refuse('visit_one_place_at_a_time', 'the delegation is elsewhere then');
  END IF;
  people := most_at_once(stop.delegation_id, stop.starts_at, stop.ends_at);
  IF people > of_delegation.headcount THEN
    PERFORM refuse('delegation_headcount', format('%s people at once of a delegation of %s', people, of_delegation.headcount));
  END IF;
END $$
--#
CREATE FUNCTION stop_whereabouts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM check_whereabouts(TG_TABLE_NAME, NEW.id);
  RETURN NULL;
END $$
--#
-- Their names let them come after the load of the site, whose lock is taken first everywhere.
CREATE TRIGGER whereabouts_insert AFTER INSERT ON visit FOR EACH ROW EXECUTE FUNCTION stop_whereabouts()
--#
CREATE TRIGGER whereabouts_update AFTER UPDATE OF delegation_id, part_id, state, starts_at, ends_at, headcount ON visit
  FOR EACH ROW WHEN (NOT occupies(OLD.state) OR (OLD.delegation_id, OLD.starts_at, OLD.ends_at, OLD.headcount, OLD.part_id)
    IS DISTINCT FROM (NEW.delegation_id, NEW.starts_at, NEW.ends_at, NEW.headcount, NEW.part_id))
  EXECUTE FUNCTION stop_whereabouts()
--#
CREATE TRIGGER whereabouts_insert AFTER INSERT ON engagement FOR EACH ROW EXECUTE FUNCTION stop_whereabouts()
--#
CREATE TRIGGER whereabouts_update AFTER UPDATE OF delegation_id, part_id, state, starts_at, ends_at, headcount ON engagement
  FOR EACH ROW EXECUTE FUNCTION stop_whereabouts()
--#
-- The parts of one division are together no more than the delegation; no part shrinks below what is booked for it,
-- nor does a delegation.
CREATE FUNCTION check_division() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE people bigint; whole integer;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.delegation_id <> OLD.delegation_id THEN
    PERFORM refuse('part_of_its_delegation', 'a part stays with its delegation');
  END IF;
  UPDATE delegation SET revision = revision + 1 WHERE id = NEW.delegation_id RETURNING headcount INTO whole;
  SELECT sum(headcount) INTO people FROM part WHERE delegation_id = NEW.delegation_id AND division = NEW.division;
  IF people > whole THEN
    PERFORM refuse('division_headcount', format('parts of %s people of a delegation of %s', people, whole));
  END IF;
  PERFORM check_whereabouts(w.of_table, w.id) FROM whereabouts w
    WHERE w.delegation_id = NEW.delegation_id AND w.part_id = NEW.id;
  RETURN NULL;
END $$
--#
CREATE TRIGGER check_division AFTER INSERT OR UPDATE OF delegation_id, division, headcount ON part
  FOR EACH ROW EXECUTE FUNCTION check_division()
--#
CREATE FUNCTION check_parts_of_delegation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE people bigint;
BEGIN
  SELECT max(total) INTO people FROM (
    SELECT sum(headcount) AS total FROM part WHERE delegation_id = NEW.id GROUP BY division) AS divisions;
  IF people > NEW.headcount THEN
    PERFORM refuse('division_headcount', format('parts of %s people of a delegation of %s', people, NEW.headcount));
  END IF;
  people := most_at_once(NEW.id, '-infinity', 'infinity');
  IF people > NEW.headcount THEN
    PERFORM refuse('delegation_headcount', format('%s people at once of a delegation of %s', people, NEW.headcount));
  END IF;
  RETURN NULL;
END $$
--#
CREATE TRIGGER check_parts_of_delegation AFTER UPDATE OF headcount ON delegation FOR EACH ROW
  WHEN (NEW.headcount < OLD.headcount) EXECUTE FUNCTION check_parts_of_delegation()
--#
-- One person or vehicle in two places. int8range stands in for btree_gist, so no extension is needed.
ALTER TABLE assignment ADD CONSTRAINT resource_one_place_at_a_time EXCLUDE USING gist (
  int8range(resource_id, resource_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (state IN ('asked', 'accepted'))
--#
ALTER TABLE resource_leave ADD CONSTRAINT leave_once_at_a_time EXCLUDE USING gist (
  int8range(resource_id, resource_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
)
--#
-- No more ride than there are seats. Updating the resource row first is the lock here, too.
CREATE FUNCTION check_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_seats integer;
BEGIN
  UPDATE resource SET seats = seats WHERE id = NEW.resource_id RETURNING seats INTO of_seats;
  IF NEW.headcount > of_seats THEN
    PERFORM refuse('vehicle_seats', format('%s people for %s seats', NEW.headcount, of_seats));
  END IF;
  RETURN NULL;
END $$
--#
CREATE TRIGGER check_seats AFTER INSERT OR UPDATE OF resource_id, headcount, state ON assignment FOR EACH ROW
  WHEN (NEW.headcount IS NOT NULL AND NEW.state IN ('asked', 'accepted')) EXECUTE FUNCTION check_seats()
--#
CREATE FUNCTION check_seats_of_resource() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE people integer;
BEGIN
  SELECT max(headcount) INTO people FROM assignment WHERE resource_id = NEW.id AND state IN ('asked', 'accepted');
  IF people > NEW.seats THEN
    PERFORM refuse('vehicle_seats', format('%s people for %s seats', people, NEW.seats));
  END IF;
  RETURN NULL;
END $$
--#
CREATE TRIGGER check_seats_of_resource AFTER UPDATE OF seats ON resource FOR EACH ROW
  WHEN (OLD.seats IS DISTINCT FROM NEW.seats) EXECUTE FUNCTION check_seats_of_resource()
--#
-- A duty is of the delegation whose visit, and whose part, it serves.
CREATE FUNCTION assignment_of_its_delegation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.visit_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM visit WHERE id = NEW.visit_id AND delegation_id = NEW.delegation_id))
    OR (NEW.part_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM part WHERE id = NEW.part_id AND delegation_id = NEW.delegation_id)) THEN
    PERFORM refuse('assignment_of_its_delegation', 'the visit or the part is of another delegation');
  END IF;
  RETURN NULL;
END $$
--#
CREATE TRIGGER assignment_of_its_delegation AFTER INSERT OR UPDATE OF visit_id, delegation_id, part_id ON assignment
  FOR EACH ROW EXECUTE FUNCTION assignment_of_its_delegation()
--#
CREATE FUNCTION visit_keeps_its_duties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM assignment WHERE visit_id = NEW.id AND delegation_id <> NEW.delegation_id) THEN
    PERFORM refuse('assignment_of_its_delegation', 'somebody is assigned to this visit for its delegation');
  END IF;
  RETURN NULL;
END $$
--#
CREATE TRIGGER visit_keeps_its_duties AFTER UPDATE OF delegation_id ON visit
  FOR EACH ROW EXECUTE FUNCTION visit_keeps_its_duties()
--#
-- Who was to go along is free again once a visit is off, however it came to be off.
CREATE FUNCTION release_duties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE assignment SET state = 'released', version = version + 1, sequence = sequence + 1,
    stamped_at = greatest(NEW.changed_at, stamped_at + interval '1 second')
  WHERE visit_id = NEW.id AND state IN ('asked', 'accepted');
  RETURN NULL;
END $$
--#
CREATE TRIGGER release_duties AFTER UPDATE OF state ON visit FOR EACH ROW
  WHEN (occupies(OLD.state) AND NOT occupies(NEW.state)) EXECUTE FUNCTION release_duties()
