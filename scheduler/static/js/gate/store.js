// What was tapped and has not reached the office, and what the office refused: kept on this phone, by person.
const prefix = "gate:";

export class Store {
  constructor(account) {
    this.name = prefix + account;
    this.inMemory = null;
  }

  // Everything that is kept. Read anew each time: another tab may have written.
  get all() {
    if (this.inMemory) return this.inMemory;
    try {
      return JSON.parse(localStorage.getItem(this.name)) ?? { waiting: [], refused: {} };
    } catch {
      return { waiting: [], refused: {} };
    }
  }

  // Change what is kept; a phone that keeps nothing remembers as long as the page is open.
  change(how) {
    const all = this.all;
    how(all);
    try {
      if (!all.waiting.length && !Object.keys(all.refused).length) localStorage.removeItem(this.name);
      else localStorage.setItem(this.name, JSON.stringify(all));
      this.inMemory = null;
    } catch {
      this.inMemory = all;
    }
  }

  get keepsNothing() {
    return this.inMemory !== null;
  }

  // Whether entries of another person wait here: they are that person's to send.
  get holdsOthers() {
    try {
      return Object.keys(localStorage).some((name) => name.startsWith(prefix) && name !== this.name);
    } catch {
      return false;
    }
  }
}
