#!/usr/bin/env bash
# Builds the solution once and runs every test project.
#
#   ./test.sh                                everything
#   ./test.sh Recipes Hosting                the projects tests/DistGan.Recipes.Tests and tests/DistGan.Hosting.Tests
#   ./test.sh --filter DataFeed Training     tests of a project whose full name contains DataFeed
#   ./test.sh --no-build …                   with what is built
#
# The last line is "N passed, N failed, N skipped". The exit status is 0 where nothing failed and every skipped test
# is on tests/skip-allow-list.txt. With CI=true packages are restored exactly as the lock files say.
# Results (xUnit XML, TRX, output) are left in artifacts/test-results.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly CONFIGURATION=Release
readonly RESULTS=artifacts/test-results
readonly ALLOWED_SKIPS=tests/skip-allow-list.txt
readonly PROJECT_DEADLINE=${TEST_PROJECT_DEADLINE:-30m}

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
export DOTNET_CLI_UI_LANGUAGE=en TERM="${TERM:-dumb}"

say() { printf '%s\n' "$*"; }

usage() { awk 'NR > 1 && /^#/ { sub(/^# ?/, ""); print; next } NR > 1 { exit }' "$0"; }

filter= build=yes
projects=()
while (($#)); do
  case $1 in
    --filter) filter=${2:?--filter needs a part of a test name}; shift 2 ;;
    --filter=*) filter=${1#*=}; shift ;;
    --no-build) build=no; shift ;;
    -h|--help) usage; exit 0 ;;
    -*) say "Unknown option $1; see ./test.sh --help" >&2; exit 2 ;;
    *) projects+=("$1"); shift ;;
  esac
done

# --- What the tests need besides the .NET SDK: command or library, Debian package.
prepare_machine() {
  local missing=()
  if ! command -v dotnet >/dev/null; then
    say "The .NET 10 SDK is not on PATH: install it (https://dot.net) and run ./test.sh again." >&2
    exit 1
  fi
  command -v script >/dev/null || missing+=(bsdutils)              # a pseudo-terminal for tests of the live display
  command -v chromium >/dev/null || missing+=(chromium)            # tests that open pages
  command -v chromedriver >/dev/null || missing+=(chromium-driver) # the same
  command -v prometheus >/dev/null || missing+=(prometheus)            # a test that it can read the hosts
  command -v systemd-analyze >/dev/null || missing+=(systemd)          # a test of the units
  command -v redis-server >/dev/null || missing+=(redis-server)    # tests of grain state in Redis start their own
  command -v zsh >/dev/null || missing+=(zsh)                      # tests that completion works there
  command -v fish >/dev/null || missing+=(fish)                    # the same
  command -v node >/dev/null || missing+=(nodejs)                  # Azurite, which tests fetch with npm once
  command -v npm >/dev/null || missing+=(npm)                      # the same
  has_library libstdc++.so.6 || missing+=(libstdc++6)              # libtorch
  has_library libgomp.so.1 || missing+=(libgomp1)                  # libtorch
  if ! has_library 'libicuuc.so'; then export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1; fi
  ((${#missing[@]})) || return 0
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    say "Installing ${missing[*]} with apt-get."
    export DEBIAN_FRONTEND=noninteractive
    # RUNLEVEL: a service that a package brings is not wanted, the tests start what they need.
    export RUNLEVEL=1
    { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } </dev/null >/dev/null \
      || say "apt-get could not install ${missing[*]}; tests that need them will fail." >&2
  else
    say "Missing: ${missing[*]} (Debian packages). Tests that need them will fail; install them as root." >&2
  fi
}

has_library() {
  local folder
  for folder in /lib /lib64 /usr/lib /usr/lib64 /lib/*-linux-gnu* /usr/lib/*-linux-gnu* /usr/local/lib; do
    compgen -G "$folder/$1*" >/dev/null && return 0
  done
  return 1
}

find_projects() {
  local name folder
  if ((${#projects[@]} == 0)); then
    for folder in tests/DistGan.*.Tests; do projects+=("$(basename "$folder")"); done
    return
  fi
  for name in "${!projects[@]}"; do
    folder=$(basename "${projects[$name]%/}")
    [[ -d tests/$folder ]] || folder="DistGan.$folder.Tests"
    if [[ ! -d tests/$folder ]]; then
      say "There is no test project '${projects[$name]}'; there are: $(cd tests && echo DistGan.*.Tests)" >&2
      exit 2
    fi
    projects[name]=$folder
  done
}

build_all() {
  local restore=() target=DistGan.sln started=$SECONDS
  [[ ${CI:-} == true ]] && restore=(--locked-mode)
  ((${#projects[@]} == 1)) && target="tests/${projects[0]}"
  say "Restoring and building $target ($CONFIGURATION)"
  dotnet restore "$target" -v q "${restore[@]}" </dev/null || return 1
  dotnet build "$target" -c "$CONFIGURATION" --no-restore -m -v q -nodeReuse:false </dev/null || return 1
  say "Built in $((SECONDS - started)) s"
}

# Reads xUnit's XML: one line of counts, then one line a failed or skipped test (kind, tab, name, tab, why).
read_results() {
  awk -v RS='<' '
    function attribute(name,   text) {
      text = " " $0
      if (!match(text, "[ \n]" name "=\"[^\"]*\"")) return ""
      text = substr(text, RSTART, RLENGTH)
      sub("^[ \n]" name "=\"", "", text); sub("\"$", "", text)
      return plain(text)
    }
    function plain(text) {
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text)
      gsub(/&#x[AaDd];|\\r|\\n/, " ", text); gsub(/&amp;/, "\\&", text); gsub(/[\t\n\r]/, " ", text)
      return text
    }
    /^assembly[ \n]/ { passed += attribute("passed"); failed += attribute("failed") + attribute("errors"); skipped += attribute("skipped") }
    /^error[ \n]/ { lines = lines "Fail\t" attribute("type") ": " attribute("name") "\t\n" }
    /^test[ \n]/ { kind = attribute("result"); name = attribute("name")
                   if (kind == "Fail" || kind == "Skip") lines = lines kind "\t" name "\t\n" }
    END { printf "%d %d %d\n%s", passed, failed, skipped, lines }
  ' "$1"
}

is_allowed_skip() {
  local pattern
  while IFS= read -r pattern; do
    pattern=${pattern%%#*}
    pattern=${pattern%"${pattern##*[![:space:]]}"}
    # shellcheck disable=SC2053 # the pattern is a glob
    [[ -n $pattern && $1 == $pattern ]] && return 0
  done <"$ALLOWED_SKIPS"
  return 1
}

passed=0 failed=0 skipped=0
failures=() bad_skips=()

run_project() {
  local project=$1 started=$SECONDS status=0 counts kind name rest before=$failed
  local program="tests/$project/bin/$CONFIGURATION/net10.0/$project.dll" log="$RESULTS/$project.log" xml="$RESULTS/$project.xml"
  local arguments=(-xml "$xml" -trx "$RESULTS/$project.trx" -noColor -noLogo)
  [[ -n $filter ]] && arguments+=(-method "*$filter*")
  if [[ ! -f $program ]]; then
    say "$project is not built: run ./test.sh without --no-build" >&2
    failed=$((failed + 1)); failures+=("$project: not built"); return
  fi

  timeout --kill-after=30s "$PROJECT_DEADLINE" dotnet "$program" "${arguments[@]}" </dev/null >"$log" 2>&1 || status=$?
  if [[ ! -s $xml ]]; then
    failed=$((failed + 1))
    if ((status == 124 || status == 137)); then rest="did not end within $PROJECT_DEADLINE"; else rest="ended with status $status and left no results"; fi
    failures+=("$project $rest (see $log)")
    say "$project $rest:"; tail -n 60 "$log"
    return
  fi

  {
    read -r -a counts
    passed=$((passed + counts[0])); failed=$((failed + counts[1])); skipped=$((skipped + counts[2]))
    while IFS=$'\t' read -r kind name rest; do
      if [[ $kind == Fail ]]; then failures+=("$name"); elif ! is_allowed_skip "$name"; then bad_skips+=("$name"); fi
    done
  } < <(read_results "$xml")
  if ((status != 0 && failed == before)); then
    failed=$((failed + 1)); failures+=("$project ended with status $status although no test failed (see $log)")
  fi

  printf '%-34s %5d passed %3d failed %3d skipped %5d s\n' "$project" "${counts[@]}" $((SECONDS - started))
  if ((failed > before)); then awk '/\[FAIL\]/ { on = 1 } /\[(SKIP|PASS)\]|^  Finished:|=== TEST EXECUTION SUMMARY/ { on = 0 } on' "$log"; fi
}

finish() {
  local line
  if ((${#failures[@]})); then say; say "Failed:"; for line in "${failures[@]}"; do say "  $line"; done; fi
  if ((${#bad_skips[@]})); then
    say; say "Skipped, but not on $ALLOWED_SKIPS:"; for line in "${bad_skips[@]}"; do say "  $line"; done
  fi
  if ((passed + failed + skipped == 0)); then say "No test ran."; fi
  say "Total time $SECONDS s; results in $RESULTS"
  say "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0 && ${#bad_skips[@]} == 0 && passed > 0))
}

find_projects
prepare_machine
rm -rf "$RESULTS"
mkdir -p "$RESULTS"
if [[ $build == yes ]] && ! build_all; then
  failed=1 failures=("the build")
  finish
  exit 1
fi

# One project after another: several that use libtorch at once would slow each other beyond their deadlines.
for project in "${projects[@]}"; do run_project "$project"; done
finish
