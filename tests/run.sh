#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test project, and closes with one line that adds them all up.
set -uo pipefail
cd "$(dirname "$0")/.."

need=()
command -v redis-server >/dev/null || need+=(redis-server)
[ -x /usr/lib/postgresql/15/bin/initdb ] || need+=(postgresql-15)
command -v chromium >/dev/null || need+=(chromium)
command -v python3 >/dev/null || need+=(python3)
command -v node >/dev/null || need+=(nodejs)
command -v npm >/dev/null || need+=(npm)
command -v protoc >/dev/null || need+=(protobuf-compiler)
command -v grpc_python_plugin >/dev/null || need+=(protobuf-compiler-grpc)
command -v jq >/dev/null || need+=(jq)
command -v curl >/dev/null || need+=(curl)
/usr/bin/python3 -c 'import grpc' 2>/dev/null || need+=(python3-grpcio)
if [ ${#need[@]} -gt 0 ]; then
  sudo=$([ "$(id -u)" = 0 ] || echo sudo)
  $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "${need[@]}" >/dev/null \
    || { echo "tests/run.sh: cannot install ${need[*]}; install them by hand and run this again" >&2; exit 1; }
fi

dotnet build EarlyWarning.sln -c Release || exit 1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
suites=EarlyWarning.EndToEnd.Tests
modules=()
for project in tests/*.Tests; do
  name=${project#tests/}
  [ "$name" = EndToEnd.Tests ] || modules+=("artifacts/bin/$name/release/EarlyWarning.$name.dll")
done

# One project after another, whole into a log of its own and in short to the terminal. One that stands still is ended, and says in which test.
tests() { # NAME MODULES [FILTER...]
  local module
  for module in ${2//;/ }; do
    [ -f "$module" ] || { echo "tests/run.sh: $module was not built"; echo 1 > "$results/$1.code"; return; }
  done > "$results/$1.log"
  dotnet test --test-modules "$2" --no-ansi --max-parallel-test-modules 1 --results-directory "$results/$1" \
    --hangdump --hangdump-type None --hangdump-timeout 5m "${@:3}" 2>&1 | tee -a "$results/$1.log" \
    | grep --line-buffered -E '^(failed|Running tests from) '
  echo "${PIPESTATUS[0]}" > "$results/$1.code"
}

# Two processors, two lanes of about the same length: whole suites, which mostly wait; browsers, which mostly compute, and then all other projects.
end_to_end=artifacts/bin/EndToEnd.Tests/release/$suites.dll
{
  tests boards "$end_to_end" --filter-namespace "$suites.Boards"
  tests others "$(IFS=';' && echo "${modules[*]}")"
} &
tests suites "$end_to_end" --filter-not-namespace "$suites.Boards"
wait
log=$results/log code=0
cat "$results"/{suites,boards,others}.log | tee "$log"
for lane in suites boards others; do
  [ "$(cat "$results/$lane.code")" -eq 0 ] || code=$(cat "$results/$lane.code")
done
for hang in "$results"/*/*_hang.log; do
  [ -e "$hang" ] && echo "tests/run.sh: no test of $(basename "$hang") ended within 5 minutes; these were running:" && cat "$hang"
done

sum() { awk -v key="$1:" '$1 == key { n += $2 } END { print n + 0 }' "$log"; }
passed=$(sum succeeded) failed=$(sum failed) skipped=$(sum skipped)

# Whole suites beside browsers and servers on two processors: a few tests can be met by a moment in which nothing gets its turn. What failed is tried
# once more, alone, and is named where it passes then. More than five is no such moment, nor is a test of the code's structure, nor a crash.
mapfile -t again < <(awk '
  /^failed / { name = $2; sub(/\(.*/, "", name) }
  name != "" && $1 == "from" { if ($2 ~ /\/EarlyWarning\.[A-Za-z]+\.Tests\.dll$/ && name !~ /\.Structure\./) print $2, name; name = "" }' "$log")
if [ "$failed" -gt 0 ] && [ "$failed" -le 5 ] && [ "$failed" -eq ${#again[@]} ] && ! grep 'Exit code: ' "$log" | grep -qv 'Exit code: 2$'; then
  for one in "${again[@]}"; do
    read -r assembly name <<<"$one"
    echo "tests/run.sh: once more, alone: $name"
    alone=$("${assembly%.dll}" -noColor -method "$name" 2>&1) && ran=$? || ran=$?
    echo "$alone"
    if [ "$ran" -eq 0 ] && grep -qE 'Total: [1-9][0-9]*,.*Skipped: 0, Not Run: 0,' <<<"$alone"; then
      echo "tests/run.sh: UNSTEADY: it failed among the others and passed alone: $name"
      passed=$((passed + 1)) failed=$((failed - 1))
    fi
  done
  [ "$failed" -gt 0 ] || code=0
fi
# A project that crashed or ran no test is in none of the three counts, only in the exit code.
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
  echo "tests/run.sh: a test project crashed or ran no test (exit code $code); see above"
fi
if [ "$passed" -eq 0 ] && [ "$code" -eq 0 ]; then code=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$code"
