DROP TRIGGER visit_one_place_update
--#
DROP TRIGGER visit_one_place_insert
--#
DROP TRIGGER check_tour_limits
--#
DROP TRIGGER check_site_limits
--#
DROP TRIGGER check_at_once
--#
DROP TRIGGER check_session_load
--#
DROP TRIGGER check_session_insert
--#
DROP TRIGGER other_booking_load_delete
--#
DROP TRIGGER other_booking_load_update
--#
DROP TRIGGER other_booking_load_insert
--#
DROP TRIGGER visit_load_delete
--#
DROP TRIGGER visit_load_update
--#
DROP TRIGGER visit_load_insert
--#
DROP VIEW session_bookings
