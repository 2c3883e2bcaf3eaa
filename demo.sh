#!/usr/bin/env bash
# From nothing to a served prediction. Usage: ./demo.sh [WORKSPACE]   (call it by `make demo`, which makes .venv/ first)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
workspace=${1:-workspace}
doodles=$workspace/demo_doodles
log=$workspace/demo_server.log
quickdraw=.venv/bin/quickdraw

command -v curl >/dev/null || { echo "demo: curl is missing; install it for the REST prediction." >&2; exit 2; }

say() { printf '\n== %s\n' "$1"; }

say "1. draw doodles (your own CSVs: quickdraw run --data DIR)"
[ -e "$doodles/test_simplified.csv" ] || $quickdraw synth --out "$doodles" --words 5 --per-word 300 --seed 7

say "2. run the pipeline"
$quickdraw run --data "$doodles/train_simplified" --workspace "$workspace"

say "3. serve"
$quickdraw serve --workspace "$workspace" --port 0 --rest-api-port 0 >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
until grep -q '^serving ' "$log"; do
  kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.2
done
grep '^serving ' "$log"
grpc=$(sed -n 's/^serving .* grpc \([^ ]*\) .*/\1/p' "$log")
rest=$(sed -n 's/^serving .* rest \([^ ]*\)$/\1/p' "$log")

say "4. ask over gRPC: three doodles the pipeline has never seen"
head -n 4 "$doodles/test_simplified.csv" >"$workspace/three_doodles.csv"
$quickdraw predict "$workspace/three_doodles.csv" --server "$grpc"

say "5. ask over REST: an envelope"
curl --fail --silent --show-error "$rest/v1/models/quickdraw:predict" \
  -d '{"instances": ["[[[0,255,255,0,0],[0,0,160,160,0]],[[0,128,255],[0,90,0]]]"]}'

say "6. stop the server"
kill -TERM "$server"
wait "$server"
trap - EXIT
echo "done; the report: $workspace/report.html"
