"""What the runners of a race for one link do: answer it, each under a name of their own."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from scheduler import create_app
from scheduler.actions.link_answers import QuestionChanged, VisitAnswer, VisitAnswerKind, answer_site_link
from scheduler.actions.links import LinkRevoked, LinkUsed, revoke_link
from scheduler.records.database import db
from tests.cast import AT, OFFICER
from tests.races.runs import ACCEPTED


class AnswerTask(NamedTuple):
    """A link, what somebody wants to answer, and who; an officer instead takes the link back."""

    secret: str
    visits: tuple[tuple[int, int], ...]
    name: str
    revokes: int | None = None


def answer_at_once(url: str, tasks: Sequence[AnswerTask], barrier: Any, tell: Callable[[str], None]) -> None:
    """Every other one says no, so that a mixture would be seen."""
    app = create_app({"SECRET_KEY": "only-for-tests", "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        db.session.connection()
        for task in tasks:
            barrier.wait()
            tell(_outcome(task))
        db.session.remove()
        db.engine.dispose()


def _outcome(task: AnswerTask) -> str:
    try:
        _do(task)
    except LinkUsed:
        return "used"
    except LinkRevoked:
        return "revoked"
    except QuestionChanged:
        return "changed"
    except Exception as fault:
        return f"fault: {fault!r}"
    return ACCEPTED if task.revokes is None else "taken back"


def _do(task: AnswerTask) -> None:
    if task.revokes is not None:
        revoke_link(task.revokes, by=OFFICER, at=AT)
        return
    kind = VisitAnswerKind.AGREE if task.name < "4" else VisitAnswerKind.DECLINE
    answers = [VisitAnswer(visit_id=v, seen=seen, kind=kind, reason=task.name) for v, seen in task.visits]
    answer_site_link(task.secret, answers, answered_by=task.name, at=AT)
