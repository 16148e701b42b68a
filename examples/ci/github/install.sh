#!/usr/bin/env bash
# Puts sla on the PATH of the steps that follow. PACKAGE: what npm installs it from, or nothing.
set -euo pipefail

if [ -n "${PACKAGE:-}" ]; then
  npm install --prefix "$RUNNER_TEMP/sla" --no-audit --no-fund "$PACKAGE"
  echo "$RUNNER_TEMP/sla/node_modules/.bin" >> "$GITHUB_PATH"
elif [ -x node_modules/.bin/sla ]; then
  echo "$PWD/node_modules/.bin" >> "$GITHUB_PATH"
elif command -v sla > /dev/null; then
  echo "sla $(sla --version) is on the PATH"
else
  # The action lies in examples/ci/github of the repository of sla, which the runner has fetched whole.
  root=$(cd "$GITHUB_ACTION_PATH/../../.." && pwd)
  (cd "$root" && npm ci --no-audit --no-fund && npm run bundle)
  mkdir -p "$RUNNER_TEMP/sla"
  printf '#!/usr/bin/env bash\nexec node %q "$@"\n' "$root/bin/sla.js" > "$RUNNER_TEMP/sla/sla"
  chmod +x "$RUNNER_TEMP/sla/sla"
  echo "$RUNNER_TEMP/sla" >> "$GITHUB_PATH"
fi
