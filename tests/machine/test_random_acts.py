"""Random acts by random people, on both engines: the office and a plain model of the truth agree."""

import pytest
from apiflask import APIFlask
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.machine.machine import Office
from tests.machine.together_acts import WholeVisits

pytestmark = pytest.mark.fuzz
STEPS = 30


@pytest.mark.parametrize("machine", [Office, WholeVisits])
def test_the_office_agrees_with_a_plain_model_of_the_truth(
    app: APIFlask, machine: type[RuleBasedStateMachine]
):
    """An eighth of the profile's examples: each takes thirty acts, and every act a transaction."""
    examples = settings().max_examples // 8
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=STEPS))
