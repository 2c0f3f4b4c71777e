# What load/*.sh share: builds the suite and the driver, unless LOAD_NO_BUILD is set, and names the driver. Sourced from the repository's folder.
driver=artifacts/bin/Driver/release/EarlyWarning.Driver
if [ -z "${LOAD_NO_BUILD:-}" ]; then
  for project in services/Host load/Driver; do
    built=$(dotnet build "$project" -c Release -v quiet -nologo -clp:NoSummary 2>&1) || { echo "$built" >&2; exit 2; }
  done
fi
[ -x "$driver" ] || { echo "load: $driver is not there: run without LOAD_NO_BUILD." >&2; exit 2; }
