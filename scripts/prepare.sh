# Sourced by bootstrap.sh, test.sh and .ci/run: installs and builds when, and only when, what they depend on changed.
# Needs Node.js 20+ with npm, git and a package registry.

# Runs a command so that a signal to this shell ends it: a shell waits for a foreground command before it looks at
# signals, and a background one ignores Ctrl-C, so the trap passes SIGTERM on.
run() {
  local status=0
  "$@" &
  child=$!
  trap 'kill -TERM "$child" 2>/dev/null; wait "$child" || true; exit 130' INT
  trap 'kill -TERM "$child" 2>/dev/null; wait "$child" || true; exit 143' TERM HUP
  wait "$child" || status=$?
  trap - INT TERM HUP
  return "$status"
}

require_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo 'Node.js 20 or newer with npm is needed: https://nodejs.org' >&2
    return 1
  fi
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  if [ "$major" -lt 20 ]; then
    echo "Node.js 20 or newer is needed; this one is $(node --version)." >&2
    return 1
  fi
}

# One hash over the contents of the files whose names come on stdin.
hash_files() {
  LC_ALL=C sort | git hash-object --stdin-paths | git hash-object --stdin
}

install_stamp() {
  # Not package.json: its dependencies stand in the lock as well, and a changed script needs no installation.
  printf '%s\n' package-lock.json .npmrc | hash_files
}

build_stamp() {
  {
    find src libs migrations -type f ! -name '*.spec.ts'
    printf '%s\n' package-lock.json nest-cli.json tsconfig.json tsconfig.build.json
  } | hash_files
}

prepare() {
  require_node
  local stamp=node_modules/.cache/prodplan-install
  if [ "$(cat "$stamp" 2>/dev/null)" != "$(install_stamp)" ]; then
    echo 'Installing packages'
    run npm ci --no-audit --no-fund --loglevel=error
    mkdir -p "$(dirname "$stamp")"
    install_stamp >"$stamp"
  fi
  if [ "$(cat dist/.stamp 2>/dev/null)" != "$(build_stamp)" ]; then
    echo 'Building'
    run npm run --silent build
    build_stamp >dist/.stamp
  fi
  # The package `node` brings Node 24 whatever the machine has; npm's scripts find it the same way.
  PATH="$PWD/node_modules/.bin:$PATH"
}
