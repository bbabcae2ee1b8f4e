// Keeps a form as it is typed. What cannot be kept just now stays on the page, and is tried again.
(() => {
  const form = document.querySelector("form[data-keeping]");
  if (!form) return;
  const said = document.querySelector("[data-kept]");
  const matched = document.querySelector("[data-match]");
  const WAIT = 350;
  const AGAIN = 5000;
  let timer, underway;
  let typed = 0;
  let kept = 0;

  const say = (text, html) => {
    if (html) said.innerHTML = html;
    else said.textContent = text;
  };

  // After signing in again in another tab the form's token is an old one.
  const freshToken = async () => {
    const page = await fetch(form.dataset.token, { redirect: "manual" });
    if (!page.ok) return false;
    const read = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = read.querySelector("main input[name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
    return Boolean(token);
  };

  const send = async () => {
    const data = new FormData(form);
    data.delete("file");
    return fetch(form.dataset.keeping, { method: "POST", body: data, redirect: "manual" });
  };

  const take = async (answer, upTo) => {
    const told = await answer.json();
    if (answer.status === 409) {
      window.location.assign(told.conflict ? form.dataset.two : window.location.href);
      return false;
    }
    kept = upTo;
    form.elements.version.value = told.version;
    say(`${told.saved}. It is kept as you type.`);
    if (told.code) document.querySelector("[data-code]")?.replaceChildren(told.code);
    if (told.leads_to) window.location.assign(told.leads_to);
    return true;
  };

  const tryToKeep = async () => {
    const upTo = typed;
    try {
      let answer = await send();
      if (answer.status === 403 && (await freshToken())) answer = await send();
      if (answer.ok || answer.status === 409) return await take(answer, upTo);
      if (answer.type === "opaqueredirect" || answer.status === 403)
        say("", 'You are signed out. Nothing is lost: what you typed is on this page. <a class="govuk-link" href="/sign-in/" target="_blank" rel="opener">Sign in in another tab</a>, and it is kept again.');
      else say("This could not be kept just now. It stays on this page, and is tried again.");
    } catch {
      say("There is no connection. What you typed stays on this page, and is kept when there is one.");
    }
    timer = setTimeout(keep, AGAIN);
    return false;
  };

  const keep = () => {
    clearTimeout(timer);
    underway = (underway ?? Promise.resolve()).then(() => (kept === typed ? true : tryToKeep()));
    return underway;
  };

  const soon = () => {
    typed += 1;
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  };

  // Who it may be is asked at once, each time what tells it changes; of several keys the last counts.
  const TELL = ["purpose", "p1_given_name", "p1_family_name", "p1_born_on", "p1_postcode"];
  let asking = false;
  let asked, answered;
  const ask = async () => {
    asked = TELL.map((name) => form.elements[name]?.value ?? "").join("\n");
    if (asking) return;
    asking = true;
    while (answered !== asked) {
      const now = asked;
      const data = new FormData();
      for (const name of ["csrfmiddlewaretoken", ...TELL]) data.set(name, form.elements[name]?.value ?? "");
      try {
        const answer = await fetch(matched.dataset.match, { method: "POST", body: data, redirect: "manual" });
        if (answer.ok && now === asked) {
          matched.innerHTML = await answer.text();
          matched.dispatchEvent(new CustomEvent("matched", { bubbles: true }));
        }
      } catch {
        // Without a connection the line stays as it is; what is typed is told about by what keeps it.
      }
      answered = now;
    }
    asking = false;
  };
  if (matched)
    form.addEventListener("input", (event) => TELL.includes(event.target.name) && ask());

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  window.addEventListener("focus", () => kept !== typed && keep());
  window.addEventListener("pagehide", () => {
    if (kept === typed) return;
    const data = new FormData(form);
    data.delete("file");
    navigator.sendBeacon(form.dataset.keeping, data);
  });

  // A press sends what stands here only once what was typed is safe: a page sent without a session is lost.
  let safe = false;
  form.addEventListener("submit", async (event) => {
    if (safe) return;
    event.preventDefault();
    const by = event.submitter;
    if (!(await keep())) return;
    // Not before this event is over: a form does not submit from within its own submission.
    setTimeout(() => {
      safe = true;
      form.requestSubmit(by);
      safe = false;
    });
  });
})();
