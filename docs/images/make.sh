#!/usr/bin/env bash
# Makes the pictures of the README and the docs anew: starts Standalone on an empty folder, lets some cases happen, and has pictures.mjs photograph the
# console. Needs the .NET SDK, curl, Node.js, and Chromium or Chrome (found by name, or CHROMIUM).
set -euo pipefail
cd "$(dirname "$0")/../.."

chromium=${CHROMIUM:-$(command -v chromium chromium-browser google-chrome google-chrome-stable | head -n1 || true)}
[[ -n $chromium ]] || { echo "No Chromium was found: set CHROMIUM to the path of one." >&2; exit 1; }
url=http://127.0.0.1:${PORT:-7979}
work=$(mktemp -d)
trap 'kill "$host" 2>/dev/null; wait "$host" 2>/dev/null || true; rm -rf "$work"' EXIT

# The tests bring Playwright, whose driver works the browser.
dotnet build CallCenter.Tests -v quiet --nologo
driver=$PWD/CallCenter.Tests/bin/Debug/net10.0/.playwright/package

# serve [SETTING...]: starts the host, and waits until it answers.
serve() {
  dotnet CallCenter.Standalone/bin/Debug/net10.0/CallCenter.Standalone.dll --urls "$url" --data "$work/data" --CallCenter:WorkSeconds 1.4 "$@" >"$work/log" &
  host=$!
  until curl -sf "$url/api/health" >/dev/null; do
    kill -0 "$host" || { cat "$work/log" >&2; exit 1; }
    sleep 0.2
  done
}

post() { curl -sfo /dev/null -X POST "$url/$1" -H 'Content-Type: application/json' "${@:3}" -d "$2"; }
start() { post "api/cases?instanceId=$1" "$2" "${@:3}"; }
# until TEXT ID: waits until the case says so.
until_it_says() { until curl -sf "$url/api/cases/$2" | grep -q "$1"; do sleep 0.1; done; }
answer() { until_it_says "\"waitingFor\":\"CaseWorked\"" "$1"; post "api/cases/$1/work" "$2"; }

# A database that is not there, until the program is started anew with another setting.
serve --CallCenter:Assignments "Host=127.0.0.1;Port=1;Username=nobody;Timeout=1"
start switchboard '{"inputCaseID":"Switchboard is silent","workMode":"agent","assign":"roster","retry":{"maxAttempts":6,"firstDelaySeconds":5}}'
sleep 7
kill "$host"
wait "$host" || true
serve
answer switchboard '{"resolved":true,"attempt":1,"agent":"Grace","note":"a fuse"}'
post 'api/tickets?instanceId=ticket-7' '{"inputCaseID":"0007"}' -H 'Prefer: wait=30'

for number in 0412 0413 0414 0415 0416 0417; do
  start "case-$number" "{\"inputCaseID\":\"$number\"}" -H 'Prefer: wait=30'
done
start printer '{"inputCaseID":"Printer on fire","workMode":"agent"}'
answer printer '{"resolved":true,"attempt":1,"agent":"Ada","note":"put out"}'
start router '{"inputCaseID":"Router blinks red","workMode":"agent"}'
until_it_says CaseWorked router
post 'api/cases/router/terminate?reason=the+caller+hung+up' ''
start tier-2 '{"inputCaseID":"No signal in the cellar","workMode":"agent","onEscalation":"workAgain","maxAttempts":3}'
for attempt in 1 2 3; do
  until_it_says "\"attempt\":$attempt,\"waitingFor\":\"CaseWorked\"" tier-2
  sleep "1.$attempt"
  answer tier-2 "{\"resolved\":false,\"attempt\":$attempt,\"agent\":\"Grace\",\"note\":\"tried antenna $attempt\"}"
done
start holiday '{"inputCaseID":"Invoice of the wrong month","workMode":"agent"}'
until_it_says CaseWorked holiday
post runtime/webhooks/durabletask/instances/holiday/suspend ''
start invoice '{"inputCaseID":"Password forgotten again","workMode":"agent","agentDeadlineSeconds":900,"onEscalation":"workAgain"}'
answer invoice '{"resolved":false,"attempt":1,"agent":"Ada","note":"line was busy"}'
until_it_says '"attempt":2,"waitingFor":"CaseWorked"' invoice
start case-0418 '{"inputCaseID":"0418","workMode":"agent","agentDeadlineSeconds":300}'
start screen '{"inputCaseID":"Screen stays black","workMode":"agent","agentDeadlineSeconds":120}'
start vpn '{"inputCaseID":"VPN drops every hour","workMode":"agent","agentDeadlineSeconds":600}'
until_it_says CaseWorked vpn
start case-0419 '{"inputCaseID":"0419"}'

node docs/images/pictures.mjs "$url" "$chromium" "$driver"
node docs/images/trace.mjs
ls -l docs/images/*.png docs/images/*.svg
