"""The planner at the terminal: proposals to be read, as JSON, and one clear line for what cannot be meant."""

import json

import pytest

from scheduler.actions.members import add_wish
from scheduler.records.delegations import DelegationState
from scheduler.records.plans import PlanJob
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import how_many
from tests.cast import AT, OFFICER
from tests.engines import on_sqlite
from tests.planning.test_plan_processes import next_monday

pytestmark = on_sqlite


@pytest.fixture
def terminal(app):
    """A function: what the command prints, and its exit code."""

    def run(*words):
        done = app.test_cli_runner().invoke(args=["plan", *map(str, words)])
        return done.exit_code, done.output

    return run


@pytest.fixture
def who(app):
    monday = next_monday()
    rounds = make.tour(make.site("TOPIS", name="Control room"), name="Traffic")
    make.tour_session(rounds, monday.replace(hour=10))
    made = make.delegation("Hanoi", arrives_at=monday, departs_at=monday.replace(hour=20))
    add_wish(made.id, {"tour_id": rounds.id}, by=OFFICER, at=AT)
    add_wish(made.id, {"topic": "water"}, by=OFFICER, at=AT)
    return made


@pytest.mark.parametrize("by", ["id", "name"])
def test_proposals_are_printed_with_days_hours_and_what_is_left_out(terminal, who, by):
    code, told = terminal(getattr(who, by), "--seconds", 5)
    assert code == 0
    assert told.startswith("Hanoi: 1 programme found")
    assert "10:00–11:00  Control room: Traffic (TOPIS-T), 12" in told
    assert "Left out:" in told
    assert (how_many(Visit), how_many(PlanJob)) == (0, 0)


def test_as_json_it_is_what_the_api_tells(terminal, who):
    code, told = terminal(who.id, "--json", "--alternatives", 1)
    answer = json.loads(told)
    assert code == 0
    assert [len(each["stops"]) for each in answer["proposals"]] == [1]
    assert answer["proposals"][0]["stops"][0]["starts_at"] == next_monday().replace(hour=10).isoformat()
    assert set(answer) >= {"proposals", "unmet", "conflict", "fulfilled"}


def test_what_cannot_be_meant_is_told_in_one_line(terminal, who):
    assert terminal(999) == (
        1,
        "Error: no delegation 999; name one by its number, or by its whole name\n",
    )
    assert terminal(make.delegation("Nobody").id)[0] == 1
    assert terminal(make.delegation("Hanoi").name)[1].startswith(
        "Error: several delegations are called Hanoi"
    )
    make.delegation("Gone", state=DelegationState.CANCELLED)
    assert terminal("Gone") == (1, "Error: The delegation is cancelled and takes no more visits.\n")


@pytest.mark.parametrize(
    "words", [(), (1, "--seconds", 0), (1, "--seconds", "soon"), (1, "--alternatives", 6)]
)
def test_bad_numbers_are_usage_errors(terminal, words):
    assert terminal(*words)[0] == 2


def test_where_the_time_was_over_first_the_line_does_not_say_that_nothing_is_possible(
    terminal, who, monkeypatch
):
    monkeypatch.setattr("scheduler.planner.search.programmes", lambda *_told: iter(()))
    code, told = terminal(who.id)
    assert code == 1
    assert "Ask again with more seconds" in told
