"""The headline of a repair tells the truth of each case, in sentences of their own."""

from dataclasses import replace

import pytest

from scheduler.planner.answers import Remedy, RemedyCode
from scheduler.planner.repairs.answers import Fate, RepairAnswer, RepairedVisit, Spot
from scheduler.words.plan_words import remedy_in_words
from scheduler.words.repair_words import repair_in_words
from tests.cast import seoul

SPOT = Spot(
    site_code="TOPIS",
    tour_code="TOPIS-T",
    tour_session_id=1,
    starts_at=seoul(14, 10),
    ends_at=seoul(14, 11),
    headcount=10,
)
S, M, A, W = Fate.STAYS, Fate.MOVES, Fate.STANDS_IN, Fate.WITHOUT_PLACE


class Names:
    """What a tour is called, for once without an archive."""

    def site(self, tour_code):
        return tour_code


def test_groups_at_different_hours_are_told_with_each_hour(sqlite_app):
    starts = [seoul(14, 10), seoul(16, 14)]
    told = Remedy(
        code=RemedyCode.SPLIT_PARTY,
        tour_code="TOPIS-T",
        starts_at=starts[0],
        facts={"sizes": [7, 7], "starts": starts},
    )
    with sqlite_app.test_request_context():
        said = remedy_in_words(told, Names())
        together = remedy_in_words(replace(told, facts={"sizes": [7, 7], "starts": starts[:1] * 2}), Names())
    assert said.startswith("The party would fit in groups of 7, 7, one after another:")
    assert "Wed 16 Dec, 14:00" in said
    assert "would do if the party were split into groups of 7, 7" in together


def answer(*fates, others=0, is_proven=True, bound=0):
    touched = [
        RepairedVisit(
            visit_id=n, version=1, delegation_id=1, fate=fate, before=SPOT, after=None if fate is W else SPOT
        )
        for n, fate in enumerate(fates)
    ]
    more = [replace(touched[0], visit_id=99 + n, fate=M, is_touched=False) for n in range(others)]
    moved = fates.count(M) + others
    return RepairAnswer(
        visits=(*touched, *more),
        touched=len(fates),
        kept=moved - others + fates.count(S),
        moved=moved,
        bound=moved if is_proven else bound,
        is_proven=is_proven,
    )


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (answer(), "No visit is touched: there is nothing to mend."),
        (answer(S), "1 visit is touched. 1 visit stays at its place and hour. Nobody has to move."),
        (
            answer(M, M),
            "2 visits are touched. 2 visits move to other hours. It is proven that no fewer can move.",
        ),
        (
            answer(A, A, A),
            "3 visits are touched. 3 visits find no place of their own, but other tours could stand in for"
            " them. It is proven that none of them can keep its tour.",
        ),
        (
            answer(W),
            "1 visit is touched. 1 visit finds no place. It is proven that none of them can keep its tour.",
        ),
        (
            answer(S, W, W),
            "3 visits are touched. 1 visit stays at its place and hour. 2 visits find no place."
            " It is proven that no more can keep their tour.",
        ),
        (
            answer(M, A, others=1),
            "2 visits are touched. 1 visit moves to another hour. 1 visit finds no place of its own, but"
            " another tour could stand in for it. 1 other visit moves to make room."
            " It is proven that no more can keep their tour, and that for this no fewer can move.",
        ),
        (
            answer(M, W, is_proven=False),
            "2 visits are touched. 1 visit moves to another hour. 1 visit finds no place."
            " There was no time to prove that no plan is better.",
        ),
        (
            answer(M, M, is_proven=False, bound=1),
            "2 visits are touched. 2 visits move to other hours. There was no time to prove that no plan is"
            " better. At least 1 visit must move.",
        ),
    ],
)
def test_each_case_is_told_as_it_is(sqlite_app, found, says):
    with sqlite_app.test_request_context():
        assert repair_in_words(found) == says
