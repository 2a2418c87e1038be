# Sourced by .ci/run: Debian's PostgreSQL 15 and Redis, each on loopback with data of its own, for one CI run.
# start_postgres_15 and start_redis leave TEST_DATABASE_URL and TEST_REDIS_URL; stop_servers ends what they started.

PG15=/usr/lib/postgresql/15/bin
servers_dir=
postgres_started=
redis_pid=

# Installs Debian packages that are missing. As root, or through sudo where that asks for no password.
need_packages() {
  local sudo=
  [ "$(id -u)" -eq 0 ] || sudo='sudo -n'
  $sudo apt-get update -qq </dev/null
  # policy-rc.d semantics differ from image to image; a cluster that the package starts is left alone.
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

install_servers() {
  local missing=
  [ -x "$PG15/initdb" ] || missing="$missing postgresql-15"
  command -v redis-server >/dev/null || missing="$missing redis-server"
  # shellcheck disable=SC2086
  [ -z "$missing" ] || need_packages $missing
  [ -x "$PG15/initdb" ] && command -v redis-server >/dev/null
}

# The browser that pages are looked at with, and a font for it.
install_browser() {
  command -v chromium >/dev/null || need_packages chromium fonts-dejavu-core
  command -v chromium >/dev/null
}

free_port() {
  node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}

# Runs a PostgreSQL program as an account it accepts: as root, Debian's postgres.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}

make_servers_dir() {
  [ -n "$servers_dir" ] && return
  servers_dir=$(mktemp -d)
  chmod 755 "$servers_dir"
}

start_postgres_15() {
  make_servers_dir
  local data=$servers_dir/pg15 port
  port=$(free_port)
  mkdir "$data"
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$data"; fi
  cd "$servers_dir" || return
  # With a password, as servers have: the tests look whether one ever shows.
  echo ci-secret >"$servers_dir/password"
  as_postgres "$PG15/initdb" --pgdata="$data" --username=ci --pwfile="$servers_dir/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  as_postgres "$PG15/pg_ctl" --pgdata="$data" --log="$data/log" --wait start --silent --options="-p $port \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c max_connections=200" </dev/null >/dev/null
  cd - >/dev/null || return
  postgres_started=$data
  TEST_DATABASE_URL=postgresql://ci:ci-secret@127.0.0.1:$port/postgres
}

start_redis() {
  make_servers_dir
  local port
  port=$(free_port)
  redis-server --bind 127.0.0.1 --port "$port" --save '' --appendonly no --dir "$servers_dir" </dev/null >/dev/null &
  redis_pid=$!
  TEST_REDIS_URL=redis://127.0.0.1:$port/0
  for _ in $(seq 50); do
    redis-cli -p "$port" ping >/dev/null 2>&1 && return
    sleep 0.1
  done
  return 1
}

stop_servers() {
  [ -z "$redis_pid" ] || kill "$redis_pid" 2>/dev/null
  if [ -n "$postgres_started" ]; then
    (cd / && as_postgres "$PG15/pg_ctl" --pgdata="$postgres_started" --mode=fast --wait stop --silent >/dev/null)
  fi
  [ -z "$servers_dir" ] || rm -rf "$servers_dir"
  servers_dir='' postgres_started='' redis_pid=''
}
