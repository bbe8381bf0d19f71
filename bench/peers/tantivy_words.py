"""tantivy on words, cut beforehand."""

import sys
import tempfile
from pathlib import Path

import rjieba
import tantivy

from bench.peers.stages import TOP, Stages, texts

stages = Stages()
services, needs = texts(Path(sys.argv[1]))
stages.lap("read")
cut = rjieba.Jieba().cut
schema = (
    tantivy.SchemaBuilder()
    .add_text_field("body", tokenizer_name="whitespace")
    .add_unsigned_field("id", stored=True)
    .build()
)
with tempfile.TemporaryDirectory() as place:
    index = tantivy.Index(schema, path=place)
    writer = index.writer(heap_size=256_000_000, num_threads=2)
    for number, text in enumerate(services):
        writer.add_document(tantivy.Document(body=" ".join(cut(text)), id=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    stages.lap("index")
    asked = [
        tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(schema, "body", word))
                for word in dict.fromkeys(cut(text))
            ]
        )
        for text in needs
    ]
    for query in asked:
        searcher.search(query, TOP)
    stages.lap("query")
    stages.singles(lambda at: searcher.search(asked[at], TOP), len(asked))
stages.tell()
