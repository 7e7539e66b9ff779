// Where the boxes of one cell lie: across by time, down wherever there is room. All lengths in pixels.
export const heights = { head: 38, closeHead: 22, visit: 36, gap: 4, least: 44 };
export const leastWidth = 112;

// Boxes with begin and end (minutes of the day) become boxes with left, top, width, height; the height of the cell is told too.
export function stack(boxes, { opens, closes, hourWidth, isClose }) {
  const across = (minutes) => (minutes / 60) * hourWidth;
  const room = across(closes - opens);
  const placed = [];
  for (const box of [...boxes].sort((a, b) => a.begin - b.begin || b.end - a.end)) {
    const trueWidth = Math.max(across(Math.min(box.end, closes) - Math.max(box.begin, opens)), 3);
    const width = Math.min(Math.max(trueWidth - 2, leastWidth), room - 2);
    const left = Math.max(Math.min(across(box.begin - opens), room - width - 1), 0);
    const offset = Math.max(across(box.begin - opens) - left, 0);
    const laid = { thing: box.thing, left, width, height: heightOf(box.thing, isClose), isClose, trueWidth, offset };
    laid.top = firstGap(laid, placed);
    placed.push(laid);
  }
  const bottom = placed.reduce((lowest, box) => Math.max(lowest, box.top + box.height), 0);
  return { placed, height: bottom + heights.gap };
}

// Where days are narrow, the head of a session is one line.
function heightOf(thing, isClose) {
  return thing.kind === "session" ? (isClose ? heights.closeHead : heights.head) + thing.visits.length * heights.visit : heights.visit;
}

// The highest place where a box touches none of those that stand beside it.
function firstGap(box, placed) {
  const beside = placed.filter((other) => other.left < box.left + box.width + 2 && box.left < other.left + other.width + 2);
  let top = heights.gap;
  for (const other of beside.sort((a, b) => a.top - b.top)) {
    if (other.top >= top + box.height + heights.gap) break;
    top = Math.max(top, other.top + other.height + heights.gap);
  }
  return top;
}
