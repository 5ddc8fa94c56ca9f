#!/bin/sh
# Tries the set-up on a bare Debian: makes one with debootstrap in a folder, clones this repository
# into it and runs goals of the Makefile there, as root or as an ordinary user who may use sudo.
# Prints how long each goal took and what was downloaded. Must be started as root.
#
#   packaging/try_bare_debian.sh FOLDER root|user [GOAL ...]
#
# The bare system is kept in FOLDER and copied for each try. Taken from the surroundings:
#   SUITE, MIRROR      what debootstrap installs and from where; its own defaults otherwise
#   COPY_TO_SYSTEM     files of this machine to copy to the same place, such as certificates
#   every PIP_… variable, the proxies, and DISPLAY for `run` (its socket must be mounted)
set -eu

folder=$1
who=$2
shift 2
goals=${*:-setup}
suite=${SUITE:-bookworm}
source=$(cd "$(dirname "$0")/.." && pwd)
bare=$folder/bare-$suite
system=$folder/tried-$who

if [ ! -e "$bare/etc/debian_version" ]; then
    echo "==> Making a bare $suite"
    debootstrap --variant=minbase --include=git,make,python3,ca-certificates,sudo \
        "$suite" "$bare" ${MIRROR:+"$MIRROR"} >"$folder/debootstrap.log" 2>&1 ||
        { tail "$folder/debootstrap.log"; exit 1; }
fi

echo "==> Copying it"
rm -rf "$system"
cp -a "$bare" "$system"
cp -L /etc/resolv.conf "$system/etc/resolv.conf"
for file in ${COPY_TO_SYSTEM:-}; do
    mkdir -p "$system$(dirname "$file")"
    cp -L "$file" "$system$file"
done
git clone --quiet --no-hardlinks "$source" "$system/srv/desk"

login=root
if [ "$who" = user ]; then
    login=clerk
    chroot "$system" useradd --create-home --shell /bin/sh clerk
    echo 'clerk ALL=(ALL) NOPASSWD: ALL' >"$system/etc/sudoers.d/clerk"
    chroot "$system" chown -R clerk: /srv/desk
fi

script=$system/srv/try.sh
env | grep -E '^(PIP_[A-Z_]*|https?_proxy|no_proxy|DISPLAY)=' | sed "s/=/='/; s/\$/'/; s/^/export /" >"$script"
cat >>"$script" <<EOF
cd /srv/desk
export PIP_LOG=/srv/desk/.setup/pip.log
mkdir -p .setup
for goal in $goals; do
    started=\$(date +%s)
    make \$goal || { echo "==> make \$goal FAILED"; exit 1; }
    echo "==> make \$goal took \$((\$(date +%s) - started)) s"
done
EOF

mount -t proc proc "$system/proc"
trap 'umount "$system/proc"' EXIT
result=0
chroot "$system" su --login "$login" --command 'sh /srv/try.sh' </dev/null || result=$?

echo "==> Downloaded by apt:"
grep -h '^Fetched' "$system/srv/desk/.setup/apt.log" || echo "    nothing"
echo "==> Downloaded by pip:"
grep -hoE 'Downloading [^ ]+ \([0-9.]+ [kM]?B\)' "$system/srv/desk/.setup/pip.log" | tr -d '()' |
    awk '{ size = $3; if ($4 == "kB") size /= 1000; if ($4 == "B") size /= 1000000; sum += size; n++ }
         END { printf "    %d files, %.1f MB\n", n, sum }'
du -sh "$system/srv/desk/.venv" | awk '{ print "==> The environment is " $1 }'
exit $result
