#!/usr/bin/env bash
# Makes the pictures of the README anew: starts Standalone on an empty folder, lets some cases happen, and photographs the
# console. Needs the .NET SDK, curl, and Chromium or Chrome (found by name, or CHROMIUM).
set -euo pipefail
cd "$(dirname "$0")/../.."

chromium=${CHROMIUM:-$(command -v chromium chromium-browser google-chrome google-chrome-stable | head -n1 || true)}
[[ -n $chromium ]] || { echo "No Chromium was found: set CHROMIUM to the path of one." >&2; exit 1; }
url=http://127.0.0.1:${PORT:-7979}
work=$(mktemp -d)
trap 'kill "$host" 2>/dev/null; wait "$host" 2>/dev/null || true; rm -rf "$work"' EXIT

dotnet build CallCenter.Standalone -v quiet --nologo
dotnet CallCenter.Standalone/bin/Debug/net10.0/CallCenter.Standalone.dll --urls "$url" --data "$work/data" --CallCenter:WorkSeconds 1.4 >"$work/log" &
host=$!
until curl -sf "$url/api/health" >/dev/null; do
  kill -0 "$host" || { cat "$work/log" >&2; exit 1; }
  sleep 0.2
done

post() { curl -sfo /dev/null -X POST "$url/$1" -H 'Content-Type: application/json' "${@:3}" -d "$2"; }
start() { post "api/cases?instanceId=$1" "$2" "${@:3}"; }
# until TEXT ID: waits until the case says so.
until_it_says() { until curl -sf "$url/api/cases/$2" | grep -q "$1"; do sleep 0.1; done; }
answer() { until_it_says "\"waitingFor\":\"CaseWorked\"" "$1"; post "api/cases/$1/work" "$2"; }

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
  answer tier-2 "{\"resolved\":false,\"attempt\":$attempt,\"agent\":\"Grace\",\"note\":\"tried the $attempt. antenna\"}"
done
start holiday '{"inputCaseID":"Invoice of the wrong month","workMode":"agent"}'
until_it_says CaseWorked holiday
post runtime/webhooks/durabletask/instances/holiday/suspend ''
start invoice '{"inputCaseID":"Password forgotten again","workMode":"agent","agentDeadlineSeconds":900,"onEscalation":"workAgain"}'
answer invoice '{"resolved":false,"attempt":1,"agent":"Ada","note":"line was busy"}'
until_it_says '"attempt":2,"waitingFor":"CaseWorked"' invoice
start case-0418 '{"inputCaseID":"0418","workMode":"agent","agentDeadlineSeconds":300}'
start case-0419 '{"inputCaseID":"0419"}'

# photograph FILE HASH HEIGHT [MORE...]: the virtual time runs until the page has asked and shown what it got.
photograph() {
  "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$work/browser" --hide-scrollbars --force-device-scale-factor=1.5 --force-prefers-reduced-motion --window-size="1280,$3" \
    --virtual-time-budget=2500 --screenshot="docs/images/$1" "${@:4}" "$url/console$2" 2>/dev/null
}
photograph list.png '' 800
photograph case.png '#/cases/tier-2' 1160
photograph case-waiting-dark.png '#/cases/invoice' 1160 --blink-settings=preferredColorScheme=0
ls -l docs/images/*.png
