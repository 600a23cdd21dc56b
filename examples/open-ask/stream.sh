#!/bin/sh
# Streams an answer as Markdown: ./stream.sh ["question"]
# QUERENT_URL, QUERENT_USERNAME, QUERENT_PASSWORD and OPEN_API_KEY come from the environment.
question=${1:-各地区销售额}
printf '{"username":"%s","password":"%s","question":"%s","datasource_id":1,"stream":true}' \
  "${QUERENT_USERNAME:-admin}" "$QUERENT_PASSWORD" "$question" |
  curl -sN "${QUERENT_URL:-http://127.0.0.1:8000}/api/v1/open/ask" \
    -H 'Content-Type: application/json' -H "X-SQLBOT-OPEN-KEY: ${OPEN_API_KEY:-}" -d @-
