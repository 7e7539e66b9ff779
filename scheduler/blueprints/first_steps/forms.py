"""What the guide's buttons send: where to go on afterwards."""

from wtforms.widgets import HiddenInput

from scheduler.blueprints.fields import LineField
from scheduler.blueprints.form import RoomForm


class OnwardForm(RoomForm):
    next = LineField(widget=HiddenInput(), most=2000)
