#!/usr/bin/env bash
# LangChain's PGVector and a PostgreSQL server with pgvector, in a folder of their own: what the tests of interoperability use.
set -eu
cd "$(dirname "$0")/.."
folder=node_modules/.cache/python-interop
[ -x "$folder/ready/bin/python" ] && exit 0
mkdir -p "$folder"
python3 -m venv "$folder/ready.draft"
"$folder/ready.draft/bin/pip" install --quiet --disable-pip-version-check \
  langchain-postgres==0.0.19 'psycopg[binary]==3.3.9' pgserver==0.1.4
rm -rf "$folder/ready"
mv "$folder/ready.draft" "$folder/ready"
