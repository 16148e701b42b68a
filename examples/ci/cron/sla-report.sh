#!/usr/bin/env bash
# Audits the month that is over and mails the HTML report. In a crontab, on the second of each month:
#
#   17 5 2 * *  MAIL_TO=sla@example.com /opt/sla/sla-report.sh /opt/sla/contract.yaml /opt/sla/evidence
#
# MAIL_TO       who gets it (several with commas between)
# MAIL_FROM     sender, if the mailer should not choose one
# SLA_PERIOD    what is audited, if not the month before this one; every other SLA_... variable is an option too
# SENDMAIL      the mailer, which takes a whole message and finds the recipients in it; default: sendmail -t -oi
#
# Mails whatever the verdict is and ends with 0. When no verdict came about (the contract or the evidence can't be read,
# the mailer fails) it says so on standard error, which cron mails to the owner of the crontab, and ends with that code.
set -euo pipefail

if [ $# -lt 2 ]; then
  echo "usage: MAIL_TO=ADDRESS $0 CONTRACT EVIDENCE..." >&2
  exit 2
fi
: "${MAIL_TO:?MAIL_TO says who gets the report}"
# A line break in an address would begin a header of its own.
case "$MAIL_TO${MAIL_FROM:-}" in
  *$'\n'* | *$'\r'*) echo "sla-report: an address holds a line break" >&2 && exit 2 ;;
esac

if [ -z "${SLA_PERIOD:-}" ]; then
  year=$(date +%Y) month=$(date +%m) month=$((10#$month - 1))
  if [ "$month" -eq 0 ]; then year=$((year - 1)) month=12; fi
  SLA_PERIOD=$(printf '%d-%02d' "$year" "$month")
fi
export SLA_PERIOD

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

code=0
sla audit --quiet --format=pretty --width=78 "--output=html:$folder/report.html" \
  "--output=ndjson:$folder/report.ndjson" -- "$@" > "$folder/verdicts.txt" 2> "$folder/errors.txt" || code=$?
case $code in
  0) verdict="nothing to act on" ;;
  1) verdict="breached" ;;
  4) verdict="needs a look" ;;
  *)
    echo "sla-report: no verdict for $SLA_PERIOD, sla ended with $code" >&2
    cat -- "$folder/errors.txt" >&2
    exit "$code"
    ;;
esac

# Headers take ASCII only; everything else is in base64, in lines that mailers leave alone.
encoded() { base64 | tr -d '\n' | fold -w 76 && echo; }
header() { printf '%s: =?UTF-8?B?%s?=\n' "$1" "$(printf '%s' "$2" | base64 | tr -d '\n')"; }
boundary="sla-$(date +%s)-$$"

# Whose report it is stands in the first line, as in the title of the HTML report.
about() { head -n 1 "$folder/report.ndjson" | node -p "const { contract, asOf } = JSON.parse(fs.readFileSync(0)); $1"; }
title=$(about '(contract.title ?? contract.id).replace(/\p{C}+/gu, " ")')
{
  printf '%s\n%s, %s, as of %s\n\n' "$title" "$1" "$SLA_PERIOD" "$(about 'new Date(asOf).toISOString()')"
  cat -- "$folder/verdicts.txt"
} > "$folder/report.txt"

{
  printf 'To: %s\n' "$MAIL_TO"
  if [ -n "${MAIL_FROM:-}" ]; then printf 'From: %s\n' "$MAIL_FROM"; fi
  header Subject "$title, $SLA_PERIOD: $verdict"
  printf 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="%s"\n\n' "$boundary"
  printf -- '--%s\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n' "$boundary"
  encoded < "$folder/report.txt"
  printf -- '--%s\nContent-Type: text/html; charset=utf-8; name="report.html"\n' "$boundary"
  printf 'Content-Disposition: attachment; filename="report.html"\nContent-Transfer-Encoding: base64\n\n'
  encoded < "$folder/report.html"
  printf -- '--%s--\n' "$boundary"
} > "$folder/message"

# The default is several words, and so may be one's own.
${SENDMAIL:-sendmail -t -oi} < "$folder/message"
