// Arrow keys walk from the find box through its answers and back; Enter in the box opens the first.
(() => {
  const form = document.querySelector("[data-find]");
  if (!form) return;
  const box = form.querySelector("input[type=search]");
  const links = () => [...document.querySelectorAll(".answer__name a")];

  const step = (from, by) => {
    const all = links();
    const next = all.indexOf(from) + by;
    if (next < 0) box.focus();
    else all[Math.min(next, all.length - 1)]?.focus();
  };

  document.addEventListener("keydown", (event) => {
    const inBox = event.target === box;
    const onAnswer = event.target.closest?.(".answer__name");
    if (!inBox && !onAnswer) return;
    if (event.key === "ArrowDown") step(event.target, 1);
    else if (event.key === "ArrowUp" && onAnswer) step(event.target, -1);
    else if (event.key === "Escape" && onAnswer) box.focus();
    else return;
    event.preventDefault();
  });

  // With answers on show Enter opens the best; without, the form goes as it would without scripts.
  form.addEventListener("submit", (event) => {
    const shown = document.querySelector("[data-answers-to]");
    const best = links()[0];
    if (best && shown?.dataset.answersTo === box.value && event.submitter === null) {
      event.preventDefault();
      event.stopImmediatePropagation();
      best.click();
    }
  }, true);
})();
