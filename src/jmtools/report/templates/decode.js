// The records: inflated in the browser, texts numbered by character frequency (see pack.py).
const SINGLE = 230;
const ESCAPE = 255;

async function inflate(id) {
  const island = byId(id);
  const packed = atob(island.textContent);
  island.remove();
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function decodeTexts(codes, alphabet, lengths) {
  const units = new Uint16Array(lengths.reduce((sum, length) => sum + length, 0));
  let to = 0;
  for (let i = 0; i < codes.length; to++) {
    const code = codes[i++];
    if (code < SINGLE) units[to] = alphabet.charCodeAt(code);
    else if (code < ESCAPE) units[to] = alphabet.charCodeAt(SINGLE + (code - SINGLE) * 256 + codes[i++]);
    else {
      units[to] = codes[i] * 256 + codes[i + 1];
      i += 2;
    }
  }
  const decoder = new TextDecoder("utf-16le");
  let from = 0;
  return lengths.map((length) => decoder.decode(units.subarray(from, (from += length))));
}

// Columns become one object an article; `i` is its number in the page.
async function readArticles() {
  const [records, codes] = await Promise.all([inflate("records"), inflate("texts")]);
  const data = JSON.parse(new TextDecoder().decode(records));
  const texts = decodeTexts(codes, JSON.parse(byId("alphabet").textContent), data.lengths);
  const names = Object.keys(data.columns);
  return {
    ...data,
    articles: texts.map((text, i) => {
      const article = { i, text };
      for (const name of names) article[name] = data.columns[name][i];
      article.search = [article.headline, article.byline, article.authors.join(" "), article.keywords.join(" "), text]
        .join("\n")
        .toLowerCase();
      return article;
    }),
  };
}
