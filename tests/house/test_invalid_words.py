"""Whatever an action finds at fault has its sentence, and the sentence is given all that it tells."""

import ast
import re

from scheduler.words.invalid_words import INVALID
from tests.house.modules import modules_of

# Where the code is handed on instead of named: what it can be there.
HANDED_ON = {
    "scheduler.actions.delegations": ["below_its_parts", "below_its_visits"],
    "scheduler.actions.batches": [],
    "scheduler.actions.link_answers": [],
    "scheduler.actions.repair_acceptance": [],
    "scheduler.blueprints.api.plans": ["not_of_a_programme", "not_of_a_repair"],
    "scheduler.blueprints.shifts.forms": [],
    "scheduler.blueprints.stop_rows": [],
}


def faults():
    """Every `Invalid(field, code, …)` of the project: where it stands, its codes, the names of its facts."""
    for module in modules_of():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Invalid":
                yield module.name, node.lineno, codes_in(node.args[1]), facts_in(node)


def codes_in(code):
    if isinstance(code, ast.IfExp):
        return codes_in(code.body) + codes_in(code.orelse)
    return [code.value] if isinstance(code, ast.Constant) else []


def facts_in(call):
    """The names of the facts; None where they are handed on whole."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else set(names)


def told_in(code):
    return set(re.findall(r"%\((\w+)\)s", str(INVALID[code])))


def test_every_fault_has_its_sentence():
    named = {code for _module, _line, codes, _facts in faults() for code in codes}
    named |= {code for codes in HANDED_ON.values() for code in codes}
    assert named - INVALID.keys() == set()


def test_a_code_is_named_where_it_is_found_or_listed_here():
    assert {module for module, _line, codes, _facts in faults() if not codes} <= HANDED_ON.keys()


def test_every_sentence_is_given_all_that_it_tells(sqlite_app):
    with sqlite_app.test_request_context():
        silent = [
            (module, line, code)
            for module, line, codes, facts in faults()
            for code in codes
            if facts is not None and not told_in(code) <= facts
        ]
    assert silent == []
