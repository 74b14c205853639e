# Sourced by the load scripts: the built site on demonstration data of its own, in a temporary folder $work, at $base.
program=${PROGRAM:-$PWD/artifacts/bin/ActiveCitizens.Web/release/ActiveCitizens.Web.dll}
[ -f "$program" ] || { echo "The site is not built. Build it with: dotnet build src/ActiveCitizens.Web -c Release" >&2; exit 1; }

work=$(mktemp -d)
site=
cleanup() {
  if [ -n "$site" ]; then kill -TERM "$site" 2>/dev/null || true; wait "$site" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap cleanup EXIT

# As ./run and docs/operating.md have it.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}" DOTNET_GCgen0size="${DOTNET_GCgen0size:-0xA00000}"
port=$((20000 + RANDOM % 10000))
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
base=http://localhost:$port
start() {
  (cd src/ActiveCitizens.Web && ASPNETCORE_URLS=$base Cities__0__Database__ConnectionString="Data Source=$work/agen.db" exec dotnet "$program") >"$work/log" 2>&1 &
  site=$!
  for _ in $(seq 600); do
    if grep -q '^Ready: ' "$work/log"; then return; fi
    kill -0 "$site" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.5
  done
  echo "The site was not ready after five minutes." >&2
  exit 1
}
megabytes() { awk -v key="$1:" '$1 == key { printf "%.0f", $2 / 1024 }' "/proc/$site/status"; }
