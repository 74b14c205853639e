#!/usr/bin/env bash
# How many times faster than belenios-tool do we verify the same election, and does our time grow in proportion to the ballots?
# Whole processes, wall-clock medians, alternating in one run.
#   tests/with-belenios bench/verify.sh compare [BALLOTS]     both groups, 1000 ballots unless told; RUNS=3
#   bench/verify.sh growth [BALLOTS …]                        Ed25519, 1000 10000 50000 unless told; RUNS=3
set -euo pipefail
cd "$(dirname "$0")/.."
command=${COMMAND:-$PWD/artifacts/bin/ActiveCitizens.Cli/release/activecitizens}
[ -x "$command" ] || { echo "The command is not built. Build it with: dotnet build src/ActiveCitizens.Cli -c Release" >&2; exit 1; }
runs=${RUNS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The form of a neighbourhood council: fifteen candidates, up to nine choices, blank allowed.
candidates=$(printf '"Candidate %s",' $(seq 15))
echo "{\"name\":\"Council\",\"description\":\"Nine seats\",\"questions\":[{\"answers\":[${candidates%,}],\"blank\":true,\"min\":0,\"max\":9,\"question\":\"Who?\"}]}" >"$work/council.json"

median() { sort -g | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }
timed() { # output file for the seconds, then the command; prints nothing
  local into=$1
  shift
  /usr/bin/env bash -c 'TIMEFORMAT=%R; { time "$@" >/dev/null 2>&1; } 2>>"$0"' "$into" "$@"
}
held() { # group, ballots: makes an archive once, in a folder that holds it alone
  local folder=$work/$1-$2
  [ -d "$folder" ] || { mkdir "$folder"; "$command" election rehearse "$work/council.json" --group "$1" --voters "$2" --out "$folder/council.bel" >/dev/null 2>&1; }
  echo "$folder"
}
peak() { /usr/bin/env python3 - "$@" <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))
PY
}

case ${1:-} in
  compare)
    ballots=${2:-1000}
    echo "| group | ballots | belenios-tool, s | ours, s | times faster |"
    echo "|---|---:|---:|---:|---:|"
    for pair in "Ed25519 ${BELENIOS_TOOL_ED:-}" "BELENIOS-2048 ${BELENIOS_TOOL_FF:-}"; do
      read -r group tool <<<"$pair"
      [ -n "$tool" ] || { echo "belenios-tool is not at hand: run this with tests/with-belenios." >&2; exit 1; }
      folder=$(held "$group" "$ballots")
      "$command" verify "$folder/council.bel" >/dev/null
      for _ in $(seq "$runs"); do
        timed "$work/theirs" "$tool" election verify --dir "$folder"
        timed "$work/ours" "$command" verify "$folder/council.bel"
      done
      theirs=$(median <"$work/theirs") ours=$(median <"$work/ours")
      rm -f "$work/theirs" "$work/ours"
      LC_ALL=C printf '| %s | %d | %.2f | %.2f | %.1f |\n' "$group" "$ballots" "$theirs" "$ours" "$(awk -v a="$theirs" -v b="$ours" 'BEGIN { print a / b }')"
    done
    ;;
  growth)
    shift
    [ $# -gt 0 ] || set -- 1000 10000 50000
    echo "| ballots | archive MB | s | ms per ballot | peak memory MB |"
    echo "|---:|---:|---:|---:|---:|"
    for ballots in "$@"; do
      folder=$(held Ed25519 "$ballots")
      for _ in $(seq "$runs"); do timed "$work/ours" "$command" verify "$folder/council.bel"; done
      ours=$(median <"$work/ours")
      rm -f "$work/ours"
      LC_ALL=C printf '| %d | %.0f | %.2f | %.2f | %d |\n' "$ballots" "$(awk -v b="$(stat -c %s "$folder/council.bel")" 'BEGIN { print b / 1e6 }')" "$ours" \
        "$(awk -v s="$ours" -v n="$ballots" 'BEGIN { print 1000 * s / n }')" "$(peak "$command" verify "$folder/council.bel")"
      rm -rf "$folder"
    done
    ;;
  *)
    sed -n '2,5p' "$0" >&2
    exit 2
    ;;
esac
echo
echo "Load average at the end: $(cut -d' ' -f1-3 /proc/loadavg). $runs runs each."
