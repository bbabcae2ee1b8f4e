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

  // The best answer, once the answers on show are to what stands in the box.
  const best = () => {
    const shown = document.querySelector("[data-answers-to]");
    return shown?.dataset.answersTo === box.value.trim() ? links()[0] : undefined;
  };

  document.addEventListener("keydown", (event) => {
    const inBox = event.target === box;
    const onAnswer = event.target.closest?.(".answer__name");
    if (!inBox && !onAnswer) return;
    if (event.key === "ArrowDown") step(event.target, 1);
    else if (event.key === "ArrowUp" && onAnswer) step(event.target, -1);
    else if (event.key === "Escape" && onAnswer) box.focus();
    else if (event.key === "Enter" && inBox && best()) best().click();
    else return;
    event.preventDefault();
  });
})();
