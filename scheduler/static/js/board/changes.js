// What others change meanwhile: asked for every three seconds while the page is in sight.
import { ask } from "./server.js";

const pause = 3000;

export function watch(board) {
  let timer = null;
  const look = async () => {
    clearTimeout(timer);
    if (!document.hidden) {
      const told = await ask(board.place.dataset.mark).catch(() => null);
      if (told && told.mark !== board.model.mark) await board.reload({ byOthers: true }).catch(() => null);
    }
    timer = setTimeout(look, pause);
  };
  document.addEventListener("visibilitychange", () => !document.hidden && look());
  timer = setTimeout(look, pause);
}

// The things of the new data that were elsewhere or otherwise in the old.
export function changed(old, now) {
  const print = (thing) => [thing.row, thing.start, thing.end, thing.state, thing.version, thing.headcount, thing.title].join("|");
  const before = new Set([...old.things.values()].filter((thing) => thing.kind !== "session").map((thing) => `${thing.id} ${print(thing)}`));
  return [...now.things.values()].filter((thing) => thing.kind !== "session" && !before.has(`${thing.id} ${print(thing)}`));
}
