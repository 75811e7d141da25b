// The list of articles: filtered, searched, sorted, paged.
const PER_PAGE = 50;
const IN_PRINT = 1000;
const FILTERS = ["q", "type", "date", "page", "topic", "author"];
const list = { filter: {}, sort: "", down: false, at: 0, found: [] };

function fits(article, filter) {
  if (!filter.type && data.furniture.includes(article.type)) return false;
  if (filter.type && filter.type !== "*" && (article.type || "-") !== filter.type) return false;
  if (filter.date && !article.date.startsWith(filter.date)) return false;
  if (filter.page && article.page !== filter.page) return false;
  if (filter.topic && article.topic !== filter.topic) return false;
  if (filter.author && !article.authors.includes(filter.author)) return false;
  return true;
}

function runFilter() {
  const words = (list.filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  list.found = data.articles.filter((a) => fits(a, list.filter) && words.every((w) => a.search.includes(w)));
  if (list.sort) {
    const key = { date: (a) => a.date, page: (a) => a.page, type: (a) => typeWord(a.type), headline: (a) => a.headline, authors: (a) => a.authors.join(), topic: (a) => topicName(a.topic) }[list.sort];
    list.found.sort((a, b) => (list.down ? -1 : 1) * collate(key(a), key(b)) || a.i - b.i);
  }
}

const topicName = (key) => (key ? data.topics[key] ?? key : "");

function showList() {
  runFilter();
  const pages = Math.ceil(list.found.length / PER_PAGE);
  list.at = Math.min(list.at, Math.max(0, pages - 1));
  const status = byId("status");
  status.textContent = list.found.length ? word("found", list.found.length.toLocaleString()) : word("none");
  if (list.filter.author) {
    status.append(" · " + word("author") + " " + list.filter.author);
  }
  const shown = list.whole ? list.found.slice(0, IN_PRINT) : list.found.slice(list.at * PER_PAGE, (list.at + 1) * PER_PAGE);
  if (list.whole && list.found.length > IN_PRINT) status.append(" · " + word("rows_first", IN_PRINT, list.found.length.toLocaleString()));
  byId("list").replaceChildren(shown.length ? listTable(shown) : "");
  pager(byId("pager"), list.at, pages, (at) => {
    list.at = at;
    showList();
    byId("articles").scrollIntoView();
    byId("list").querySelector("a")?.focus({ preventScroll: true });
  });
}

function listTable(articles) {
  const columns = ["date", "page", "type", "headline", "authors", "keywords", "topic"].filter((name) => data.has.includes(name));
  const head = make("tr", {}, columns.map((name) => listHead(name)));
  const body = make("tbody", {}, articles.map((a) => make("tr", {}, columns.map((name) => listCell(a, name)))));
  return make("table", { class: "articles" }, make("thead", {}, head), body);
}

function listHead(name) {
  if (name === "keywords") return make("th", { scope: "col" }, word(name));
  const sorted = list.sort === name && (list.down ? "descending" : "ascending");
  const sort = () => {
    list.down = list.sort === name && !list.down;
    list.sort = name;
    list.at = 0;
    showList();
    byId("list").querySelector("th[aria-sort] button").focus({ preventScroll: true });
  };
  return make("th", { scope: "col", "aria-sort": sorted }, make("button", { type: "button", onclick: sort }, word(name)));
}

function listCell(article, name) {
  if (name === "headline") {
    const title = make("a", { class: "headline", href: "#a=" + article.i }, titleOf(article));
    return make("td", { class: "title" }, article.kicker && !article.headline.includes(article.kicker) ? make("span", { class: "kicker" }, article.kicker) : "", title);
  }
  if (name === "keywords") return make("td", { class: "words wide-only" }, article.keywords.slice(0, 5).map((k) => [termLink(k), " "]));
  if (name === "topic") return make("td", { class: "words wide-only" }, topicName(article.topic));
  if (name === "authors") return make("td", { class: "authors" }, article.authors.join("、"));
  return make("td", { class: name }, name === "type" ? typeWord(article.type) : article[name]);
}

function titleOf(article) {
  return article.headline || article.text.trimStart().split("\n")[0].slice(0, 30) || word("untitled");
}

function termLink(term) {
  return make("a", { class: "term", href: "#k=" + encodeURIComponent(term) }, term);
}

// The choices of a filter, with the number of articles of each.
function fillChoices() {
  const counts = (name) => {
    const found = new Map();
    for (const a of data.articles) if (a[name] || name === "type") found.set(a[name] || "-", (found.get(a[name] || "-") ?? 0) + 1);
    return [...found].sort((a, b) => collate(a[0], b[0]));
  };
  for (const name of ["type", "date", "page", "topic"]) {
    const select = byId("f-" + name);
    if (!select) continue;
    const label = { type: typeWord, topic: topicName }[name] ?? ((value) => value);
    const all = [make("option", { value: "" }, name === "type" ? word("all_items") : word("all"))];
    if (name === "type") all.push(make("option", { value: "*" }, word("all_records")));
    if (name === "date" && list.filter.date && !counts("date").some(([d]) => d === list.filter.date)) all.push(make("option", { value: list.filter.date }, list.filter.date));
    select.replaceChildren(...all, ...counts(name).map(([value, n]) => make("option", { value }, `${label(value)} (${n})`)));
    select.value = list.filter[name] ?? "";
  }
  byId("f-q").value = list.filter.q ?? "";
}

function startList() {
  let timer = 0;
  const change = () => {
    for (const name of ["q", "type", "date", "page", "topic"]) list.filter[name] = byId("f-" + name)?.value ?? "";
    list.at = 0;
    showList();
  };
  byId("filters").addEventListener("change", change);
  byId("f-q").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(change, 150);
  });
  byId("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    change();
  });
  byId("filters").addEventListener("reset", () => {
    list.filter = {};
    list.sort = "";
    list.at = 0;
    setTimeout(() => {
      fillChoices();
      showList();
    });
  });
  // On paper there is no next page: the whole list is there.
  const printing = (whole) => () => {
    list.whole = whole;
    showList();
  };
  addEventListener("beforeprint", printing(true));
  addEventListener("afterprint", printing(false));
  fillChoices();
  showList();
}
