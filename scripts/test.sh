#!/usr/bin/env bash
# All tests from nothing: ./scripts/test.sh [jest options]
# Installs and builds when needed. The database tests bring their own PostgreSQL, or use TEST_DATABASE_URL; the Redis
# tests run when TEST_REDIS_URL is set. With TEST_RESULTS=<folder> the results are left there as JSON.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/prepare.sh

prepare
export NODE_OPTIONS=--experimental-vm-modules

arguments=("$@")
failed=0

# part <name> <jest options>: the caller's arguments come first, since --selectProjects swallows what follows it.
part() {
  local name=$1
  shift
  if [ -n "${TEST_RESULTS:-}" ]; then set -- "$@" --json --outputFile="$TEST_RESULTS/$name.json"; fi
  echo "== $name"
  run jest "${arguments[@]}" "$@" || failed=1
}

part unit-and-medium --selectProjects unit medium
# One at a time: these start whole products and measure what a user would see.
part e2e --selectProjects e2e --runInBand
exit "$failed"
