#!/usr/bin/env bash
# Puts the Markdown report on a pull request: in place of the comment that bears the same hidden first line, if a bot
# wrote one, else as a new comment.
set -euo pipefail

TAG=$(head -n 1 -- "$MARKDOWN")
export TAG
comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
ids=$(gh api --paginate "$comments" \
  --jq '.[] | select(.user.type == "Bot") | select(.body | startswith(env.TAG)) | .id')
id=${ids%%$'\n'*}
if [ -n "$id" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$MARKDOWN" --silent
else
  gh api --method POST "$comments" --field "body=@$MARKDOWN" --silent
fi
