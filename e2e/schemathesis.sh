#!/usr/bin/env bash
# Tests the server against its own description, with requests that Schemathesis makes up:
#   pip install schemathesis && e2e/schemathesis.sh [SECONDS]
# Needs a build (./serenade --version makes one).
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
seconds=${1:-100}
folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

"$home/cli/target/serenade/bin/serenade" serve --port "$port" --history "$folder/history" >"$folder/log" 2>&1 &
server=$!
trap 'kill "$server"; wait "$server" || true; rm -rf "$folder"' EXIT

cd "$folder"
# Made-up bytes are no recordings, and made-up names of analyses lead nowhere: what is refused may be right.
schemathesis run "http://127.0.0.1:$port/openapi.json" --wait-for-schema 30 --max-time "$seconds" \
  --exclude-checks positive_data_acceptance
