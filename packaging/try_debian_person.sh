#!/bin/sh
# The part of try_debian.sh that a person does: work | open | after.
set -eu
cd
pictures=/srv/pictures
examples=/usr/lib/embassy-desk/_internal/embassy_desk/resources/examples
phrase='Sen nở mùa hạ 2026'
desk="embassy-desk --passphrase-file $HOME/phrase"
export DISPLAY=:7 EMBASSY_DESK_HQ_HOME=$HOME/hq LC_ALL=C.UTF-8
say() { echo "    $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
wait_for() { # SECONDS COMMAND: until it succeeds
    seconds=$1; shift
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt $((seconds * 5)) ] || fail "waited $seconds s for: $*"
        sleep 0.2
    done
}
holds_store() { # PID: whether this process has opened the store
    ls -l "/proc/$1/fd" 2>/dev/null | grep -q "profile/store.db"
}
counts() { $desk list contact --json | grep -c '"id"'; }

unlock_in_window() { # NAME OF PICTURE: starts the desk, types the passphrase, waits for the store
    Xvfb $DISPLAY -screen 0 1366x768x24 >/dev/null 2>&1 &
    screen=$!
    wait_for 20 xdotool getdisplaygeometry
    started=$(date +%s%N)
    embassy-desk >"$HOME/window.log" 2>&1 &
    window=$!
    wait_for 60 xdotool search --onlyvisible --name "Embassy Desk"
    say "a window after $((($(date +%s%N) - started) / 1000000)) ms"
    xwd -root -silent >"$pictures/$1-locked.xwd"
    # Without a window manager the focus is given by hand; what was typed too early is typed again.
    for attempt in 1 2 3 4; do
        xdotool search --onlyvisible --name "Embassy Desk" windowfocus
        xdotool key ctrl+a
        xdotool type --delay 20 "$phrase"
        xdotool key Return
        tries=0
        until holds_store $window || [ $tries -ge 75 ]; do sleep 0.2; tries=$((tries + 1)); done
        if holds_store $window; then break; fi
        xwd -root -silent >"$pictures/$1-attempt-$attempt.xwd"
    done
    holds_store $window || fail "the desk does not open"
    sleep 4 # for the picture only: the home page is filled
    xwd -root -silent >"$pictures/$1-open.xwd"
    say "unlocked in the window"
}

close_window() {
    kill -TERM $window
    wait $window || true
    kill $screen
    wait $screen || true
}

work() {
    printf '%s\n' "$phrase" >phrase
    $desk init --mission TOK --person "Nguyễn Văn An"
    $desk import $examples/contacts.vcf
    $desk import $examples/organisations.csv --as organisations
    $desk import $examples/agreements.csv --as agreements
    counts >contacts-before
    [ "$(cat contacts-before)" -gt 3 ] || fail "few contacts came in"
    $desk report periodic --to report.docx --language vi --from 2026-01-01
    $desk report periodic --to report.pdf --language vi --from 2026-01-01
    [ "$(head -c 2 report.docx)" = PK ] || fail "no DOCX"
    [ "$(head -c 4 report.pdf)" = %PDF ] || fail "no PDF"
    say "wrote a DOCX of $(wc -c <report.docx) and a PDF of $(wc -c <report.pdf) bytes"

    embassy-desk-hq init
    embassy-desk-hq serve --port 8555 >hq.log 2>&1 &
    service=$!
    wait_for 30 grep -q 8555 hq.log
    embassy-desk-hq mission add TOK --name Tokyo >/dev/null
    code=$(embassy-desk-hq enrolment new --mission TOK --json | sed -n 's/.*"code": *"\([^"]*\)".*/\1/p')
    $desk enrol --code "$code" --url https://127.0.0.1:8555
    device=$(embassy-desk-hq devices --json | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -1)
    embassy-desk-hq devices approve "$device"
    printf '{"lock_minutes": 5, "default.theme": "dark"}' >policy.json
    embassy-desk-hq policy sign policy.json --order-key hq/offline/order.key --to signed.json
    embassy-desk-hq policy publish signed.json
    $desk sync
    $desk policy | grep -q '^\* lock_minutes  *5 ' || fail "the policy of headquarters does not hold"
    $desk pouch write out.pouch
    kill $service
    wait $service || true
    say "enrolled, approved, exchanged, wrote a pouch"

    # The keyring of this account, as a desktop session brings it.
    dbus-run-session -- sh -eu -c '
        printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null
        '"$desk"' add contact family_name=Đặng given_name=Hường >/dev/null
        secret-tool search --all service embassy-desk 2>&1 | grep -q "^label" ||
            { echo "FAILED: nothing lies in the Secret Service" >&2; exit 1; }
    '
    say "the Secret Service holds the mark"
    counts >contacts-before

    unlock_in_window first
    close_window
}

plant() { # Nothing that variables name may be loaded.
    mkdir -p planted
    printf 'raise SystemExit("planted")\n' >planted/sitecustomize.py
    printf 'openssl_conf = planted\n[planted]\nengines = e\n[e]\nx = y\n[y]\ndynamic_path = %s\n' \
        "$HOME/planted/marker.so" >planted/openssl.cnf
    PYTHONPATH=$HOME/planted PYTHONHOME=$HOME/planted PYTHONSTARTUP=$HOME/planted/sitecustomize.py \
        PYTHON_KEYRING_BACKEND=planted.Keyring OPENSSL_CONF=$HOME/planted/openssl.cnf \
        SSL_CERT_FILE=$HOME/planted/none QT_PLUGIN_PATH=$HOME/planted \
        $desk verify
    say "planted variables changed nothing"
}

after() {
    [ "$(counts)" = "$(cat contacts-before)" ] || fail "contacts are missing"
    $desk verify
    plant
    unlock_in_window after
    close_window
}

open() {
    unlock_in_window open
    touch $pictures/opened
    wait_for 120 test -e $pictures/close
    close_window
}

"$1"
