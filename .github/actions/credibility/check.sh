#!/usr/bin/env bash
# The step of the action: inputs as environment variables in, one call of credibility, its status out.
set -euo pipefail

arguments=()

# Adds --NAME=VALUE as one word, so that a value that looks like an option stays a value.
option() { [ -z "$2" ] || arguments+=("$1=$2"); }

option --fail-on "${CREDIBILITY_FAIL_ON:-}"
option --select "${CREDIBILITY_SELECT:-}"
option --ignore "${CREDIBILITY_IGNORE:-}"
option --config "${CREDIBILITY_CONFIG:-}"
option --diff "${CREDIBILITY_DIFF:-}"
while IFS= read -r folder; do option --rules "$folder"; done <<<"${CREDIBILITY_RULES:-}"

case "${CREDIBILITY_ANNOTATIONS:-true}" in
  true) arguments+=(--format=github) ;;
  *) arguments+=(--format=console) ;;
esac
[ -z "${CREDIBILITY_SARIF:-}" ] || arguments+=("--format=sarif:$CREDIBILITY_SARIF")
[ -z "${CREDIBILITY_HTML:-}" ] || arguments+=("--format=html:$CREDIBILITY_HTML")
summary=$(mktemp "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/credibility.XXXXXX")
arguments+=("--format=markdown:$summary")

paths=()
while IFS= read -r path; do [ -z "$path" ] || paths+=("$path"); done <<<"${CREDIBILITY_PATHS:-.}"

status=0
credibility check "${arguments[@]}" -- "${paths[@]}" || status=$?
# GitHub takes summaries of up to 1 MiB and drops what is longer as a whole.
head -c 1000000 "$summary" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
if [ "$(wc -c <"$summary")" -gt 1000000 ]; then
  printf '\n\nCut here; the HTML and SARIF reports are whole.\n' >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
rm -f "$summary"
echo "status=$status" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$status"
