"""Whatever the office does, every calendar ends up as it should (RFC 5546 2.1.5), told no word too many."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from scheduler.calendars.correspondence import News
from scheduler.calendars.entry import EntryStatus, Role
from tests.calendars.correspondents import Calendar, Office, visible

ADDRESSES = [f"{name}@city.example" for name in ("bat", "saran", "guide", "desk")]
PEOPLE = st.sampled_from(ADDRESSES)


class Correspondence(RuleBasedStateMachine):
    """Edits, composing, posting and delivery in any order; letters repeated, overtaken, given up and lost."""

    def __init__(self):
        super().__init__()
        self.office = Office()
        # What is delivered now, and what would be once everything on its way has come.
        self.calendars, self.foreseen = defaultdict(Calendar), defaultdict(Calendar)
        self.on_their_way = []
        self.unsure = set()

    @initialize(invited=st.dictionaries(PEOPLE, st.sampled_from(Role)), data=st.data())
    def begin_with_some_invited(self, invited, data):
        self.office.recipients.update(invited)
        self.post_and_deliver_everything(data)

    @rule(minutes=st.sampled_from([-15, 15, 24 * 60]))
    def move(self, minutes):
        entry, later = self.office.entry, timedelta(minutes=minutes)
        self.office.edit(
            raises_sequence=True, starts_at=entry.starts_at + later, ends_at=entry.ends_at + later
        )

    @rule(text=st.sampled_from(["Visit", "견학"]), raises_sequence=st.booleans())
    def reword(self, text, raises_sequence):
        self.office.edit(raises_sequence=raises_sequence, summary=text)

    @rule(raises_sequence=st.booleans())
    def save_what_nobody_sees(self, raises_sequence):
        self.office.edit(raises_sequence=raises_sequence, changed_at=self.office.at)

    @rule(status=st.sampled_from(EntryStatus))
    def decide(self, status):
        """Confirm, cast doubt on, cancel or reinstate."""
        self.office.edit(raises_sequence=True, status=status)

    @rule(address=PEOPLE, role=st.sampled_from(Role))
    def add_or_ask_otherwise(self, address, role):
        self.office.recipients[address] = role

    @rule(address=PEOPLE)
    def remove(self, address):
        self.office.recipients.pop(address, None)

    @rule(wrong=PEOPLE, right=PEOPLE)
    def correct_an_address(self, wrong, right):
        if wrong in self.office.recipients:
            self.office.recipients[right] = self.office.recipients.pop(wrong)

    @rule(seconds=st.integers(-5, 3))
    def let_the_clock_go(self, seconds):
        self.office.at += timedelta(seconds=seconds)

    @rule()
    def compose(self):
        self.office.compose()

    @precondition(lambda self: self.office.waiting)
    @rule(data=st.data(), copies=st.integers(1, 2))
    def post_one(self, data, copies):
        """A worker killed after sending sends the very same letter again."""
        letter = data.draw(st.sampled_from(self.office.waiting))
        self._post(letter)
        self.on_their_way += [letter] * copies

    @precondition(lambda self: self.office.waiting)
    @rule(data=st.data())
    def post_one_that_is_lost(self, data):
        letter = data.draw(st.sampled_from(self.office.waiting))
        self._post(letter)
        self.unsure.add(letter.address)

    @precondition(lambda self: self.office.waiting)
    @rule(data=st.data())
    def give_up_on_one(self, data):
        self.office.waiting.remove(data.draw(st.sampled_from(self.office.waiting)))

    @precondition(lambda self: self.on_their_way)
    @rule(data=st.data())
    def deliver_one(self, data):
        self._deliver(data.draw(st.sampled_from(self.on_their_way)))

    @rule(data=st.data())
    def post_and_deliver_everything(self, data):
        self.office.compose()
        for letter in list(self.office.waiting):
            self._post(letter)
            self.on_their_way.append(letter)
        for letter in data.draw(st.permutations(self.on_their_way)):
            self._deliver(letter)
        assert_present(self.office, self.calendars, set(ADDRESSES) - self.unsure)
        self._there_is_no_more_to_say()

    @invariant()
    def everybody_would_have_the_present_entry_if_all_were_posted_now(self):
        office = replace(self.office, waiting=[])
        calendars = {address: replace(self.foreseen[address]) for address in ADDRESSES}
        office.compose()
        for letter in office.waiting:
            calendars[letter.address].take(letter.data)
        assert_present(office, calendars, ADDRESSES)

    def _post(self, letter):
        self._rises(letter)
        self._calls_off_only_what_was_sent(letter)
        self._changes_something(letter)
        self.office.waiting.remove(letter)
        self.office.posted.append(letter)

    def _deliver(self, letter):
        self.on_their_way.remove(letter)
        self.calendars[letter.address].take(letter.data)

    def _rises(self, letter):
        before = self.office.told().get(letter.address)
        if before is not None:
            assert letter.told.sequence > before.sequence
            assert letter.told.stamped_at > before.stamped_at

    def _calls_off_only_what_was_sent(self, letter):
        before = self.office.told().get(letter.address)
        holds_it = before is not None and before.method == "REQUEST"
        assert holds_it == (letter.news is not News.INVITATION)

    def _changes_something(self, letter):
        calendar = self.foreseen[letter.address]
        shown = calendar.shown
        calendar.take(letter.data)
        assert calendar.rank == (letter.told.sequence, letter.told.stamped_at)
        assert calendar.shown != shown
        self.unsure.discard(letter.address)

    def _there_is_no_more_to_say(self):
        sequence = self.office.entry.sequence
        self.office.compose()
        assert (self.office.waiting, self.office.entry.sequence) == ([], sequence)


def assert_present(office, calendars, addresses):
    for address in addresses:
        is_wanted = address in office.recipients and not office.is_cancelled
        wanted = visible(office.message(address, News.INVITATION)) if is_wanted else None
        assert calendars[address].shown == wanted


TestCorrespondence = pytest.mark.fuzz(Correspondence.TestCase)
TestCorrespondence.settings = settings(deadline=None, stateful_step_count=20)
