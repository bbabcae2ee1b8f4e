// The room of a meeting, live: what has changed comes in by itself, and what one is typing is never touched by it.
(() => {
  const room = document.querySelector("[data-room]");
  if (!room) return;
  const status = room.querySelector("[data-status]");
  const EVERY = 300; // Most answers are that nothing is new, and cost next to nothing.
  const UNSEEN = 2000; // Behind another window nobody reads it.
  const ALL = 10000; // As often all is asked for, so that who has gone and what runs over shows.
  const PAUSE = 350;
  const KEEP = `room:${room.dataset.post}:${room.dataset.line ?? ""}:`;
  const seen = {
    version: room.dataset.version,
    table: room.dataset.table,
    moves: room.dataset.moves,
    item: room.dataset.itemVersion ?? "",
    facts: room.dataset.itemVersion ?? "",
  };
  let typesIn = "";
  let offline = false;
  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };
  const AWAY = "There is no connection. What you type is kept here, and joined in when there is one.";

  // Of another post on this desk nothing is kept.
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith("room:") && !key.startsWith(`room:${room.dataset.post}:`)) sessionStorage.removeItem(key);

  const boxes = new Map();
  const plain = (text) => text.replace(/\r\n/g, "\n");

  class Box {
    constructor(element) {
      this.element = element;
      this.name = element.dataset.box;
      this.version = Number(element.dataset.version);
      this.area = element.querySelector("textarea[name=words]");
      this.read = element.querySelector("[data-words]");
      this.beside = element.querySelector("[data-beside]");
      this.base = this.area ? plain(this.area.defaultValue) : "";
      this.underway = Promise.resolve(true);
      if (this.area) this.listen();
    }

    listen() {
      const kept = sessionStorage.getItem(KEEP + this.name);
      if (kept) {
        const was = JSON.parse(kept);
        this.base = was.base;
        this.area.value = was.words;
        this.soon();
      }
      this.area.addEventListener("input", () => {
        typesIn = this.name;
        this.keep();
        this.soon();
      });
      this.area.addEventListener("blur", () => {
        if (typesIn === this.name) typesIn = "";
        this.flush();
      });
    }

    get dirty() {
      return this.area !== null && this.area.value !== this.base;
    }

    keep() {
      if (this.dirty) sessionStorage.setItem(KEEP + this.name, JSON.stringify({ base: this.base, words: this.area.value }));
      else sessionStorage.removeItem(KEEP + this.name);
    }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush(), PAUSE);
    }

    flush() {
      clearTimeout(this.timer);
      this.underway = this.underway.then(() => (this.dirty ? this.send() : true));
      return this.underway;
    }

    async send() {
      const words = this.area.value;
      const data = new FormData(this.area.form);
      data.set("base", this.base);
      data.set("words", words);
      data.set("live", "1");
      try {
        const answer = await fetch(room.dataset.write, { method: "POST", body: data, redirect: "manual" });
        if (answer.status === 409) {
          say((await answer.json()).refused);
          return false;
        }
        if (!answer.ok) throw new Error("not taken");
        this.take(words, await answer.json());
        return true;
      } catch {
        this.keep();
        say(AWAY);
        offline = true;
        this.timer = setTimeout(() => this.flush(), 2000);
        return false;
      }
    }

    take(sent, told) {
      this.version = told.version;
      if (this.area.value === sent) {
        this.show(told.words);
        this.base = told.words;
      } else {
        // Typed on meanwhile: what was sent is what it goes on from, and the next answer joins the rest in.
        this.base = sent;
        this.soon();
      }
      if (told.beside) say("Somebody changed the same words. Yours stand beside them, below the box.");
      this.keep();
    }

    news(box) {
      if (this.beside.innerHTML.trim() !== box.beside.trim()) swap(this.beside, box.beside);
      if (box.version <= this.version && box.version !== 0) return;
      if (this.area) {
        if (this.dirty) return;
        this.version = box.version;
        this.show(box.words);
        this.base = box.words;
      } else {
        this.version = box.version;
        if (this.read) this.read.textContent = box.words || "Nothing is written here yet.";
      }
    }

    // The words anew, with the caret where it stood among them.
    show(words) {
      const before = this.area.value;
      if (before === words) return;
      const at = this.area.selectionStart;
      let same = 0;
      while (same < before.length && same < words.length && before[same] === words[same]) same += 1;
      this.area.value = words;
      const caret = at <= same ? at : Math.max(same, words.length - (before.length - at));
      if (document.activeElement === this.area) this.area.setSelectionRange(caret, caret);
    }
  }

  for (const element of room.querySelectorAll("[data-box]")) boxes.set(element.dataset.box, new Box(element));

  // A part drawn anew keeps what is unfolded in it, and where the keyboard is.
  function swap(part, html) {
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    const folds = new Map([...part.querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
    const typed = new Map([...part.querySelectorAll("input[id]:not([type=hidden])")].map((each) => [each.id, each.value]));
    part.innerHTML = html;
    for (const [id, open] of folds) {
      const fold = part.querySelector(`[id="${id}"]`);
      if (fold) fold.open = open;
    }
    for (const [id, value] of typed) {
      const input = part.querySelector(`input[id="${id}"]:not([type=radio])`);
      if (input && value) input.value = value;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  const part = (name) => room.querySelector(`[data-part="${name}"]`);
  let typedInForms = false;
  part("forms")?.addEventListener("input", () => {
    typedInForms = true;
  });

  // The page anew, at the item that it shows: the room's own address would go on to the next.
  const again = () => window.location.assign(`${room.dataset.home}items/${room.dataset.line}/`);

  const show = (told) => {
    seen.version = told.version;
    seen.table = told.table;
    if (told.gone && part("facts")) {
      window.location.assign(room.dataset.home);
      return;
    }
    for (const name of ["head", "agenda"]) {
      if (!told[name]) continue;
      swap(part(name), told[name].html);
      part(name).dataset.key = told[name].key;
    }
    if (told.does) {
      seen.moves = told.moves;
      for (const where of room.querySelectorAll("[data-does]")) where.textContent = told.does[where.dataset.does] ?? "";
    }
    if (!told.item) return;
    if (!part("facts")) {
      again();
      return;
    }
    seen.item = told.item.version;
    for (const box of told.item.boxes) boxes.get(box.name)?.news(box);
    if (told.item.facts === undefined) return;
    seen.facts = told.item.version;
    swap(part("facts"), told.item.facts);
    const forms = part("forms");
    if (told.item.key !== forms.dataset.key) {
      if (typedInForms) say("The item has changed. What you typed below is kept; look again before you press.");
      else if (told.item.forms !== undefined) swap(forms, told.item.forms);
      forms.dataset.key = told.item.key;
    }
    const writes = told.item.boxes.filter((box) => box.writes).length;
    const areas = [...boxes.values()].filter((box) => box.area).length;
    if (writes !== areas && ![...boxes.values()].some((box) => box.dirty)) again();
  };

  let allAt = performance.now();
  const ask = async () => {
    const began = performance.now();
    const asked = new URLSearchParams({ v: seen.version, t: seen.table, p: seen.moves, types: typesIn });
    asked.set("item", room.dataset.line ?? "");
    asked.set("iv", seen.item);
    asked.set("fv", seen.facts);
    for (const name of ["head", "agenda"]) asked.set(name, part(name).dataset.key);
    asked.set("key", part("forms")?.dataset.key ?? "");
    if (began - allAt > ALL) {
      asked.set("all", "1");
      allAt = began;
    }
    try {
      const answer = await fetch(`${room.dataset.live}?${asked}`, { redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        say("You are signed out, or your post has ended. Sign in again to go on.");
        room.querySelector(".room__item").replaceChildren();
        return;
      }
      if (answer.status === 404) {
        window.location.assign("/panels/");
        return;
      }
      if (offline && answer.ok) {
        offline = false;
        say("Connected again.");
        for (const box of boxes.values()) box.flush();
      }
      if (answer.status === 200) show(await answer.json());
    } catch {
      offline = true;
      say(AWAY);
    }
    // Not in step with one another, and the slower the longer it took: many who ask at once would only wait.
    const apart = Math.max(document.hidden ? UNSEEN : EVERY, 2 * (performance.now() - began));
    setTimeout(ask, apart * (0.8 + 0.4 * Math.random()));
  };
  setTimeout(ask, EVERY * Math.random());

  // A press in the room waits until what was typed is safe.
  let safe = false;
  room.addEventListener("submit", async (event) => {
    if (safe) return;
    if (event.target.closest("[data-box]") && !event.target.matches("[data-besides]")) {
      event.preventDefault();
      boxes.get(event.target.closest("[data-box]").dataset.box)?.flush();
      return;
    }
    const waiting = [...boxes.values()].filter((box) => box.dirty);
    if (!waiting.length) return;
    event.preventDefault();
    const by = event.submitter;
    const form = event.target;
    if (!(await Promise.all(waiting.map((box) => box.flush()))).every(Boolean)) return;
    setTimeout(() => {
      safe = true;
      form.requestSubmit(by?.isConnected ? by : undefined);
      safe = false;
    });
  });
})();
