"""What an action finds wrong with one field, in words: one table for all rooms."""

from flask_babel import lazy_gettext as _l

from scheduler.words import mail_words, programme_words, repair_faults, resource_words, travel_words
from scheduler.words.counted import counted

SHARED = {
    "cannot_be_overridden": _l("%(value)s cannot be overridden; what can be: %(allowed)s."),
    "hold_outside": _l("A hold must end after now and no later than the visit begins: by %(latest)s."),
    "reason_needed": _l("Give a reason."),
    "owner_agreement_needed": _l("Record who agreed for the owner, when, and by which channel."),
    "agreement_needed": _l(
        "Record who agreed for the site, when, and by which channel: silence is never a yes."
    ),
    "agreement_in_future": _l("The agreement cannot lie in the future."),
    "in_the_past": _l("This lies in the past; it must be after %(earliest)s."),
    "too_long": counted("most", "Too long: %(most)s day at most.", "Too long: %(most)s days at most."),
    "note_too_long": counted(
        "most", "Too long: %(most)s character at most.", "Too long: %(most)s characters at most."
    ),
    "too_many": _l("Too many: %(most)s at most."),
    "too_late": _l("Too late: %(latest)s at the latest."),
    "out_of_range": _l("Must be between %(least)s and %(most)s."),
    "not_after": _l("Must be after %(earliest)s."),
    "before_first": _l("Must not be before %(earliest)s."),
    "unknown": _l("%(value)s is not known."),
    "several": _l("%(value)s is the name of several; say which by its id."),
    "below_its_visits": counted(
        "least",
        "One of its visits has %(least)s person; change that visit first.",
        "One of its visits has %(least)s people; change that visit first.",
    ),
    "tour_or_topic_needed": _l("Name a tour or a topic."),
    "has_no_rounds": _l("%(tour)s is visited by windows on request; it has no rounds."),
    "too_short": counted(
        "least", "Too short: %(least)s character at least.", "Too short: %(least)s characters at least."
    ),
    "taken": _l("%(value)s already has an account."),
    "site_code_taken": _l("There is a site with the code %(value)s already."),
    "code_taken": _l("There is a tour with the code %(value)s already."),
    "day_taken": _l("There is an entry for %(value)s already; remove it first."),
    "role_needed": _l("Give at least one role."),
    "own_administration": _l("You cannot take your own administration away."),
}
# Several visits as one act, a party split over sessions, a day that shifts, waiting lists, whole-day duties.
TOGETHER = {
    "named_twice": _l("One visit is named twice: name each visit that moves once."),
    "one_delegation": _l("All shares must be of one delegation."),
    "share_named_twice": _l("Two shares are called %(name)s. Give each a name of its own."),
    "other_headcount": counted(
        "headcount",
        "The part %(name)s counts %(headcount)s person; its share must have as many.",
        "The part %(name)s counts %(headcount)s people; its share must have as many.",
    ),
    "no_minutes": _l("Zero minutes move nothing: say how much later, or with a minus how much earlier."),
    "nothing_to_do": _l("Choose at least one stop to move or to put off."),
    "not_of_this_delegation": _l("Visit or engagement %(value)s is of another delegation."),
    "no_longer_waiting": _l(
        "It waits no longer: it was given a hold, it was taken off the list, or the session has begun."
    ),
    "not_for_days": _l("Only vehicles and liaison officers stay for whole days."),
}
# What a stay is planned from.
PLANS = {
    "comes_after_itself": _l("A wish cannot come after one that comes after it: that would be a circle."),
    "not_after_hour": _l("Must be later than %(earliest)s."),
    "weekdays_needed": _l("Name at least one weekday, from 0 for Monday to 6 for Sunday."),
    "nothing_wished": _l("They wish for nothing yet: note at least one wish, then plan."),
    "pinned_twice": _l("This wish is pinned twice; it can stay at one hour only."),
    "not_what_is_wished": _l("%(value)s does not fulfil this wish."),
    "no_such_proposal": _l("There is no such proposal; their indexes run from 0 to %(most)s."),
    "no_proposal_yet": _l("There is no proposal to accept yet."),
    "no_such_stop": _l("There is no such stop; their indexes run from 0 to %(most)s."),
    "holds_only": _l("Only what is accepted as held has an end: leave this out, or accept it as held."),
}
# Letters that did not arrive.
LETTERS = {
    "needs_no_help": _l("This letter is on its way or has arrived: only one that failed is sent again."),
    "letter_overtaken": _l("Its reader has been told something newer since: send that letter again."),
    "not_an_address": _l("%(value)s is no mail address; write it like desk@city.example."),
    "address_of_account": _l("With this address somebody signs in: an administrator changes it."),
}
INVALID = {
    **SHARED,
    **LETTERS,
    **PLANS,
    **TOGETHER,
    **mail_words.FAULTS,
    **programme_words.FAULTS,
    **repair_faults.FAULTS,
    **resource_words.FAULTS,
    **travel_words.FAULTS,
}
