// Interface: words in two languages, light and dark, tables that sort. Runs before the records are there.
const byId = (id) => document.getElementById(id);
const WORDS = JSON.parse(byId("words").textContent);
const root = document.documentElement;
let language = root.lang;

function word(key, ...values) {
  const text = WORDS[language][key] ?? key;
  return text.replace(/\{(\d)\}/g, (_, n) => values[n] ?? "");
}

function typeWord(name) {
  return WORDS[language]["type_" + (name || "-")] ?? name;
}

// An element with classes, attributes and children; strings become text, never markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function speak(to) {
  language = to;
  root.lang = to;
  for (const element of document.querySelectorAll("[data-t]")) {
    const text = word(element.dataset.t, ...JSON.parse(element.dataset.a ?? "[]"));
    element.textContent = element.dataset.n ? text.split(" ")[element.dataset.n] : text;
  }
  for (const element of document.querySelectorAll("[data-ta]")) {
    const [name, key] = element.dataset.ta.split(":");
    element.setAttribute(name, word(key));
  }
}

function startLanguage() {
  if (root.dataset.language === "auto" && !/^zh/i.test(navigator.language || "zh")) speak("en");
  const button = byId("language");
  button.hidden = false;
  button.addEventListener("click", () => {
    speak(language === "zh" ? "en" : "zh");
    document.dispatchEvent(new Event("language"));
  });
}

function startTheme() {
  const button = byId("theme");
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
}

function startSorting() {
  for (const table of document.querySelectorAll("table.sortable")) {
    table.tHead.addEventListener("click", (event) => {
      const head = event.target.closest("th");
      if (event.target.closest("button")) sortRows(table, head);
    });
  }
}

function sortRows(table, head) {
  const column = head.cellIndex;
  const number = head.classList.contains("number");
  const down = head.hasAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : number;
  const key = (row) => (number ? row.cells[column].textContent.replaceAll(",", "") : row.cells[column].textContent);
  const order = number ? (a, b) => (parseFloat(key(a)) || 0) - (parseFloat(key(b)) || 0) : (a, b) => collate(key(a), key(b));
  const rows = [...table.tBodies[0].rows].sort((a, b) => (down ? -1 : 1) * order(a, b));
  for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  table.tBodies[0].append(...rows);
}

const collator = new Intl.Collator("zh", { numeric: true });
const collate = (a, b) => collator.compare(a, b);

// Lower case for searching, as long as the text itself: positions must be the same in both.
function fold(text) {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

// Pages of a long list: previous, where we are, next.
function pager(place, at, pages, go) {
  place.replaceChildren();
  if (pages < 2) return;
  place.append(
    make("button", { type: "button", disabled: at === 0, onclick: () => go(at - 1) }, word("previous")),
    make("span", {}, word("page_of", at + 1, pages)),
    make("button", { type: "button", disabled: at === pages - 1, onclick: () => go(at + 1) }, word("next")),
  );
}
