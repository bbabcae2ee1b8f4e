// Questions that come up by an answer appear as soon as it is given. Without this script the server asks them next.
(() => {
  const all = [...document.querySelectorAll("[data-questions]")];

  const given = (questions, name) => {
    const controls = [...questions.querySelectorAll(`[name="${name}"]`)];
    const one = controls[0]?.closest("[data-question]");
    if (!one || one.hidden) return [];
    const still = questions.querySelector(`[name="${name}-still"]:checked`)?.value;
    if (still === "right") return one.dataset.known.split(" ");
    return controls.filter((control) => control.checked).map((control) => control.value);
  };

  const show = (questions) => {
    for (const control of questions.querySelectorAll("[data-change]")) {
      const still = questions.querySelector(`[name="${control.dataset.change}"]:checked`);
      control.hidden = still?.value !== "change";
    }
    for (const change of questions.querySelectorAll(".questions__change")) {
      const one = change.closest("[data-question]");
      change.hidden = !one.querySelector('[name$="-still"][value="change"]:checked');
    }
    for (const one of questions.querySelectorAll("[data-shown-if]")) {
      const wanted = one.dataset.anyOf.split(" ");
      const up = given(questions, one.dataset.shownIf).some((code) => wanted.includes(code));
      one.hidden = !up;
      for (const mark of one.querySelectorAll('input[name$="-asked"]')) mark.disabled = !up;
    }
  };

  for (const questions of all) {
    questions.addEventListener("change", () => show(questions));
    show(questions);
  }
})();
