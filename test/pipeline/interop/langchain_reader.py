"""Reads and writes the vector tables with LangChain's own PGVector. A job comes as JSON on standard input."""

import json
import sys

from langchain_core.embeddings import Embeddings
from langchain_postgres import PGVector


class GivenVectors(Embeddings):
    """Vectors that were made elsewhere, by text."""

    def __init__(self, vectors):
        self.vectors = vectors

    def embed_documents(self, texts):
        return [self.vectors[text] for text in texts]

    def embed_query(self, text):
        return self.vectors[text]


job = json.load(sys.stdin)


def store(collection):
    return PGVector(
        embeddings=GivenVectors(job["vectors"]),
        collection_name=collection,
        connection=job["url"].replace("postgresql://", "postgresql+psycopg://", 1),
        use_jsonb=True,
    )


answers = []
for collection, question in job.get("search", []):
    found = store(collection).similarity_search_with_score(question, k=2)
    answers.append([[document.page_content, document.metadata, score] for document, score in found])
for collection, text, metadata in job.get("add", []):
    store(collection).add_texts([text], metadatas=[metadata])
json.dump(answers, sys.stdout)
