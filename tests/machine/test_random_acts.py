"""Random acts by random people, on both engines: the office and a plain model of the truth agree."""

import pytest
from apiflask import APIFlask
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.machine import Office

pytestmark = pytest.mark.fuzz
STEPS = 30


def test_the_office_agrees_with_a_plain_model_of_the_truth(app: APIFlask):
    """A quarter of the profile's examples: each takes thirty acts, and every act a transaction."""
    examples = settings().max_examples // 4
    run_state_machine_as_test(Office, settings=settings(max_examples=examples, stateful_step_count=STEPS))
