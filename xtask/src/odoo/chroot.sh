# Odoo and PostgreSQL from Debian's packages, in a Debian of their own under $RIG_ROOT/$SUITE. Needs root.
set -euo pipefail

R=$RIG_ROOT/$SUITE
install_log=$R.install.log

[[ $(id -u) == 0 ]] || { echo "without a Docker engine this needs root, for a chroot" >&2; exit 1; }
mkdir -p "$RIG_ROOT"
exec 9>"$R.lock"
flock --timeout 900 9 || { echo "another command holds $R.lock" >&2; exit 1; }

# Runs a command inside, as the named user, with nothing of this environment. The lock stays outside.
within() {
  local who=$1
  shift
  chroot --userspec="$who" "$R" /usr/bin/env -i -C /tmp \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@" 9>&-
}

connection=(--db_port="$PG_PORT" --db_user=odoo --data-dir=/tmp/odoo-data)
pg() { local tool=$1; shift; within postgres "$tool" -p "$PG_PORT" "$@"; }
data() { within odoo env -C /tmp/odoo-data "$@"; }
odoo_once() {
  # `shell` must come before the flags.
  local verb=()
  [[ $1 != shell ]] || { verb=(shell); shift; }
  within odoo odoo "${verb[@]}" "${connection[@]}" "$@"
}
cluster() { within root pg_ctlcluster "$(ls "$R/usr/lib/postgresql")" main "$@"; }

# A recorded pid may be somebody else's after a restart of the machine: only a process rooted in $R is ours.
odoo_pid() {
  local pid
  pid=$(cat "$R/odoo.pid" 2>/dev/null) && [[ $(readlink "/proc/$pid/root") == "$R" ]] && echo "$pid"
}

mount_once() {
  local at
  for at in proc dev; do mountpoint -q "$R/$at" || mount --bind "/$at" "$R/$at"; done
}

engine_install() {
  [[ ! -e $R/.installed ]] || return 0
  say "installing into $R (3 to 6 minutes, once)"
  # Interrupted, nothing may stay behind that runs; what is already installed is used by the next try.
  trap 'engine_stop; exit 130' INT TERM
  if ! command -v debootstrap >/dev/null; then
    say "installing debootstrap"
    quietly apt-get update -qq
    quietly apt-get install -y -qq debootstrap
  fi
  if [[ ! -e $R/.bootstrapped ]]; then
    say "bootstrapping Debian $SUITE"
    rm -rf --one-file-system "$R"
    quietly debootstrap --variant=minbase "$SUITE" "$R"
    touch "$R/.bootstrapped"
  fi
  mount_once
  cp /etc/resolv.conf "$R/etc/resolv.conf"
  # Packages must not start their services by themselves.
  printf '#!/bin/sh\nexit 101\n' >"$R/usr/sbin/policy-rc.d"
  chmod +x "$R/usr/sbin/policy-rc.d"
  [[ $SERIES != 19 ]] || borrow_from_sid
  say "installing Odoo and PostgreSQL"
  quietly within root apt-get -o Acquire::Check-Valid-Until=false -qq update
  quietly within root apt-get install -y -qq --no-install-recommends "odoo-$SERIES" postgresql tzdata
  # Sample data needs speed, not safety from a power cut.
  sed -i "s/^port = .*/port = $PG_PORT/; s/^#fsync = on/fsync = off/" "$R"/etc/postgresql/*/main/postgresql.conf
  start_cluster
  [[ $(pg psql -qAt -d postgres -c "select 1 from pg_roles where rolname = 'odoo'") == 1 ]] ||
    within postgres createuser -p "$PG_PORT" -s odoo
  within odoo mkdir -p /tmp/odoo-data/filestore
  make_template
  reset "$DB" "$DB2"
  touch "$R/.installed"
  trap - INT TERM
}

# Debian 13 has no odoo-19: the package comes from sid, and everything that it needs from Debian 13.
borrow_from_sid() {
  sed "s/$SUITE/sid/" "$R/etc/apt/sources.list" >"$R/etc/apt/sources.list.d/sid.list"
  cat >"$R/etc/apt/preferences.d/sid" <<PIN
Package: *
Pin: release n=sid
Pin-Priority: -1

Package: odoo-19
Pin: release n=sid
Pin-Priority: 500
PIN
}

start_cluster() { cluster status >/dev/null 2>&1 || quietly cluster start; }

engine_start() {
  mount_once
  start_cluster
  [[ -z $(odoo_pid) ]] || return 0
  say "starting"
  # A session of its own, so that neither the end of this script nor Ctrl-C ends the server.
  # Two series on one machine need two live-chat ports: the loser would restart without end and eat a core.
  setsid chroot --userspec=odoo "$R" /usr/bin/env -i -C /tmp PATH=/usr/bin:/bin HOME=/tmp LC_ALL=C.UTF-8 \
    odoo "${connection[@]}" --db_maxconn=24 --http-interface=127.0.0.1 --http-port="$HTTP_PORT" \
    "$LIVE_PORT_FLAG=$LIVE_PORT" --workers=2 --max-cron-threads=0 --log-level=warn \
    >"$R/odoo.log" 2>&1 </dev/null 9>&- &
  echo $! >"$R/odoo.pid"
}

engine_stop() {
  local pid
  if pid=$(odoo_pid); then
    say "stopping"
    kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid"
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
  fi
  rm -f "$R/odoo.pid"
  [[ ! -d $R/usr/lib/postgresql ]] || cluster stop -m fast >&2 || true
}

engine_log() { cat "$R/odoo.log"; }

engine_remove() {
  local at
  engine_stop
  # /dev is mounted inside: deleting before unmounting would empty the machine's own.
  for at in proc dev; do ! mountpoint -q "$R/$at" || umount "$R/$at"; done
  rm -rf --one-file-system "$R" "$install_log"
  say "removed $R"
}
