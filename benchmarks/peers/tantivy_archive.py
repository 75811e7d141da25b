"""tantivy over segmented text: `tantivy_archive.py build RECORDS.jsonl DIR` and `… ask DIR WORD`.

RECORDS.jsonl has `id`, `date`, `headline` and `words` (with blanks between them) in each line; the answer is ids.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import tantivy


def main() -> None:
    """Build or ask."""
    what, *rest = sys.argv[1:]
    builder = tantivy.SchemaBuilder()
    for name in ("id", "date", "headline"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw")
    builder.add_text_field("words", stored=True, tokenizer_name="whitespace")
    schema = builder.build()
    if what == "build":
        lines, folder = rest
        Path(folder).mkdir(exist_ok=True)
        writer = tantivy.Index(schema, path=folder).writer(heap_size=256 << 20, num_threads=1)
        with open(lines, encoding="utf-8") as file:
            for line in file:
                data = json.loads(line)
                writer.add_document(
                    tantivy.Document(**{name: [data[name]] for name in ("id", "date", "headline", "words")})
                )
        writer.commit()
        writer.wait_merging_threads()
    else:
        folder, word = rest
        index = tantivy.Index(schema, path=folder)
        searcher = index.searcher()
        query = tantivy.Query.term_query(schema, "words", word)
        for _, address in searcher.search(query, 20).hits:
            print(searcher.doc(address)["id"][0])


if __name__ == "__main__":
    main()
