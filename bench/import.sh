#!/usr/bin/env bash
# How long does an administrator wait for a large file of ballots to be read, counted by every rule and saved?
#   bench/import.sh FILE.pb[.gz] …
# Signs in to the built site as the administrator of the demonstration city, sends each file through the form and follows its progress.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || { echo "usage: bench/import.sh FILE.pb[.gz] …" >&2; exit 2; }
. bench/site.sh
start

jar=$work/cookies
ask() { curl -fsS -b "$jar" -c "$jar" "$@"; }
link=$(grep -m1 '^ *administrator ' "$work/log" | grep -o 'http://[^ ]*')
token() { grep -o 'name="__RequestVerificationToken"[^>]*value="[^"]*"' | head -1 | sed 's/.*value="//; s/"$//'; }
ask -o /dev/null --data-urlencode "__RequestVerificationToken=$(ask "$link" | sed -n '/<main/,$p' | token)" "$link"

echo "| file | MB sent | sent until saved, s | peak memory MB |"
echo "|---|---:|---:|---:|"
for file in "$@"; do
  page=$(ask "$base/administration/budgets" | sed -n '/<main/,$p' | token)
  began=$(date +%s.%N)
  where=$(ask -o /dev/null -w '%{redirect_url}' -F "__RequestVerificationToken=$page" -F "Input.Title=$(basename "$file")" -F "Input.Publisher=bench" -F "Input.Rule=city_greedy_skip" -F "Input.File=@$file" "$base/administration/budgets")
  [ -n "$where" ] || { echo "$file was not taken." >&2; exit 1; }
  until state=$(ask "$where?handler=progress"); grep -q '"done":true' <<<"$state"; do
    [ -t 2 ] && printf '\r%s' "$state" >&2
    sleep 0.2
  done
  took=$(awk -v a="$began" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }')
  ask "$where" | grep -q 'budgets/.*/result' || { echo "$file was refused: $where" >&2; exit 1; }
  LC_ALL=C printf '| %s | %.1f | %s | %s |\n' "$(basename "$file")" "$(awk -v b="$(stat -c %s "$file")" 'BEGIN { print b / 1e6 }')" "$took" "$(megabytes VmHWM)"
done
