#!/usr/bin/env bash
# Measures CallCenter.Standalone beside others that run the same case, in one run and in turns:
#   PostgreSQL with a plain .NET program that commits each step in a transaction of its own, and Restate with its SDK for Node.js.
#
#   bench/peers/run.sh [--quick] [--rounds N] [--data FOLDER]
#
# It needs the .NET SDK, Node.js with npm, and PostgreSQL's programs (Debian: postgresql). What cannot be had is left out, and said.
# All data lies on the disk of FOLDER (bench/results/peers), and everything that is started here is ended here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=$root/bench/results/peers
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --quick) options+=(--quick) ;;
    --rounds) options+=(--rounds "$2"); shift ;;
    --data) data=$(realpath -m "$2"); shift ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
  shift
done
for folder in /usr/lib/postgresql/*/bin; do PATH=$PATH:$folder; done

started=()
clear_up() {
  trap - EXIT
  for id in "${started[@]}"; do kill "$id" 2>/dev/null || true; done
  for id in "${started[@]}"; do wait "$id" 2>/dev/null || true; done
  if [ -f "$data/postgres/postmaster.pid" ]; then postgres_does pg_ctl -s -m immediate -D "$data/postgres" stop || true; fi
  rm -rf "$data"
}
trap clear_up EXIT
trap 'exit 130' INT TERM HUP

# PostgreSQL does not run as root.
postgres_does() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid postgres --regid postgres --clear-groups "$@"); else "$@"; fi; }
free_port() { node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }
await_url() { for _ in $(seq 300); do if curl -fsS -o /dev/null "$@" 2>/dev/null; then return 0; fi; sleep 0.2; done; echo "No answer: $*" >&2; return 1; }
in_background() { "$@" >>"$data/log" 2>&1 & started+=($!); }

rm -rf "$data"
mkdir -p "$data"
dotnet build "$root/bench" -c Release -v quiet --nologo
bin=$root/bench/bin/Release/net10.0
peers=()

port=$(free_port)
in_background dotnet "$bin/CallCenter.Standalone.dll" --urls "http://127.0.0.1:$port" --data "$data/callcenter" --Logging:LogLevel:Default Warning
await_url "http://127.0.0.1:$port/readyz"
peers+=("CallCenter.Standalone $(dotnet "$bin/CallCenter.Standalone.dll" --version | cut -d' ' -f2-)=http://127.0.0.1:$port/api/cases")

if command -v initdb pg_ctl >/dev/null; then
  dotnet build "$here/postgres" -c Release -v quiet --nologo -o "$data/plain"
  install -d -m 700 "$data/postgres" "$data/socket"
  if [ "$(id -u)" = 0 ]; then chown postgres "$data/postgres" "$data/socket"; fi
  postgres_does initdb -A trust -U postgres -D "$data/postgres" >>"$data/log"
  database=$(free_port)
  # As it comes, so with synchronous_commit=on and fsync=on; more connections are allowed than callers come.
  postgres_does pg_ctl -s -w -D "$data/postgres" -l "$data/postgres/log" \
    -o "-p $database -c listen_addresses=127.0.0.1 -c unix_socket_directories=$data/socket -c synchronous_commit=on -c max_connections=200" start
  port=$(free_port)
  in_background dotnet "$data/plain/PlainCases.dll" "Host=127.0.0.1;Port=$database;Username=postgres;Database=postgres;Maximum Pool Size=100" --urls "http://127.0.0.1:$port"
  await_url -X POST -H 'Content-Type: application/json' -d '{"inputCaseID":"001"}' "http://127.0.0.1:$port/cases"
  peers+=("PostgreSQL $(postgres --version | grep -oE '[0-9]+\.[0-9]+' | head -1), .NET and Npgsql $(grep -oP '"Npgsql" Version="\K[^"]+' "$root/Directory.Packages.props")=http://127.0.0.1:$port/cases")
else
  echo "PostgreSQL is left out: no initdb, pg_ctl." >&2
fi

if mkdir "$data/restate" && cp "$here"/restate/* "$data/restate" && (cd "$data/restate" && npm install --no-audit --no-fund >>"$data/log" 2>&1); then
  service=$(free_port); ingress=$(free_port); admin=$(free_port); node=$(free_port)
  # Not a line for every invocation.
  in_background env RESTATE_LOGGING=WARN NODE_ENV=production node "$data/restate/cases.mjs" "$service"
  # One node on its own disk, which flushes its log as it comes (rocksdb-disable-wal-fsync = false).
  cat >"$data/restate/restate.toml" <<CONFIG
base-dir = "$data/restate/data"
disable-telemetry = true
listen-mode = "tcp"
bind-ip = "127.0.0.1"
bind-port = $node
log-filter = "warn"

[ingress]
bind-port = $ingress

[admin]
bind-port = $admin
CONFIG
  in_background "$data"/restate/node_modules/@restatedev/restate-server-*/bin/restate-server --no-logo --config-file "$data/restate/restate.toml"
  await_url "http://127.0.0.1:$admin/health"
  await_url -X POST -H 'Content-Type: application/json' -d "{\"uri\":\"http://127.0.0.1:$service\"}" "http://127.0.0.1:$admin/deployments"
  await_url -X POST -H 'Content-Type: application/json' -d '{"inputCaseID":"001"}' "http://127.0.0.1:$ingress/cases/run"
  version() { node -p "require('$data/restate/node_modules/@restatedev/$1/package.json').version"; }
  peers+=("Restate $(version restate-server), SDK $(version restate-sdk) on Node.js $(node --version)=http://127.0.0.1:$ingress/cases/run")
else
  echo "Restate is left out: npm cannot install it, see $data/log." >&2
fi

dotnet "$bin/CallCenter.Bench.dll" peers "${peers[@]}" "${options[@]}"
