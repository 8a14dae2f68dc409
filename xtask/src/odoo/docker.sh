# Odoo and PostgreSQL from their official images, in two containers on a network of their own.
# Written where no Docker engine was to be had: read twice, not yet run.
set -euo pipefail

name=odoo-rig-$SERIES
install_log=${TMPDIR:-/tmp}/$name.install.log
connection=(--db_host="$name-db" --db_user=odoo --db_password=odoo)

pg() { docker exec -i "$name-db" "$1" -U odoo "${@:2}"; }
data() { docker run --rm -i --user odoo --entrypoint env -v "$name:/var/lib/odoo" "odoo:$SERIES" -C /var/lib/odoo "$@"; }
odoo_once() {
  # `shell` must come before the flags.
  local verb=()
  [[ $1 != shell ]] || { verb=(shell); shift; }
  docker run --rm -i --network "$name" -v "$name:/var/lib/odoo" --entrypoint odoo "odoo:$SERIES" \
    "${verb[@]}" "${connection[@]}" "$@"
}
exists() { docker container inspect "$1" >/dev/null 2>&1; }

start_cluster() {
  docker network inspect "$name" >/dev/null 2>&1 || quietly docker network create "$name"
  # Sample data needs speed, not safety from a power cut.
  exists "$name-db" || quietly docker create --name "$name-db" --network "$name" -e POSTGRES_USER=odoo \
    -e POSTGRES_PASSWORD=odoo -e POSTGRES_DB=postgres "$PG_IMAGE" -c fsync=off
  quietly docker start "$name-db"
  for _ in $(seq 60); do pg pg_isready -q -h 127.0.0.1 && return; sleep 1; done
  fail "PostgreSQL did not start: docker logs $name-db"
}

engine_install() {
  start_cluster
  # The second database is made last: where it exists, the installation was finished.
  [[ $(pg psql -qAt -d postgres -c "select 1 from pg_database where datname = '$DB2'") != 1 ]] || return 0
  say "installing by Docker (3 to 6 minutes, once)"
  make_template
  reset "$DB" "$DB2"
}

engine_start() {
  exists "$name" || quietly docker create --name "$name" --network "$name" -v "$name:/var/lib/odoo" \
    -p "127.0.0.1:$HTTP_PORT:8069" --entrypoint odoo "odoo:$SERIES" \
    "${connection[@]}" --db_maxconn=24 --workers=2 --max-cron-threads=0 --log-level=warn
  quietly docker start "$name"
}

engine_stop() { for each in "$name" "$name-db"; do ! exists "$each" || docker stop "$each" >&2; done; }
engine_log() { docker logs "$name"; }

engine_remove() {
  for each in "$name" "$name-db"; do ! exists "$each" || docker rm --force --volumes "$each" >&2; done
  docker volume rm --force "$name" >&2
  docker network rm "$name" >&2 || true
}
