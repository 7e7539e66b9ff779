-- The law of last resort on PostgreSQL: what must never be true is refused by the database itself,
-- even for SQL typed by hand. Statements are parted by lines that read "--#".

CREATE FUNCTION occupies(visit_state text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT visit_state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed')
$$
--#
CREATE FUNCTION refuse(law text, told text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = law, MESSAGE = law || ': ' || told;
END $$
--#
-- A site's revision is raised by every change of what its calendar shows: its visits and who comes.
-- Sites in ascending order.
CREATE FUNCTION raise_revision(sites integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE one integer;
BEGIN
  FOR one IN SELECT DISTINCT unnest(sites) AS id ORDER BY id LOOP
    UPDATE site SET revision = revision + 1 WHERE id = one;
  END LOOP;
END $$
--#
-- Updating the site row first is the lock: whoever comes second waits, then reads what the first wrote;
-- a repeatable-read transaction that would read stale fails instead.
CREATE FUNCTION recount(sessions integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE one integer;
BEGIN
  PERFORM raise_revision(ARRAY(SELECT site_id FROM tour_session WHERE id = ANY (sessions)));
  FOREACH one IN ARRAY sessions LOOP
    UPDATE tour_session SET
      places_taken = (SELECT coalesce(sum(headcount), 0) FROM visit WHERE tour_session_id = one AND occupies(state))
                   + (SELECT coalesce(sum(headcount), 0) FROM other_booking WHERE tour_session_id = one),
      groups_taken = (SELECT count(*) FROM visit WHERE tour_session_id = one AND occupies(state))
                   + (SELECT count(*) FROM other_booking WHERE tour_session_id = one)
    WHERE id = one;
  END LOOP;
END $$
--#
CREATE FUNCTION visit_load() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF occupies(NEW.state) THEN PERFORM recount(ARRAY[NEW.tour_session_id]);
    ELSE PERFORM raise_revision(ARRAY[NEW.site_id]); END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF occupies(OLD.state) THEN PERFORM recount(ARRAY[OLD.tour_session_id]);
    ELSE PERFORM raise_revision(ARRAY[OLD.site_id]); END IF;
  ELSIF OLD.tour_session_id <> NEW.tour_session_id THEN
    PERFORM recount(ARRAY[OLD.tour_session_id, NEW.tour_session_id]);
  ELSIF OLD.headcount <> NEW.headcount OR occupies(OLD.state) <> occupies(NEW.state) THEN
    PERFORM recount(ARRAY[NEW.tour_session_id]);
  ELSE
    PERFORM raise_revision(ARRAY[OLD.site_id, NEW.site_id]);
  END IF;
  RETURN NULL;
END $$
--#
CREATE FUNCTION other_booking_load() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM recount(ARRAY[NEW.tour_session_id]);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM recount(ARRAY[OLD.tour_session_id]);
  ELSIF OLD.tour_session_id <> NEW.tour_session_id THEN
    PERFORM recount(ARRAY[OLD.tour_session_id, NEW.tour_session_id]);
  ELSIF OLD.headcount <> NEW.headcount THEN
    PERFORM recount(ARRAY[NEW.tour_session_id]);
  END IF;
  RETURN NULL;
END $$
--#
CREATE FUNCTION guests_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_revision(ARRAY(SELECT site_id FROM visit WHERE delegation_id = NEW.id));
  RETURN NULL;
END $$
--#
CREATE TRIGGER visit_load AFTER INSERT OR DELETE OR UPDATE ON visit FOR EACH ROW EXECUTE FUNCTION visit_load()
--#
CREATE TRIGGER guests_revision AFTER UPDATE ON delegation FOR EACH ROW EXECUTE FUNCTION guests_revision()
--#
CREATE TRIGGER other_booking_load AFTER INSERT OR DELETE OR UPDATE OF tour_session_id, headcount ON other_booking
  FOR EACH ROW EXECUTE FUNCTION other_booking_load()
--#
-- Whether a row names a new line of the journal, and one about itself: that is the journalled act.
CREATE FUNCTION is_journalled(line integer, older_line integer, of_table text, of_id integer) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM journal
    WHERE id = line AND id > coalesce(older_line, 0) AND subject = of_table AND subject_id = of_id)
$$
--#
-- The load of a site, or of one tour of it, at every instant of a stretch: it only rises where a session starts.
-- No session lasts longer than a day, so a day back is far enough to look.
CREATE FUNCTION load_at_instants(of_site integer, of_tour integer, from_at timestamptz, to_at timestamptz)
RETURNS TABLE (people bigint, groups bigint) LANGUAGE sql STABLE AS $$
  SELECT sum(o.places_taken), sum(o.groups_taken)
  FROM (SELECT from_at AS instant UNION
        SELECT starts_at FROM tour_session
        WHERE site_id = of_site AND groups_taken > 0 AND starts_at > from_at AND starts_at < to_at) i
  JOIN tour_session o ON o.site_id = of_site AND (of_tour IS NULL OR o.tour_id = of_tour) AND o.groups_taken > 0
    AND o.starts_at <= i.instant AND o.starts_at >= i.instant - interval '1 day' AND o.clear_at > i.instant
    AND o.starts_at >= from_at - interval '1 day' AND o.starts_at < to_at -- follows, and lets the index find them
  GROUP BY i.instant
$$
--#
CREATE FUNCTION check_session() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_site site; of_tour tour; has_moved boolean := true; has_more_people boolean := true; has_more_groups boolean := true;
  top_people bigint; top_groups bigint;
BEGIN
  IF NEW.clear_at > NEW.starts_at + interval '1 day' THEN
    PERFORM refuse('session_within_a_day', 'a tour session and its turnaround last a day at most');
  END IF;
  IF TG_OP = 'UPDATE' THEN
    has_moved := (OLD.starts_at, OLD.clear_at, OLD.site_id, OLD.tour_id)
      IS DISTINCT FROM (NEW.starts_at, NEW.clear_at, NEW.site_id, NEW.tour_id);
    has_more_people := NEW.places_taken > OLD.places_taken;
    has_more_groups := NEW.groups_taken > OLD.groups_taken;
  END IF;
  IF has_moved THEN
    UPDATE site SET revision = revision + 1 WHERE id = NEW.site_id;
  END IF;
  IF TG_OP = 'INSERT' OR (OLD.places_taken, OLD.groups_taken) IS DISTINCT FROM (NEW.places_taken, NEW.groups_taken) THEN
    SELECT sum(headcount), count(*) INTO top_people, top_groups FROM (
      SELECT headcount FROM visit WHERE tour_session_id = NEW.id AND occupies(state)
      UNION ALL SELECT headcount FROM other_booking WHERE tour_session_id = NEW.id) AS bookings;
    IF (NEW.places_taken, NEW.groups_taken) IS DISTINCT FROM (coalesce(top_people, 0)::integer, top_groups::integer) THEN
      PERFORM refuse('session_load_is_counted', 'places taken follow from visits and other bookings; they are not typed');
    END IF;
  END IF;
  IF NEW.places_taken > NEW.places AND (has_more_people OR (TG_OP = 'UPDATE' AND NEW.places < OLD.places
      AND NOT is_journalled(NEW.limits_journal_id, OLD.limits_journal_id, 'tour_session', NEW.id)
      AND NOT is_journalled(NEW.limits_journal_id, OLD.limits_journal_id, 'tour', NEW.tour_id))) THEN
    PERFORM refuse('session_places', format('%s people for %s places', NEW.places_taken, NEW.places));
  END IF;
  IF NEW.groups_taken = 0 OR NOT (has_moved OR has_more_people OR has_more_groups) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO of_site FROM site WHERE id = NEW.site_id;
  SELECT * INTO of_tour FROM tour WHERE id = NEW.tour_id;
  SELECT max(people), max(groups) INTO top_people, top_groups
    FROM load_at_instants(NEW.site_id, NULL, NEW.starts_at, NEW.clear_at);
  IF top_people > of_site.people_at_once AND (has_moved OR has_more_people) THEN
    PERFORM refuse('site_people_at_once', format('%s people at once where %s may be', top_people, of_site.people_at_once));
  END IF;
  IF top_groups > of_site.groups_at_once AND (has_moved OR has_more_groups) THEN
    PERFORM refuse('site_groups_at_once', format('%s groups at once where %s may be', top_groups, of_site.groups_at_once));
  END IF;
  IF of_tour.people_at_once IS NULL AND of_tour.groups_at_once IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT max(people), max(groups) INTO top_people, top_groups
    FROM load_at_instants(NEW.site_id, NEW.tour_id, NEW.starts_at, NEW.clear_at);
  IF top_people > of_tour.people_at_once AND (has_moved OR has_more_people) THEN
    PERFORM refuse('tour_people_at_once', format('%s people at once where %s may be', top_people, of_tour.people_at_once));
  END IF;
  IF top_groups > of_tour.groups_at_once AND (has_moved OR has_more_groups) THEN
    PERFORM refuse('tour_groups_at_once', format('%s groups at once where %s may be', top_groups, of_tour.groups_at_once));
  END IF;
  RETURN NULL;
END $$
--#
CREATE TRIGGER check_session AFTER INSERT OR UPDATE OF places, places_taken, groups_taken, starts_at, ends_at, clear_at,
  site_id, tour_id ON tour_session FOR EACH ROW EXECUTE FUNCTION check_session()
--#
-- The load of a site, or of one tour of it, whenever it changes. Who leaves at an instant is gone before who comes.
CREATE FUNCTION load_ever(of_site integer, of_tour integer) RETURNS TABLE (people bigint, groups bigint) LANGUAGE sql STABLE AS $$
  SELECT sum(people) OVER turns, sum(groups) OVER turns
  FROM tour_session, LATERAL (VALUES (starts_at, 1, places_taken, groups_taken), (clear_at, 0, -places_taken, -groups_taken))
    AS turn (instant, coming, people, groups)
  WHERE site_id = of_site AND (of_tour IS NULL OR tour_id = of_tour) AND groups_taken > 0
  WINDOW turns AS (ORDER BY instant, coming)
$$
--#
-- A limit may fall below what is booked only as the journalled act: the same statement names its new journal line.
CREATE FUNCTION check_limits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE top_people bigint; top_groups bigint; of_site integer; of_tour integer; has_fewer_people boolean; has_fewer_groups boolean;
BEGIN
  has_fewer_people := coalesce(NEW.people_at_once, 2147483647) < coalesce(OLD.people_at_once, 2147483647);
  has_fewer_groups := coalesce(NEW.groups_at_once, 2147483647) < coalesce(OLD.groups_at_once, 2147483647);
  IF NOT (has_fewer_people OR has_fewer_groups)
      OR is_journalled(NEW.limits_journal_id, OLD.limits_journal_id, TG_TABLE_NAME, NEW.id) THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'site' THEN of_site := NEW.id; ELSE of_tour := NEW.id; END IF;
  IF of_site IS NULL THEN
    of_site := (SELECT site_id FROM tour WHERE id = of_tour);
    UPDATE site SET revision = revision + 1 WHERE id = of_site;
  END IF;
  SELECT max(people), max(groups) INTO top_people, top_groups FROM load_ever(of_site, of_tour);
  IF (has_fewer_people AND top_people > NEW.people_at_once) OR (has_fewer_groups AND top_groups > NEW.groups_at_once) THEN
    PERFORM refuse(TG_TABLE_NAME || '_limits', format('%s people and %s groups at once are booked', top_people, top_groups));
  END IF;
  RETURN NULL;
END $$
--#
CREATE TRIGGER check_limits AFTER UPDATE OF people_at_once, groups_at_once ON site
  FOR EACH ROW EXECUTE FUNCTION check_limits()
--#
CREATE TRIGGER check_limits AFTER UPDATE OF people_at_once, groups_at_once ON tour
  FOR EACH ROW EXECUTE FUNCTION check_limits()
--#
-- One body in two places. int8range stands in for btree_gist, so no extension is needed.
ALTER TABLE visit ADD CONSTRAINT visit_one_place_at_a_time EXCLUDE USING gist (
  int8range(delegation_id, delegation_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (state IN ('held', 'requested', 'confirmed', 'carried_out', 'closed'))
