#!/usr/bin/env bash
# Audits, writes the reports, and names those that were written as outputs of the step. Ends with the exit code of sla.
set -euo pipefail

case $DIRECTORY in *$'\n'* | '') echo "directory: one path is needed" >&2 && exit 2 ;; esac

# The month before this one, by calendar.
if [ -z "$PERIOD" ]; then
  year=$(date -u +%Y) month=$(date -u +%m) month=$((10#$month - 1))
  if [ "$month" -eq 0 ]; then year=$((year - 1)) month=12; fi
  PERIOD=$(printf '%d-%02d' "$year" "$month")
fi

options=(--format=github "--period=$PERIOD" "--fail-on=$FAIL_ON")
if [ -n "$AS_OF" ]; then options+=("--as-of=$AS_OF"); fi
if [ -n "$WAIVERS" ]; then options+=("--waivers=$WAIVERS"); fi
if [ -n "$BASELINE" ]; then options+=("--baseline=$BASELINE"); fi
while IFS= read -r line; do
  if [ -n "$line" ]; then options+=("$line"); fi
done <<< "$OPTIONS"

evidence=()
while IFS= read -r line; do
  if [ -n "$line" ]; then evidence+=("$line"); fi
done <<< "$EVIDENCE"

names=(html json sarif junit markdown)
files=(report.html report.json report.sarif junit.xml report.md)
mkdir -p -- "$DIRECTORY"
for i in "${!names[@]}"; do
  options+=("--output=${names[$i]}:$DIRECTORY/${files[$i]}")
done

code=0
sla audit "${options[@]}" -- "$CONTRACT" "${evidence[@]}" || code=$?

{
  echo "exit-code=$code"
  # Without a verdict what lies there is of an earlier run.
  case $code in
    0 | 1 | 4) for i in "${!names[@]}"; do echo "${names[$i]}=$DIRECTORY/${files[$i]}"; done ;;
  esac
} >> "$GITHUB_OUTPUT"
exit "$code"
