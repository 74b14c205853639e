#!/usr/bin/env bash
# How many ballots a second does the site take over HTTP, every proof checked, on both databases? Its own site and databases, in a temporary folder.
#   bench/cast.sh [BALLOTS]      6000 by default; one box, and 23 boxes at once
set -euo pipefail
cd "$(dirname "$0")/.."
ballots=${1:-6000}
if [ -z "${ACTIVE_CITIZENS_TEST_POSTGRES:-}" ]; then TEST_POSTGRES_OPTIONS="-c fsync=on" exec tests/with-postgres "$0" "$@"; fi
bench=artifacts/bin/ActiveCitizens.Bench/release/ActiveCitizens.Bench.dll site=$PWD/artifacts/bin/ActiveCitizens.Web/release/ActiveCitizens.Web.dll
[ -f "$bench" ] && [ -f "$site" ] || { echo "Build first: dotnet build ActiveCitizens.slnx -c Release" >&2; exit 1; }
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
psql=$(command -v psql) || { echo "psql is missing. Install it with: apt-get install postgresql-client" >&2; exit 1; }
port=$(sed -E 's/.*Port=([0-9]+).*/\1/' <<<"$ACTIVE_CITIZENS_TEST_POSTGRES")

echo "| database | boxes | ballots | ballots/s | median ms | p99 ms | peak memory MB |"
echo "|---|---:|---:|---:|---:|---:|---:|"
for boxes in 1 23; do
  dotnet "$bench" cast Sqlite "Data Source=$work/$boxes.db" "$site" src/ActiveCitizens.Web "$boxes" "$ballots" $((20000 + RANDOM % 10000))
  "$psql" -q -h 127.0.0.1 -p "$port" -U tests -d postgres -c "CREATE DATABASE cast_$boxes"
  dotnet "$bench" cast Postgres "$ACTIVE_CITIZENS_TEST_POSTGRES;Database=cast_$boxes" "$site" src/ActiveCitizens.Web "$boxes" "$ballots" $((20000 + RANDOM % 10000))
done
echo
echo "32 connections on the same machine. Load average at the end: $(cut -d' ' -f1-3 /proc/loadavg)."
