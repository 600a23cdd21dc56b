#!/usr/bin/env bash
# Makes training data of some tables: create a task, name its tables, run it, wait, download the pairs.
# Needs curl and jq. Another server: QUERENT_PIPELINE_URL=http://host:8084 ./pipeline.sh
set -euo pipefail
api="${QUERENT_PIPELINE_URL:-http://localhost:8084}/api/v0/data_pipeline"
here="$(cd "$(dirname "$0")" && pwd)"
json=(-H 'Content-Type: application/json')

task=$(curl -fsS "${json[@]}" "$api/tasks" -d '{"task_name": "example", "business_context": "高速公路服务区管理系统"}' | jq -r .data.task_id)
echo "task: $task"
curl -fsS "$api/tasks/$task/upload-table-list" -F "file=@$here/tables.txt" | jq -r .message
curl -fsS "${json[@]}" "$api/tasks/$task/execute" -d '{"execution_mode": "complete"}' | jq -r .message

while true; do
  status=$(curl -fsS "$api/tasks/$task")
  jq -r '.data | "\(.status) \(.current_step.step // "")"' <<<"$status"
  case $(jq -r .data.status <<<"$status") in
    completed) break ;;
    failed | cancelled) jq -r .data.error_message <<<"$status" >&2; exit 1 ;;
  esac
  sleep 1
done

pairs=$(curl -fsS "$api/tasks/$task/files" | jq -r '.data.files[] | select(.is_primary) | .file_name')
curl -fsS -o "$pairs" "$api/tasks/$task/files/$pairs"
echo "downloaded: $pairs ($(jq length "$pairs") pairs)"
