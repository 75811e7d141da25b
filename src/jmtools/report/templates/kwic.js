// Concordance of any word, straight from the texts, and its course over time.
const CONTEXT = 30;
const kwic = { term: "", hits: [], articles: 0, at: 0 };

function findHits(term) {
  const key = fold(term);
  kwic.term = term;
  kwic.hits = [];
  kwic.articles = 0;
  kwic.at = 0;
  if (!key) return;
  for (const article of data.articles) {
    if (data.furniture.includes(article.type)) continue; // the base of every figure is news
    const before = kwic.hits.length;
    const whole = article.headline ? article.headline + "\n" + article.text : article.text;
    const text = fold(whole);
    for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length)) kwic.hits.push([article, whole, at]);
    if (kwic.hits.length > before) kwic.articles++;
  }
}

function showConcordance() {
  const pages = Math.ceil(kwic.hits.length / PER_PAGE);
  const shown = kwic.hits.slice(kwic.at * PER_PAGE, (kwic.at + 1) * PER_PAGE);
  byId("kwic-status").textContent = kwic.term ? word("hits", kwic.term, kwic.hits.length.toLocaleString(), kwic.articles.toLocaleString()) : "";
  byId("concordance").classList.toggle("used", kwic.hits.length > 0);
  byId("kwic-lines").replaceChildren(...shown.map(hitLine));
  byId("kwic-chart").replaceChildren(kwic.hits.length ? courseOf() : "");
  pager(byId("kwic-pager"), kwic.at, pages, (at) => {
    kwic.at = at;
    showConcordance();
    byId("concordance").scrollIntoView();
  });
}

function hitLine([article, whole, at]) {
  const end = at + kwic.term.length;
  const where = [article.date, article.page, titleOf(article)].filter(Boolean).join(" ");
  const clean = (text) => text.replaceAll("\n", " ");
  return make("div", { class: "hit" },
    make("span", { class: "left" }, make("span", {}, clean(whole.slice(Math.max(0, at - CONTEXT), at)))),
    make("b", {}, whole.slice(at, end)),
    make("span", { class: "right" }, clean(whole.slice(end, end + CONTEXT))),
    make("a", { class: "where", href: "#a=" + article.i, title: where }, where),
  );
}

// A bar for each period; one without an issue stays empty and is named so.
function courseOf() {
  const { unit, periods, issues } = data.axis;
  if (periods.length < 2) return "";
  const size = { day: 10, month: 7, year: 4 }[unit];
  const counts = new Map();
  for (const [article] of kwic.hits) counts.set(article.date.slice(0, size), (counts.get(article.date.slice(0, size)) ?? 0) + 1);
  const top = Math.max(1, ...periods.map((p) => counts.get(p) ?? 0));
  const svg = (tag, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const step = 600 / periods.length;
  const bars = periods.map((period, n) => {
    const count = counts.get(period) ?? 0;
    const height = (70 * count) / top;
    const label = period + ": " + (issues[n] ? count : word("missing"));
    return svg("rect", { x: 30 + n * step, y: 78 - height, width: Math.max(1, Math.min(step * 0.8, 40)), height: issues[n] ? Math.max(height, 1) : 0 }, svg("title", {}, label));
  });
  const texts = [[24, 14, top, "end"], [24, 80, 0, "end"], [30, 96, periods[0], "start"], [630, 96, periods.at(-1), "end"]];
  const labels = texts.map(([x, y, text, anchor]) => svg("text", { x, y, "text-anchor": anchor }, String(text)));
  return svg("svg", { class: "line course-bars", viewBox: "0 0 640 100", role: "img", "aria-label": kwic.term }, svg("g", { class: "grid" }, ...labels), ...bars);
}

function openConcordance(term) {
  byId("kwic-term").value = term;
  marked = term;
  findHits(term);
  showConcordance();
}

function startConcordance() {
  byId("kwic-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const term = byId("kwic-term").value.trim();
    if (term) location.hash = "k=" + encodeURIComponent(term);
    else openConcordance("");
  });
}
