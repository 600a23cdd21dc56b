"""A strict server-sent-events client of the Python standard library: one JSON line per event.

usage: read_stream.py METHOD URL TOKEN [BODY]
"""
import json
import sys
import urllib.request


def main():
    method, url, token = sys.argv[1:4]
    body = sys.argv[4].encode() if len(sys.argv) > 4 else None
    headers = {"Authorization": "Bearer " + token, "Accept": "text/event-stream", "Content-Type": "application/json"}
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as response:
        assert response.status == 200, response.status
        assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8", response.headers["Content-Type"]
        event, data, last_id = "message", [], None
        for raw in response:
            line = raw.decode("utf-8").rstrip("\n")
            if line == "":
                if data:
                    payload = json.loads("\n".join(data))
                    print(json.dumps({"event": event, "id": last_id, "data": payload}))
                event, data = "message", []
                continue
            if line.startswith(":"):
                continue
            field, _, value = line.partition(":")
            value = value[1:] if value.startswith(" ") else value
            assert field in ("event", "data", "id"), line
            if field == "event":
                event = value
            elif field == "data":
                data.append(value)
            else:
                last_id = value
        assert not data, "the stream ended within an event"


main()
