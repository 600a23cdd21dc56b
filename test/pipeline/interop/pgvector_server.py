"""A PostgreSQL server with pgvector in a folder of its own: prints its URL, and ends when standard input does."""

import sys

import pgserver

server = pgserver.get_server(sys.argv[1], cleanup_mode="stop")
print(server.get_uri(), flush=True)
sys.stdin.read()
server.cleanup()
