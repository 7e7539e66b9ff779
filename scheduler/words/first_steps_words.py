"""What the first steps of a newcomer are called, and what to do at each."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class StepWords:
    """`button` leads to where the step is done."""

    title: Any
    what_to_do: Any
    button: Any


FIRST_STEPS = {
    "register": StepWords(
        _l("Register a delegation"),
        _l("An example is filled in for you. Read it through, change what you like, press Register."),
        _l("Open the form"),
    ),
    "first_stop": StepWords(
        _l("Book their first stop"),
        _l("A site and a day are chosen. Take a session that works and press Book."),
        _l("Show the sessions"),
    ),
    "second_stop": StepWords(
        _l("Book a second stop"),
        _l("At another site. The rules mind travel, hours and places for you."),
        _l("Show the sessions"),
    ),
    "third_stop": StepWords(
        _l("Book a third stop"),
        _l("Once more, then their programme is full enough to show."),
        _l("Show the sessions"),
    ),
    "collision": StepWords(
        _l("Meet a no, and solve it with one click"),
        _l("This session is full. The page says why, and what would work: press “Book this one” there."),
        _l("Ask for the full session"),
    ),
    "calendar": StepWords(
        _l("Take their calendar with you"),
        _l("One file with every stop: it opens in any calendar program."),
        _l("Download the calendar"),
    ),
    "roster": StepWords(
        _l("See the roster of a site"),
        _l("What the site's manager sees on the day: who comes, when, how many, with what needs."),
        _l("Open the roster"),
    ),
    "roster_as_manager": StepWords(
        _l("See the roster as the site's manager"),
        _l("You change places with the manager of the site for a moment; one click brings you back."),
        _l("Be the manager"),
    ),
    "own_roster": StepWords(
        _l("Look at your site's day"),
        _l("Who comes, when, how many, with what needs; here you record who arrived."),
        _l("Open the roster"),
    ),
    "week": StepWords(
        _l("Look at the week"),
        _l("Requests wait for your word; silence never counts as a yes."),
        _l("Open the week"),
    ),
    "own_calendar": StepWords(
        _l("Put the visits into your own calendar"),
        _l("Subscribe once: what moves or is called off follows by itself."),
        _l("My calendars"),
    ),
    "board": StepWords(
        _l("See every site on the board"),
        _l("What is full, what is free, who waits: a week at a glance."),
        _l("Open the board"),
    ),
    "programme": StepWords(
        _l("Read a delegation's programme"),
        _l("Choose a delegation, then its programme: days, ways between, hosts, versions."),
        _l("Choose a delegation"),
    ),
    "search": StepWords(
        _l("Find anything"),
        _l("A post, a site, a country, a day: the key / leads to the search from every page."),
        _l("Search"),
    ),
    "site": StepWords(
        _l("Enter the first site"),
        _l("Its name in both languages, where it is, how many it bears at once."),
        _l("Enter a site"),
    ),
    "tour": StepWords(
        _l("Say what the site shows"),
        _l("Give the site its hours, then a tour with its places: without a tour nobody can visit."),
        _l("Choose the site"),
    ),
    "colleagues": StepWords(
        _l("Open the accounts of your colleagues"),
        _l("Officers book; the manager of a site answers for it."),
        _l("Open an account"),
    ),
}
