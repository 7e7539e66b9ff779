"""What is said of a place that is no site: its code, its names, where it is."""

from typing import Any

from flask_babel import lazy_gettext as _l

from scheduler.blueprints.fields import DegreesField, LineField, VersionField
from scheduler.blueprints.form import RoomForm

COLUMNS = ("name", "name_native", "address", "latitude", "longitude")


class PlaceForm(RoomForm):
    """A place as it is now."""

    name = LineField(_l("Name"), is_required=True)
    name_native = LineField(_l("Name in the city's language"))
    address = LineField(_l("Address"), most=500)
    latitude = DegreesField(_l("Latitude"), most=90, description=_l("Such as 37.5665."))
    longitude = DegreesField(_l("Longitude"), most=180, description=_l("Such as 126.978."))

    def columns(self) -> dict[str, Any]:
        """What was told, column by column."""
        return {name: self[name].data for name in COLUMNS}


class NewPlaceForm(PlaceForm):
    """A place that is not in the list so far."""

    code = LineField(
        _l("Code"),
        most=20,
        is_required=True,
        description=_l(
            "Capital letters, digits, hyphens, such as HOTEL-PLAZA; the travel table names it by this."
        ),
    )


class ChangedPlaceForm(PlaceForm):
    version = VersionField()


class RemoveForm(RoomForm):
    """Remove a place."""
