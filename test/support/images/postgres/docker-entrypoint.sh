#!/bin/bash
# What the shop uses of the official image's entry point: POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB, PGDATA and /docker-entrypoint-initdb.d.
set -euo pipefail

[ "${1:-}" != "" ] && [ "${1#-}" = "$1" ] || set -- postgres "$@"
[ "$1" = postgres ] || exec "$@"

if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses root
  mkdir -p "$PGDATA" && chown -R postgres:postgres "$PGDATA" /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --clear-groups "$0" "$@"
fi

initialise() {
  [ -n "${POSTGRES_PASSWORD:-}" ] || { echo "Error: Database is uninitialized and superuser password is not specified. Set POSTGRES_PASSWORD." >&2; exit 1; }
  local user=${POSTGRES_USER:-postgres} file
  initdb --pgdata="$PGDATA" --username="$user" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") --encoding=UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256
  printf '\nhost all all all scram-sha-256\n' >> "$PGDATA/pg_hba.conf"
  pg_ctl --pgdata="$PGDATA" --options="-c listen_addresses=''" --wait start # on the socket only: no connections before the databases exist
  sql() { psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$user" --dbname="$@"; }
  [ "${POSTGRES_DB:-postgres}" = postgres ] || sql postgres --command="create database \"$POSTGRES_DB\""
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sql) echo "$0: running $file"; sql "${POSTGRES_DB:-postgres}" --file="$file";;
      *.sh) echo "$0: sourcing $file"; . "$file";;
    esac
  done
  pg_ctl --pgdata="$PGDATA" --mode=fast --wait stop
}

mkdir -p "$PGDATA"
chmod 700 "$PGDATA" # each time: a kubelet opens the volume to fsGroup, and the server refuses a folder that its group may write
[ -s "$PGDATA/PG_VERSION" ] || initialise
exec "$@"
