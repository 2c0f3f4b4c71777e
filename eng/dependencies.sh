#!/usr/bin/env bash
# What is taken from others: used, of one fixed version, under a licence that may be handed on, and without a known hole where a registry can tell.
set -euo pipefail
cd "$(dirname "$0")/.."
faults=0
fault() { echo "dependencies: $*" >&2; faults=1; }
fixed='^[0-9]+(\.[0-9]+)+(-[0-9A-Za-z.-]+)?$'

# What the lock files name: "name version", without the repository's own projects.
resolved() {
  git ls-files -z '*packages.lock.json' | xargs -0 awk '
    /^      "[^"]+": \{/ { split($0, part, "\""); name = part[2]; type = "" }
    /^        "type": / { split($0, part, "\""); type = part[4] }
    /^        "resolved": / { split($0, part, "\""); if (type != "Project") print name, part[4] }' | sort -u
}

# What npm's files name: "file name version licence"; of package.json without a licence.
npm_packages() {
  git ls-files -z '*package.json' '*package-lock.json' | xargs -0 node -e '
    for (const file of process.argv.slice(1)) {
      const read = JSON.parse(require("fs").readFileSync(file, "utf8"));
      const named = read.packages
        ? Object.entries(read.packages).filter(([path]) => path).map(([path, one]) => [path.replace(/^.*node_modules\//, ""), one.version, one.license || "none"])
        : Object.entries({ ...read.dependencies, ...read.devDependencies });
      for (const one of named) console.log([file, ...one].join("\t"));
    }'
}

allowed() { # name licence
  [ -n "$2" ] && { grep -qxF -- "$2" eng/licences.txt || grep -qiF -- "$1 $2 " eng/licences.txt; }
}

all=$(resolved)
[ -n "$all" ] || { echo "dependencies: the lock files name no package" >&2; exit 1; }

# Each package that has a version is used: referred to, or pinned for what refers to it.
while read -r name version; do
  grep -qiF -- "$name " <(cut -d' ' -f1 <<< "$all" | sed 's/$/ /') || fault "$name has a version in Directory.Packages.props, and no project uses it"
  [[ $version =~ $fixed ]] || fault "$name has the version '$version', which is not one version"
done < <(sed -nE 's/.*<PackageVersion Include="([^"]+)" Version="([^"]+)".*/\1 \2/p' Directory.Packages.props)

# Each licence is one that may be handed on. A package states it in the copy that was restored.
cache=$(dotnet nuget locals global-packages --list | sed 's/^[^/]*//; s:/$::')
while read -r name version; do
  spec="$cache/${name,,}/${version,,}/${name,,}.nuspec"
  if [ ! -f "$spec" ]; then
    fault "$name $version is not restored here, so its licence is not known: dotnet restore EarlyWarning.sln --locked-mode"
    continue
  fi

  licence=$(sed -nE 's/.*<license type="expression">([^<]+)<.*/\1/p' "$spec")
  [ -n "$licence" ] || licence=$(sed -nE "s/^$name ([^ ]+) .*/\1/Ip" eng/licences.txt)
  allowed "$name" "$licence" || fault "$name $version has the licence '${licence:-not stated}', which eng/licences.txt does not allow"
done <<< "$all"

while IFS=$'\t' read -r file name version licence; do
  [[ $version =~ $fixed ]] || fault "$file: $name has the version '$version', which is not one version"
  [ -z "$licence" ] || allowed "$name" "$licence" || fault "$file: $name $version has the licence '$licence', which eng/licences.txt does not allow"
done < <(npm_packages)

# Known holes: only a registry knows them. One that cannot be asked is no fault of the code, and is said.
found=$(timeout 300 dotnet list EarlyWarning.sln package --vulnerable --include-transitive --no-restore 2>&1) && asked=0 || asked=$?
if grep -qE '^\s+> ' <<< "$found"; then
  grep -E '^\s+(>|\[)|has the following' <<< "$found" >&2
  fault "packages of NuGet have known holes"
elif [ "$asked" -ne 0 ] || grep -qiE 'NU1900|unable to|error:' <<< "$found"; then
  echo "dependencies: NuGet's known holes could not be asked for here: $(grep -iE 'NU1900|unable|error' <<< "$found" | head -1 | sed -E 's#https?://[^ ]+#the registry#g' || true)"
else
  echo "dependencies: NuGet's sources name no known hole; a source that has no list of them names none"
fi

while read -r file; do
  answer=$(cd "$(dirname "$file")" && timeout 120 npm audit --json --package-lock-only 2>/dev/null) || true
  case $(node -e '
    try { const read = JSON.parse(process.argv[1]); console.log(read.metadata ? (read.metadata.vulnerabilities.total ? "holes" : "none") : "silent"); }
    catch { console.log("silent"); }' "$answer") in
    none) echo "dependencies: npm's registry knows of no hole in $file" ;;
    holes) fault "$file has packages with known holes: npm audit" ;;
    *) echo "dependencies: npm's known holes of $file could not be asked for here" ;;
  esac
done < <(git ls-files '*package-lock.json')

[ "$faults" -eq 0 ] || exit 1
echo "dependencies: $(wc -l <<< "$all") packages of NuGet and those of npm are used, of one version, under licences that may be handed on"
