#!/usr/bin/env bash
# Every test, on SQLite and PostgreSQL and in a real browser, with one command: tests/run.sh [--long]
# Needs git and the .NET 10 SDK; installs PostgreSQL, Chromium, khal, vdirsyncer, SpamAssassin and Caddy when they are missing and it may, else says how.
# The last line is always "N passed, N failed, N skipped"; the exit code is 0 only when something ran and all of it was right.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.."

configuration=Release
minutes=60

usage() {
  cat <<'TEXT'
tests/run.sh [--long]
  --long   runs every round of the race and kill tests; without it at most 20 of each (SLOTWRIGHT_ROUNDS=n: at most n).
TEXT
}

for argument in "$@"; do
  case "$argument" in
    --long) export SLOTWRIGHT_ROUNDS=1000000 ;;
    --help | -h) usage; exit 0 ;;
    *) echo "tests/run.sh: unknown argument '$argument'" >&2; usage >&2; exit 2 ;;
  esac
done

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1
# Nothing of the build may stay behind and hold the folder.
export MSBUILDDISABLENODEREUSE=1

step() { printf '\n== %s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }

# Answers without a count still end in the line that says what ran.
give_up() {
  complain "$@"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}

# --- What must be here -------------------------------------------------------------------------------------------------

sdk=$(dotnet --version 2>/dev/null) ||
  give_up "The .NET 10 SDK is missing or not on the path. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
case "$sdk" in
  10.*) ;;
  *) give_up "The .NET SDK here is $sdk; this needs 10.0.100 or a later 10.x. See https://dotnet.microsoft.com/download/dotnet/10.0" ;;
esac

# Distributions keep the server's programs off the path.
postgres_folder() {
  local folder
  for folder in ${SLOTWRIGHT_POSTGRES_BIN:-} $(ls -d /usr/lib/postgresql/*/bin /usr/libexec/postgresql* /usr/pgsql-*/bin 2>/dev/null | sort -rV) /usr/bin /usr/local/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then echo "$folder"; return 0; fi
  done
  return 1
}

chromium_program() {
  local program
  for program in "${SLOTWRIGHT_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$program" ] && command -v "$program" >/dev/null 2>&1; then command -v "$program"; return 0; fi
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_missing() { # postgres|chromium|khal|vdirsyncer|spamassassin|caddy …
  local names=() name
  if command -v apt-get >/dev/null 2>&1; then
    for name in "$@"; do case "$name" in postgres) names+=(postgresql) ;; chromium) names+=(chromium fonts-dejavu-core) ;; *) names+=("$name") ;; esac; done
    local by="apt-get install -y --no-install-recommends ${names[*]}"
  elif command -v dnf >/dev/null 2>&1; then
    for name in "$@"; do case "$name" in postgres) names+=(postgresql-server) ;; *) names+=("$name") ;; esac; done
    local by="dnf install -y ${names[*]}"
  elif command -v apk >/dev/null 2>&1; then
    for name in "$@"; do case "$name" in postgres) names+=(postgresql) ;; chromium) names+=(chromium ttf-dejavu) ;; *) names+=("$name") ;; esac; done
    local by="apk add ${names[*]}"
  else
    give_up "Missing: $*. Install a PostgreSQL server (initdb and postgres), Chromium, khal, vdirsyncer, SpamAssassin and Caddy by this system's own means, or name" \
      "the first two by SLOTWRIGHT_POSTGRES_BIN=<folder> and SLOTWRIGHT_CHROMIUM=<program>, and run this again."
  fi
  if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    give_up "Missing: $*. Run this once, then tests/run.sh again:  sudo $by"
  fi
  step "Installing ${names[*]}"
  local log
  log=$(mktemp)
  if ! {
    if command -v apt-get >/dev/null 2>&1; then as_root apt-get update; fi
    # shellcheck disable=SC2086 # the words of the command
    as_root env DEBIAN_FRONTEND=noninteractive $by
  } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    give_up "Could not install them. Run this yourself, then tests/run.sh again:  $by"
  fi
  rm -f "$log"
}

missing=()
postgres_folder >/dev/null || missing+=(postgres)
chromium_program >/dev/null || missing+=(chromium)
for program in khal vdirsyncer spamassassin caddy; do
  command -v "$program" >/dev/null 2>&1 || missing+=("$program")
done
[ ${#missing[@]} = 0 ] || install_missing "${missing[@]}"

SLOTWRIGHT_POSTGRES_BIN=$(postgres_folder) || give_up "PostgreSQL's initdb and postgres were not found; set SLOTWRIGHT_POSTGRES_BIN to their folder."
SLOTWRIGHT_CHROMIUM=$(chromium_program) || give_up "Chromium was not found; set SLOTWRIGHT_CHROMIUM to the program."
export SLOTWRIGHT_POSTGRES_BIN SLOTWRIGHT_CHROMIUM

# --- Build ---------------------------------------------------------------------------------------------------------------

# The whole run writes into one folder, which goes with it. PostgreSQL runs as a user of its own and must be able to walk in.
work=$(mktemp -d /tmp/slotwright-tests.XXXXXX)
chmod 711 "$work"
child=
finish() {
  if [ -n "$child" ]; then kill "$child" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step "Restoring packages"
restore() { dotnet restore Orleans.sln -v q --nologo; }
restore || { complain "The registry did not answer well; trying once more."; restore; } || give_up "The packages could not be restored."

step "Building ($configuration)"
dotnet build Orleans.sln -c "$configuration" --no-restore --nologo -m:2 -v q || give_up "The build failed."

step "Checking the layout of the sources"
tidy=yes
dotnet format whitespace Orleans.sln --verify-no-changes --no-restore || tidy=no
dotnet format style Orleans.sln --verify-no-changes --no-restore --severity warn || tidy=no

# --- Run -----------------------------------------------------------------------------------------------------------------

passed=0 failed=0 skipped=0 wrong=no

attribute() { # file name: the sum of that attribute over the <assembly …> elements
  set +o pipefail # a missing attribute counts as 0
  grep -oE '<assembly [^>]*>' "$1" | grep -oE "[ ]$2=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }'
}

run() { # project-folder assembly
  local program="$1/bin/$configuration/net10.0/$2" result="$work/$2.xml" code=0
  step "$2"
  mkdir -p "$work/temp"
  chmod 711 "$work/temp"
  # In the background, so that a signal to this script reaches it at once; timeout ends the whole group of what it started.
  TMPDIR="$work/temp" timeout -k 30s "${minutes}m" "$program" -noColor -noAutoReporters -result-xml "$result" &
  child=$!
  wait "$child" || code=$?
  child=
  if [ "$code" = 124 ]; then complain "$2 was stopped after $minutes minutes."; fi
  if [ ! -s "$result" ] || ! grep -q '<assembly ' "$result"; then
    complain "$2 ended with code $code and left no result."
    failed=$((failed + 1))
    wrong=yes
    return
  fi
  passed=$((passed + $(attribute "$result" passed)))
  failed=$((failed + $(attribute "$result" failed) + $(attribute "$result" errors)))
  skipped=$((skipped + $(attribute "$result" skipped)))
  if [ "$code" != 0 ]; then wrong=yes; fi
}

run tests/Slotwright.Tests Slotwright.Tests
run tests/Browser Slotwright.Browser

echo
if [ "$tidy" = no ]; then complain "The layout of some sources is not as .editorconfig says (above): run 'dotnet format Orleans.sln'."; fi
if [ $((passed + failed)) = 0 ]; then complain "Nothing ran."; wrong=yes; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$wrong" = no ] && [ "$tidy" = yes ]
