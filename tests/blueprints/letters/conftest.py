"""A visit with people on every side, and the letters about it."""

import pytest

from scheduler.actions.members import add_delegate
from scheduler.records.delegations import Delegation
from scheduler.records.visits import Visit
from tests import make, posting
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def hanoi(app) -> Delegation:
    made = make.delegation("Hanoi", contact_name="Nguyen Thi An")
    for number, (name, email) in enumerate([("Chairman", "chairman@hanoi.example"), ("Planner", "")]):
        add_delegate(made.id, {"print_as": name, "email": email, "precedence": number + 1}, by=OFFICER, at=AT)
    return made


@pytest.fixture
def visit(hanoi) -> Visit:
    """Asked of a site where nobody has an account."""
    site = make.site(
        "TOPIS", name="Control room", contact_name="Kim Minsu", contact_email="desk@topis.example"
    )
    return make.visit(hanoi, make.tour_session(make.tour(site, needs_agreement=True), seoul(14, 10)))


@pytest.fixture
def letters(app, visit):
    """Invitations to the chairman and the contact, a request to the site."""
    return posting.written(app)
