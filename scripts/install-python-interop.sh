#!/usr/bin/env bash
# Python packages of the tests, in a folder of their own: LangChain's PGVector with a PostgreSQL server that has pgvector,
# and what the documented clients of the data pipeline API were written for (urllib3 before its second version).
set -eu
cd "$(dirname "$0")/.."
folder=node_modules/.cache/python-interop
"$folder/ready/bin/python" -c 'import aiohttp, langchain_postgres, pgserver, requests, urllib3
assert urllib3.__version__.startswith("1.")' 2>/dev/null && exit 0
mkdir -p "$folder"
rm -rf "$folder/ready" "$folder/ready.draft"
python3 -m venv "$folder/ready.draft"
"$folder/ready.draft/bin/pip" install --quiet --disable-pip-version-check \
  langchain-postgres==0.0.19 'psycopg[binary]==3.3.9' pgserver==0.1.4 requests==2.32.5 urllib3==1.26.20 aiohttp==3.13.2
mv "$folder/ready.draft" "$folder/ready"
