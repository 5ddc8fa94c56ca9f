#!/bin/sh
# Tries the packages on a bare Debian that has no Python: installs them, works with the desk as a
# person would, upgrades, uninstalls. Every step fails the whole. Must be started as root.
#
#   packaging/try_debian.sh FOLDER DESK.deb HQ.deb NEWER-DESK.deb
#
# The bare system is kept in FOLDER and copied for each try; what is mounted in the copy is seen by
# this try alone and goes with it. Pictures of the screen are left in FOLDER as *.xwd.
#   SUITE, MIRROR    what debootstrap installs and from where; its own defaults otherwise
set -eu

folder=$1
desk=$2
hq=$3
newer=$4
suite=${SUITE:-bookworm}
here=$(cd "$(dirname "$0")" && pwd)
bare=$folder/base
system=$folder/tried
tools="xvfb xdotool x11-apps dbus-daemon gnome-keyring libsecret-tools procps"

if [ ! -e "$bare/etc/debian_version" ]; then
    echo "==> Making a bare $suite"
    debootstrap --variant=minbase "$suite" "$bare" ${MIRROR:+"$MIRROR"} >"$folder/debootstrap.log" 2>&1 ||
        { tail "$folder/debootstrap.log"; exit 1; }
fi
if [ ! -e "$bare/srv/tools" ]; then
    echo "==> Adding what watches the desk: $tools"
    cp -L /etc/resolv.conf "$bare/etc/resolv.conf"
    chroot "$bare" apt-get -q update >"$folder/apt.log" 2>&1
    chroot "$bare" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q install --yes --no-install-recommends $tools >>"$folder/apt.log" 2>&1 ||
        { tail "$folder/apt.log"; exit 1; }
    touch "$bare/srv/tools"
fi

echo "==> Copying it"
rm -rf --one-file-system "$system"
cp -a "$bare" "$system"
cp -L /etc/resolv.conf "$system/etc/resolv.conf"
cp "$desk" "$system/srv/desk.deb"
cp "$hq" "$system/srv/hq.deb"
cp "$newer" "$system/srv/newer.deb"
cp "$here/try_debian_inside.sh" "$here/try_debian_person.sh" "$system/srv/"

exec unshare --mount --pid --fork --kill-child sh -eu -c '
    mount -t proc proc "$1/proc"
    mount --bind /dev "$1/dev"
    mkdir -p "$1/dev/shm"
    chroot "$1" sh -eu /srv/try_debian_inside.sh
    cp "$1"/srv/pictures/*.xwd "$2/"
' sh "$system" "$folder"
