"""The one answer that a mail brings, however many calendar objects are in it."""

from scheduler.calendars.answer import Answer, read_answer
from scheduler.calendars.misunderstanding import Misunderstanding, NotUnderstood
from scheduler.post.reading import ReceivedMail


def answer_in(mail: ReceivedMail) -> Answer:
    """What the calendar objects of `mail` say, of which several may be copies of one.

    Objects that are no answers, such as our invitation sent back along with it, are passed over as long as
    there is one. Raises `NotUnderstood`: what is wrong with the first when there is none, several_answers
    when two say different things.
    """
    answers: list[Answer] = []
    problems: list[NotUnderstood] = []
    for part in sorted(mail.calendars, key=lambda part: part.is_attachment):
        try:
            found = read_answer(part.data, method_hint=part.method_hint, charset=part.charset)
        except NotUnderstood as problem:
            problems.append(problem)
        else:
            answers += [found] if found not in answers else []
    if len(answers) > 1:
        uid = answers[0].uid if len({answer.uid for answer in answers}) == 1 else ""
        raise NotUnderstood(Misunderstanding.SEVERAL_ANSWERS, method=answers[0].method, uid=uid)
    if not answers:
        raise problems[0] if problems else NotUnderstood(Misunderstanding.NO_CALENDAR)
    return answers[0]
