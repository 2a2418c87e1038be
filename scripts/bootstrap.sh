#!/usr/bin/env bash
# From a clone to a running service: ./scripts/bootstrap.sh [--sample] [--no-serve]
#   --sample    load a generated workbook (its rows are marked as sample everywhere) instead of FOLHA_IA_PATH
#   --no-serve  stop after the release gate's verdict
# Reads .env. Run again any time: what is already done is not done again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/prepare.sh

prepare
run node dist/src/cli/bootstrap/bootstrap.js "$@"
case " $* " in *' --no-serve '*) exit 0 ;; esac
exec node dist/src/main.js
