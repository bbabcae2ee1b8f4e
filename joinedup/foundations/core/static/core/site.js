// Starts the GOV.UK components of the page. Their address carries a hash, so the page names it.
const frontend = document.querySelector('meta[name="frontend"]').content;
const { initAll } = await import(frontend);
initAll();
