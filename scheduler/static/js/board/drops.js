// Dropping: the server decides; its yes is drawn and can be undone, its no is shown with reasons and what would work instead.
import { showVerdict, showWords } from "./verdict.js";
import { tell } from "./server.js";
import { say } from "./words.js";

// A place as the server wants to hear of it: of a session, of a visit in one, of a free start, of an item in a row.
export function targetOf(thing, carried) {
  if (thing.row === "tray") return null;
  const session = thing.kind === "session" ? thing : thing.inside;
  if (session) return { row: session.row, session: session.id, tour_code: session.tour_code ?? null, start: session.start };
  const ofSlot = thing.kind === "slot" ? thing.session : null;
  return { row: thing.row, session: ofSlot, tour_code: thing.tour_code ?? carried.tour_code ?? null, start: thing.start };
}

// A thing dropped where it already is has not been moved.
export function isWhereItWas(target, thing) {
  if (!target) return true;
  if (target.row !== thing.row) return false;
  if (target.session) return target.session === (thing.inside?.id ?? thing.session);
  return target.start === thing.start;
}

// Ask the server to put `thing` at `target`; true when it did.
export async function drop(board, { thing, seen, target }, acknowledged = {}) {
  const body = { item: thing.id, ...target, seen, acknowledge: [], acknowledge_reason: "", ...acknowledged };
  try {
    const told = await tell(board.place.dataset.drop, body);
    await board.reload();
    board.focus.follow(`visit:${told.visit_id}`, thing.id);
    board.toasts.show(told.message, told.undo && { label: say("undo"), act: () => undo(board, told.undo) });
    return true;
  } catch (refused) {
    explain(board, refused, { thing, seen, target });
    return false;
  }
}

async function undo(board, what) {
  try {
    const told = await tell(board.place.dataset.undo, what);
    await board.reload();
    board.focus.follow(`visit:${what.visit_id}`);
    board.toasts.show(told.message);
  } catch (refused) {
    explain(board, refused, null);
  }
}

// Why not. A caution alone is a question, and its answer drops again.
function explain(board, refused, move) {
  const told = refused.body ?? {};
  if (refused.status === 412) {
    showWords(board, say("changed_title"), told.message || say("changed_meanwhile"));
    board.reload();
  } else if (refused.status === 409 && (told.refusals || told.cautions)) {
    const elsewhere = told.alternatives?.filter((place) => !move || !isWhereItWas(place, move.thing));
    showVerdict(board, { ...told, alternatives: elsewhere }, move && {
      acknowledge: (ticked) => drop(board, move, ticked),
      instead: ({ row, session, tour_code, start }) => drop(board, { ...move, target: { row, session, tour_code, start } }),
    });
  } else {
    showWords(board, say("failed_title"), refused.status === 401 ? say("signed_out") : told.message || say("failed"));
  }
}
