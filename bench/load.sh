#!/usr/bin/env bash
# How many requests a second do the busiest pages answer, compared with a bare /health/live in the same run?
# Starts the built site on demonstration data of its own, warms each page up, then measures in alternating rounds.
#   bench/load.sh [SECONDS]      seconds per page and round, 10 by default; ROUNDS=3, CONNECTIONS=32, WARMUP=2
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-10} rounds=${ROUNDS:-3} connections=${CONNECTIONS:-32} warmup=${WARMUP:-2}
command -v wrk >/dev/null || { echo "wrk is missing. Install it with: apt-get install wrk" >&2; exit 1; }
. bench/site.sh

# The first start imports and counts; visitors come to a site that was started on what is there.
start
import_peak=$(megabytes VmHWM)
kill -TERM "$site"; wait "$site" || true
start

neighbourhood=$(curl -fs "$base/neighbourhoods" | grep -o 'href="/neighbourhoods/[^"]*"' | grep -v '/find"' | head -1 | cut -d'"' -f2)
targets=(
  "health|/health/live|"
  "home, cached|/|"
  "neighbourhood, cached|$neighbourhood|"
  "round of 100 projects, cached|/budgets/toulouse-2022|"
  "result, cached|/budgets/toulouse-2022/result|"
  "home, uncached|/|Cookie: x=1"
  "neighbourhood, uncached|$neighbourhood|Cookie: x=1"
  "round of 100 projects, uncached|/budgets/toulouse-2022|Cookie: x=1"
  "result, uncached|/budgets/toulouse-2022/result|Cookie: x=1"
)

measure() { # address, header, seconds; prints: requests/s, p99 in ms, faults
  wrk -t1 -c"$connections" -d"${3}s" --latency -H 'Accept-Encoding: gzip, deflate, br' -H "${2:-X-Load: 1}" "$base$1" >"$work/wrk"
  awk '
    function ms(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
    $1 == "99%" { p99 = ms($2) }
    $1 == "Requests/sec:" { rate = $2 }
    /Non-2xx/ { faults += $NF }
    /Socket errors/ { gsub(",", ""); faults += $4 + $6 + $8 + $10 }
    END { print rate + 0, p99 + 0, faults + 0 }' "$work/wrk"
}

for target in "${targets[@]}"; do
  IFS='|' read -r _ path header <<<"$target"
  curl -fs -o /dev/null --compressed ${header:+-H "$header"} "$base$path"
  measure "$path" "$header" "$warmup" >/dev/null
done
for round in $(seq "$rounds"); do
  for index in "${!targets[@]}"; do
    IFS='|' read -r _ path header <<<"${targets[$index]}"
    read -r rate p99 faults <<<"$(measure "$path" "$header" "$seconds")"
    [ "$faults" = 0 ] || { echo "$path: $faults requests failed." >&2; cat "$work/wrk" >&2; exit 1; }
    echo "$index $round $rate $p99" >>"$work/figures"
  done
done

median() { sort -g | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }
echo "Load average at the end: $(cut -d' ' -f1-3 /proc/loadavg). $rounds rounds of $seconds s, $connections connections."
echo
echo "| page | requests/s | of /health/live | p99 |"
echo "|---|---:|---:|---:|"
for index in "${!targets[@]}"; do
  rate=$(awk -v i="$index" '$1 == i { print $3 }' "$work/figures" | median)
  p99=$(awk -v i="$index" '$1 == i { print $4 }' "$work/figures" | median)
  # Each round is compared with its own baseline, since the machine changes between rounds.
  ratio=$(awk -v i="$index" '$1 == 0 { base[$2] = $3 } $1 == i { mine[$2] = $3 } END { for (round in mine) print 100 * mine[round] / base[round] }' "$work/figures" | median)
  LC_ALL=C printf '| %s | %.0f | %.1f %% | %.1f ms |\n' "${targets[$index]%%|*}" "$rate" "$ratio" "$p99"
done
echo
echo "Peak memory: $(megabytes VmHWM) MB under load, now $(megabytes VmRSS) MB; $import_peak MB in the start that imported and counted the demonstration data."
