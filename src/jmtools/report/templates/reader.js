// One article, with its place in the paper; the searched word is marked.
let marked = "";

function marks(text) {
  if (!marked) return [text];
  const parts = [];
  const lower = fold(text);
  const key = fold(marked);
  let from = 0;
  for (let at = lower.indexOf(key); at >= 0; at = lower.indexOf(key, from)) {
    parts.push(text.slice(from, at), make("mark", {}, text.slice(at, at + key.length)));
    from = at + key.length;
  }
  return [...parts, text.slice(from)];
}

function placeOf(article) {
  const where = [article.newspaper, article.date];
  const links = [];
  if (article.date) links.push(make("a", { href: "#date=" + encodeURIComponent(article.date) }, article.date));
  if (article.page) {
    const day = article.date ? "&date=" + encodeURIComponent(article.date) : "";
    links.push(make("a", { href: "#type=*&page=" + encodeURIComponent(article.page) + day }, [article.page, article.page_name].filter(Boolean).join(" ")));
  }
  const jumps = [article.from && word("from", article.from), article.to && word("to", article.to)].filter(Boolean);
  return [where[0], ...links, article.type ? typeWord(article.type) : "", ...jumps].filter(Boolean).flatMap((part, n) => (n ? [" · ", part] : [part]));
}

// 《报名》2024年3月11日 A01版《标题》, or the same in English.
function citationOf(article) {
  const [year, month, day] = article.date.split("-").map(Number);
  const title = titleOf(article);
  if (language !== "zh") return [article.newspaper, article.date, article.page && "p. " + article.page, `“${title}”`].filter(Boolean).join(", ");
  const when = day ? `${year}年${month}月${day}日` : article.date;
  const page = article.page && (/版$/.test(article.page) ? article.page : article.page + "版");
  return [article.newspaper && `《${article.newspaper}》${when}`, !article.newspaper && when, page].filter(Boolean).join(" ") + `《${title}》`;
}

async function copyCitation(article, button) {
  const text = citationOf(article);
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    const field = make("textarea", {}, text); // where a page from a file may not use the clipboard
    button.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  button.textContent = word("cited");
}

function sourceOf(article) {
  const lines = article.first ? word("lines", article.first, article.last) : "";
  return [article.source, lines].filter(Boolean).join(", ");
}

function bodyOf(article) {
  const heads = new Set(article.subheads);
  const paragraphs = article.text.split("\n").filter((line) => line.trim());
  const body = make("div", { class: "body" }, paragraphs.map((line) => make("p", heads.has(line) ? { class: "subhead" } : {}, marks(line))));
  if (article.rest) body.append(make("p", { class: "rest" }, word("cut", article.rest.toLocaleString())));
  return body;
}

function showArticle(number) {
  const article = data.articles[number];
  const dialog = byId("reader");
  if (!article) return;
  const at = list.found.indexOf(article);
  const step = (to) => make("button", { type: "button", disabled: at < 0 || !list.found[to], onclick: () => (location.hash = "a=" + list.found[to].i) }, word(to < at ? "previous_article" : "next_article"));
  const source = sourceOf(article);
  const view = make("div", { class: "reader" },
    make("div", { class: "bar-top" }, step(at - 1), step(at + 1), make("button", { type: "button", class: "push", onclick: () => dialog.close() }, word("close"))),
    make("p", { class: "meta" }, placeOf(article)),
    article.kicker && !article.headline.includes(article.kicker) ? make("p", { class: "kicker" }, marks(article.kicker)) : "",
    make("h2", { id: "r-headline" }, article.headline ? marks(article.headline) : word("untitled")),
    article.byline || article.authors.length ? make("p", { class: "meta" }, article.byline || article.authors.join("、")) : "",
    bodyOf(article),
    article.captions.length ? make("div", {}, make("h4", {}, word("captions")), article.captions.map((c) => make("p", { class: "meta" }, marks(c)))) : "",
    article.keywords.length ? make("p", {}, make("span", { class: "meta" }, word("keywords") + " "), article.keywords.map((k) => [termLink(k), " "])) : "",
    article.topic ? make("p", { class: "meta" }, word("topic") + " ", make("a", { href: "#topic=" + encodeURIComponent(article.topic) }, topicName(article.topic))) : "",
    make("p", { class: "meta cite" }, citationOf(article) + " ", make("button", { type: "button", onclick: (event) => copyCitation(article, event.currentTarget) }, word("cite"))),
    source || article.id ? make("p", { class: "meta source" }, word("source") + " " + [source, article.id].filter(Boolean).join(" · ")) : "",
  );
  dialog.replaceChildren(view);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  dialog.querySelector("mark")?.scrollIntoView({ block: "center" });
}

function startReader() {
  const dialog = byId("reader");
  dialog.addEventListener("close", () => {
    if (/^#a=/.test(location.hash)) history.replaceState(null, "", "#articles");
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: 0, ArrowRight: 1 }[event.key];
    if (step !== undefined) dialog.querySelectorAll(".bar-top button")[step].click();
  });
}
