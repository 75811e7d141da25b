// The address after `#` says what is shown: a=12 an article, k=词 a concordance, type= date= page= topic= author= q= a list.
let data = null;

function follow() {
  const hash = location.hash.slice(1);
  const dialog = byId("reader");
  if (!hash.startsWith("a=") && dialog.open) dialog.close();
  if (!hash.includes("=")) return;
  const wanted = new URLSearchParams(hash);
  if (wanted.has("a")) return showArticle(Number(wanted.get("a")));
  if (wanted.has("k")) {
    openConcordance(wanted.get("k"));
    return byId("concordance").scrollIntoView();
  }
  list.filter = {};
  for (const name of FILTERS) if (wanted.get(name)) list.filter[name] = wanted.get(name);
  list.at = 0;
  marked = wanted.get("q") ?? "";
  fillChoices();
  showList();
  byId("articles").scrollIntoView();
}

async function start() {
  startLanguage();
  startTheme();
  startSorting();
  if (!byId("articles")) return;
  try {
    data = await readArticles();
  } catch (error) {
    byId("status").textContent = word("failed");
    return;
  }
  startReader();
  startConcordance();
  startList();
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) follow(); // the same address again is no change of address
  });
  document.addEventListener("language", () => {
    fillChoices();
    showList();
    showConcordance();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      event.preventDefault();
      byId("f-q").focus();
    }
  });
  root.dataset.ready = "true";
  follow();
}

start();
