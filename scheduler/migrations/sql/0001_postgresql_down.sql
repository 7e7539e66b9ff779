ALTER TABLE visit DROP CONSTRAINT visit_one_place_at_a_time
--#
DROP TRIGGER check_limits ON tour
--#
DROP TRIGGER check_limits ON site
--#
DROP TRIGGER check_session ON tour_session
--#
DROP TRIGGER other_booking_load ON other_booking
--#
DROP TRIGGER guests_revision ON delegation
--#
DROP TRIGGER visit_load ON visit
--#
DROP FUNCTION check_limits()
--#
DROP FUNCTION load_ever(integer, integer)
--#
DROP FUNCTION check_session()
--#
DROP FUNCTION load_at_instants(integer, integer, timestamptz, timestamptz)
--#
DROP FUNCTION is_journalled(integer, integer, text, integer)
--#
DROP FUNCTION other_booking_load()
--#
DROP FUNCTION guests_revision()
--#
DROP FUNCTION visit_load()
--#
DROP FUNCTION recount(integer[])
--#
DROP FUNCTION raise_revision(integer[])
--#
DROP FUNCTION refuse(text, text)
--#
DROP FUNCTION occupies(text)
