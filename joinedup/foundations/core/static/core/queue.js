// The queue by keyboard: j and k go from line to line, x chooses one; Enter follows its link by itself.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const lines = [...document.querySelectorAll(".queue__line")];
  const at = lines.findIndex((line) => line.contains(document.activeElement));
  if (event.key === "j" || event.key === "k") {
    const next = lines[Math.max(0, Math.min(lines.length - 1, at + (event.key === "j" ? 1 : -1)))];
    next?.querySelector("a")?.focus();
    event.preventDefault();
  } else if (event.key === "x" && at >= 0) {
    lines[at].querySelector("input[type=checkbox]").click();
    event.preventDefault();
  }
});
