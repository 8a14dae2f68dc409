# What both engines share. The engine's own file (chroot.sh or docker.sh) is read before this one and gives:
#   engine_install   engine_start   engine_stop   engine_remove   engine_log
#   pg TOOL …        a PostgreSQL client program (psql, createdb, dropdb), as a superuser
#   odoo_once …      the odoo program in the foreground, connected to the database server
#   data COMMAND …   a command in Odoo's data folder
#
# Given by the environment: SERIES DB DB2 MODULES DEMO_FLAG LIVE_PORT_FLAG HTTP_PORT LIVE_PORT PG_PORT SUITE PG_IMAGE RIG_ROOT

template=${DB}_template

say() { printf 'odoo %s: %s\n' "$SERIES" "$*" >&2; }
fail() { say "$*"; exit 1; }

# Runs a command with its output in $install_log, which is shown only when the command fails.
quietly() {
  "$@" >>"$install_log" 2>&1 </dev/null && return
  say "failed: $*"
  say "the end of $install_log:"
  tail -n 20 "$install_log" >&2
  exit 1
}

make_template() {
  say "making the sample database (1 to 3 minutes)"
  quietly pg dropdb --if-exists "$template"
  # shellcheck disable=SC2086 # no flag at all is one of its values
  quietly odoo_once --database="$template" -i "$MODULES" $DEMO_FLAG --stop-after-init --log-level=error
}

# Each name becomes a fresh copy of the sample database; whoever is connected to the old one is cut off.
reset() {
  local name
  for name in "$@"; do
    say "copying the sample database to $name"
    pg psql -qAt -d postgres -c "select pg_terminate_backend(pid) from pg_stat_activity
      where datname in ('$name', '$template') and pid <> pg_backend_pid()" >/dev/null
    pg dropdb --if-exists "$name" 2>/dev/null
    pg createdb -O odoo -T "$template" "$name"
    data rm -rf "filestore/$name"
    data sh -c "test ! -d filestore/$template || cp -r filestore/$template filestore/$name"
  done
}

# An API key of the administrator. Odoo wants an expiry date since 18.
apikey() {
  local expiry=''
  ((SERIES < 18)) || expiry=', datetime.datetime.now() + datetime.timedelta(days=1)'
  printf '%s\n' 'import datetime' \
    "print('KEY=' + env['res.users.apikeys'].with_user(2)._generate('rpc', 'rig'$expiry))" \
    'env.cr.commit()' |
    odoo_once shell --database="$DB" --log-level=error --no-http | sed -n 's/.*KEY=//p'
}

case $1 in
  up)
    engine_install
    engine_start
    ;;
  down) engine_stop ;;
  reset)
    shift
    reset "$@"
    ;;
  apikey) apikey ;;
  logs) engine_log ;;
  remove) engine_remove ;;
  *) fail "no such verb: $1" ;;
esac
