"""The room `board`: the grid's page, what it shows, what may be dropped where; the same as a list."""

from flask import Response
from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.blueprints.board import drops
from scheduler.blueprints.board.answers import answers_for, item_asked
from scheduler.blueprints.board.asking import board_asked, board_wanted, in_json
from scheduler.blueprints.board.assigning import answers_of_people
from scheduler.blueprints.board.data import board_data
from scheduler.blueprints.board.forms import PEOPLE
from scheduler.blueprints.board.page import board_page, list_page
from scheduler.blueprints.board.panels import (
    duty_panel,
    engagement_panel,
    session_panel,
    visit_panel,
    wish_panel,
)
from scheduler.blueprints.board.room import bp
from scheduler.blueprints.board.schemas import DropIn, UndoIn, body_as
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor, for_scripts
from scheduler.records.board_marks import mark_for


@bp.get("/board")
@allow(Permission.READ_VISITS)
def board() -> ResponseReturnValue:
    """The page around the grid: filters, the way through the days, what the script needs."""
    form, wanted = board_asked()
    return board_page(form, wanted), 422 if form.errors else 200


@bp.get("/board/list")
@allow(Permission.READ_VISITS)
def board_list() -> ResponseReturnValue:
    """The same without a grid."""
    form, wanted = board_asked()
    return list_page(form, wanted), 422 if form.errors else 200


@bp.get("/board/data")
@allow(Permission.READ_VISITS)
@for_scripts
def data() -> Response:
    return in_json(board_data(board_wanted(), actor()))


@bp.get("/board/mark")
@allow(Permission.READ_VISITS)
@for_scripts
def mark() -> Response:
    """Asked every few seconds: whether anything differs since."""
    return in_json({"mark": mark_for(actor(), now())})


@bp.get("/board/answers")
@allow(Permission.BOOK_VISITS)
@for_scripts
def answers() -> Response:
    """Where the thing that is being dragged could be put down."""
    item, wanted, by = item_asked(actor()), board_wanted(), actor()
    is_for_people = wanted.rows in PEOPLE
    return in_json(answers_of_people(item, wanted, by) if is_for_people else answers_for(item, wanted))


@bp.post("/board/drop")
@allow(Permission.BOOK_VISITS)
@for_scripts
def drop() -> Response:
    return drops.drop(body_as(DropIn), actor(), now())


@bp.post("/board/undo")
@allow(Permission.BOOK_VISITS)
@for_scripts
def undo() -> Response:
    return drops.undo(body_as(UndoIn), actor(), now())


@bp.get("/board/panel/visit/<int:visit_id>")
@allow(Permission.READ_VISITS)
@for_scripts
def visit(visit_id: int) -> str:
    """A fragment for the side panel."""
    return visit_panel(visit_id)


@bp.get("/board/panel/session/<int:tour_session_id>")
@allow(Permission.READ_VISITS)
@for_scripts
def session(tour_session_id: int) -> str:
    return session_panel(tour_session_id)


@bp.get("/board/panel/wish/<int:wish_id>")
@allow(Permission.READ_DELEGATIONS)
@for_scripts
def wish(wish_id: int) -> str:
    return wish_panel(wish_id)


@bp.get("/board/panel/engagement/<int:engagement_id>")
@allow(Permission.READ_DELEGATIONS)
@for_scripts
def engagement(engagement_id: int) -> str:
    return engagement_panel(engagement_id)


@bp.get("/board/panel/duty/<int:assignment_id>")
@allow(Permission.READ_VISITS)
@for_scripts
def duty(assignment_id: int) -> str:
    return duty_panel(assignment_id)
