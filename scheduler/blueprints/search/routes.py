"""The room `search`: one field for everything, reached from every page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.blueprints.search.forms import SearchForm
from scheduler.blueprints.search.groups import PER_PAGE, Glance, Group, groups_of
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.words.search_words import sought

bp = Blueprint("search", __name__)


@bp.get("/search")
@allow(Permission.SIGNED_IN)
def search() -> ResponseReturnValue:
    """A few of each kind, or all of one kind page by page."""
    form, at = SearchForm.asked(), now()
    is_right = form.validate()
    typed, kind = (form.q.data, form.kind.data) if is_right else ("", None)
    glance = Glance(by=actor(), sought=sought(typed, at), at=at)
    number = (form.page.data or 1) if is_right else 1
    if kind is not None:
        glance = Glance(by=actor(), sought=glance.sought, at=at, first=(number - 1) * PER_PAGE, most=PER_PAGE)
    groups = groups_of(glance, kind)
    page = render_template(
        "search/search.html",
        form=form,
        typed=typed,
        groups=[group for group in groups if group.shown],
        links=_turned(groups[0], typed, number) if kind and groups else {},
        days=glance.sought.days,
    )
    return page, 200 if is_right else 422


def _turned(group: Group, typed: str, number: int) -> dict[str, str | None]:
    """The pages before and after this one of a single kind."""
    return {
        "next": group.url(typed, number + 1) if number * PER_PAGE < group.number else None,
        "prev": group.url(typed, number - 1) if number > 1 else None,
    }
