"""Every door says whom it lets in, and the table of who may do what is the issue's."""

import pytest

from scheduler import create_app
from scheduler.access import SYSTEM, TABLE, Actor, NotPermitted, Permission, Role
from scheduler.doors import NoPermissionStated, permission_of
from tests.cast import ADMINISTRATOR, HEAD, OFFICER, manager_of
from tests.conftest import app_settings
from tests.engines import on_sqlite


def test_every_route_states_a_permission(sqlite_app):
    silent = {
        rule.endpoint
        for rule in sqlite_app.url_map.iter_rules()
        if permission_of(sqlite_app, rule.endpoint) is None
    }
    assert silent == set()


def test_a_route_without_a_permission_is_no_entry(sqlite_url):
    app = create_app(app_settings(sqlite_url))
    app.add_url_rule("/forgotten", view_func=lambda: "open to all", endpoint="forgotten")
    with pytest.raises(NoPermissionStated):
        app.test_client().get("/forgotten")


def test_every_permission_has_its_line_in_the_table():
    assert set(TABLE) == set(Permission) - {Permission.OPEN}


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        ("read_delegations", {"officer", "head"}),
        ("write_delegations", {"officer"}),
        ("read_visits", {"officer", "head", "manager"}),
        ("book_visits", {"officer", "head"}),
        ("override", {"head"}),
        ("agree_to_visits", {"officer", "manager"}),
        ("record_agreement", {"officer"}),
        ("receive_visits", {"officer", "manager"}),
        ("write_sites", {"officer", "manager", "administrator"}),
        ("publish_programmes", {"officer", "head"}),
        ("write_accounts", {"administrator"}),
        ("settle_mail", {"officer", "head"}),
        ("deliver_mail", {"relay"}),
    ],
)
def test_the_table_says_who_may(permission, roles):
    assert {role.value for role in TABLE[Permission(permission)]} == roles


def test_a_manager_sees_own_sites_only_and_the_others_see_all():
    assert [manager_of(3).sees_site(site_id) for site_id in (3, 4)] == [True, False]
    assert all(actor.sees_site(4) for actor in (OFFICER, HEAD, ADMINISTRATOR))
    assert not SYSTEM.sees_site(4)
    assert manager_of(3).may(Permission.WRITE_SITES, site_id=3)
    assert not manager_of(3).may(Permission.WRITE_SITES, site_id=4)


def test_somebody_with_two_roles_may_what_either_may():
    both = Actor(account_id=1, email="both@tests.example", roles=frozenset({Role.HEAD, Role.MANAGER}))
    assert both.may(Permission.OVERRIDE)
    assert both.may(Permission.RECEIVE_VISITS)
    assert both.sees_every_site


def test_who_may_not_is_told_which_permission_is_missing():
    with pytest.raises(NotPermitted) as caught:
        OFFICER.must(Permission.OVERRIDE)
    assert caught.value.permission is Permission.OVERRIDE
    assert SYSTEM.may(Permission.OPEN)


@on_sqlite
def test_the_answer_to_a_stranger_is_the_way_to_sign_in(app):
    answer = app.test_client().get("/")
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/sign-in")
