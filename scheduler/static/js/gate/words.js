// The roster's sentences in the reader's language.
const sentences = JSON.parse(document.getElementById("gate-words")?.textContent ?? "{}");

// A sentence of the server's, its %(name)s filled in.
export function say(key, values = {}) {
  return (sentences[key] ?? key).replace(/%\((\w+)\)s/g, (hole, name) => values[name] ?? hole);
}

// 9 of 12 came, 3 missing.
export function saySoManyCame(came, announced) {
  if (came === null) return say("none");
  if (came < announced) return say("fewer", { came, announced, missing: announced - came });
  if (came > announced) return say("more", { came, announced, more: came - announced });
  return say("all", { announced });
}

// How many entries wait: a sentence for each number, since every language counts in its own way.
export function sayWaiting(number) {
  return sentences.waiting[number - 1] ?? say("many");
}
