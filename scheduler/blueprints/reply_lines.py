"""What guests have answered, as pages show it: person by person, or in figures with the names of who cannot
come. Never an address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from scheduler.core.participation import Participation
from scheduler.records.engagements import Engagement
from scheduler.records.letters import Side
from scheduler.records.recipients import Recipient, recipients_of
from scheduler.records.replies import Reply
from scheduler.records.reply_lookup import participation_now, replies_to, replies_to_many
from scheduler.records.visits import Visit

Stop = Visit | Engagement


@dataclass(frozen=True, kw_only=True)
class ReplyLine:
    """One person. `former` is what they said to a time that the stop no longer has, empty if nothing."""

    name: str
    participation: Participation
    former: str = ""
    comment: str = ""
    answered_at: datetime | None = None
    channel: str = ""


@dataclass(frozen=True)
class Tally:
    """The answers to one stop in figures, and who declined, by name."""

    accepted: int = 0
    tentative: int = 0
    former: int = 0
    declined: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.accepted or self.tentative or self.former or self.declined)


def reply_lines(stop: Stop) -> list[ReplyLine]:
    """Every guest of a stop with their answer, those who were asked first and in order. Six queries."""
    replies = {reply.address: reply for reply in replies_to(stop)}
    asked = [each for each in recipients_of(stop).values() if each.side is Side.GUEST]
    lines = [_line(_name(each), replies.pop(each.address, None), stop) for each in asked]
    return lines + [_line(reply.name or _("Without a name"), reply, stop) for reply in replies.values()]


def tally(stop: Stop, replies: Iterable[Reply]) -> Tally:
    """The answers to a stop, counted at its present time."""
    counted: dict[Participation, list[str]] = {}
    former = 0
    for reply in replies:
        now = participation_now(reply, stop)
        former += now is not reply.participation
        counted.setdefault(now, []).append(reply.name or _("Without a name"))
    return Tally(
        accepted=len(counted.get(Participation.ACCEPTED, ())),
        tentative=len(counted.get(Participation.TENTATIVE, ())),
        former=former,
        declined=counted.get(Participation.DECLINED, [])
        + [
            _("%(name)s (sends somebody else)", name=name)
            for name in counted.get(Participation.DELEGATED, ())
        ],
    )


def tallies(visits: Sequence[Visit], engagements: Sequence[Engagement] = ()) -> Mapping[str, Tally]:
    """The answers to many stops, by "visit-1", "engagement-2"; those without any are left out. One query."""
    found = replies_to_many({visit.id for visit in visits}, {each.id for each in engagements})
    counted = {f"visit-{visit.id}": tally(visit, found.of(visit)) for visit in visits}
    counted |= {f"engagement-{each.id}": tally(each, found.of(each)) for each in engagements}
    return {key: each for key, each in counted.items() if each}


def _name(who: Recipient) -> str:
    return who.name or _("Contact of the delegation")


def _line(name: str, reply: Reply | None, stop: Stop) -> ReplyLine:
    if reply is None:
        return ReplyLine(name=name, participation=Participation.NEEDS_ACTION)
    now = participation_now(reply, stop)
    return ReplyLine(
        name=name,
        participation=now,
        former=reply.participation.value if now is not reply.participation else "",
        comment=reply.comment,
        answered_at=reply.answered_at,
        channel=reply.channel.value,
    )
