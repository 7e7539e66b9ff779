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
DROP TRIGGER check_session_times_update
--#
DROP TRIGGER check_session_times_insert
--#
DROP TRIGGER check_session_insert
--#
DROP TRIGGER site_keeps_its_name
--#
DROP TRIGGER site_is_not_replaced
--#
DROP TRIGGER site_is_not_dropped
--#
DROP TRIGGER site_keeps_its_sessions
--#
DROP TRIGGER tour_keeps_its_name
--#
DROP TRIGGER tour_is_not_replaced
--#
DROP TRIGGER tour_is_not_dropped
--#
DROP TRIGGER tour_keeps_its_sessions
--#
DROP TRIGGER session_is_of_its_tour_update
--#
DROP TRIGGER session_is_of_its_tour_insert
--#
DROP TRIGGER other_booking_session_keeps_its_name
--#
DROP TRIGGER other_booking_keeps_its_session
--#
DROP TRIGGER other_booking_is_of_its_session_update
--#
DROP TRIGGER other_booking_is_of_its_session_insert
--#
DROP TRIGGER visit_keeps_its_session
--#
DROP TRIGGER visit_follows_its_session
--#
DROP TRIGGER visit_is_of_its_session_update
--#
DROP TRIGGER visit_is_of_its_session_insert
--#
DROP TRIGGER session_keeps_its_name
--#
DROP TRIGGER session_is_not_replaced
--#
DROP TRIGGER other_booking_keeps_its_name
--#
DROP TRIGGER other_booking_is_not_replaced
--#
DROP TRIGGER visit_keeps_its_name
--#
DROP TRIGGER visit_is_not_replaced
--#
DROP TRIGGER other_booking_load_delete
--#
DROP TRIGGER other_booking_load_update
--#
DROP TRIGGER other_booking_load_insert
--#
DROP TRIGGER guests_revision
--#
DROP TRIGGER visit_revision_delete
--#
DROP TRIGGER visit_revision_update
--#
DROP TRIGGER visit_revision_insert
--#
DROP TRIGGER visit_load_delete
--#
DROP TRIGGER visit_load_update
--#
DROP TRIGGER visit_load_insert
--#
DROP VIEW session_bookings
