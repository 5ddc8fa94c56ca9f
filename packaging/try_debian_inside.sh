#!/bin/sh
# The part of try_debian.sh that runs as root inside the bare system.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
say() { echo "==> $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
person() { su --login clerk --command "sh -eu /srv/try_debian_person.sh $*"; }

if command -v python3 >/dev/null; then fail "this system has Python"; fi
useradd --create-home --shell /bin/sh clerk
install -d -o clerk /srv/pictures

say "Installing"
apt-get -q install --yes --no-install-recommends /srv/desk.deb /srv/hq.deb >/srv/apt.log 2>&1 ||
    { tail -20 /srv/apt.log; fail "the packages do not install"; }
if command -v python3 >/dev/null; then fail "the packages brought Python along"; fi
dpkg --audit
sh /var/lib/dpkg/info/embassy-desk.postinst configure "" # once more: nothing may change
say "Installed: $(dpkg-query -W -f '${Package} ${Version} (${Installed-Size} KiB) ' embassy-desk embassy-desk-hq)"

person work
before=$(dpkg-query -W -f '${Version}' embassy-desk)

say "Upgrading while the desk is open: refused"
su --login clerk --command "sh -eu /srv/try_debian_person.sh open" &
until [ -e /srv/pictures/opened ]; do sleep 0.2; done
if apt-get -q install --yes /srv/newer.deb >/srv/apt.log 2>&1; then fail "it upgraded an open desk"; fi
grep -q "Embassy Desk is open" /srv/apt.log || { tail -20 /srv/apt.log; fail "no reason was given"; }
touch /srv/pictures/close && chown clerk /srv/pictures/close
wait

say "Upgrading"
apt-get -q install --yes /srv/newer.deb >/srv/apt.log 2>&1 || { tail -20 /srv/apt.log; fail "no upgrade"; }
say "Upgraded: $before -> $(dpkg-query -W -f '${Version}' embassy-desk)"
person after

say "Uninstalling"
apt-get -q purge --yes embassy-desk >/srv/apt.log 2>&1 || { tail -20 /srv/apt.log; fail "no removal"; }
[ ! -e /usr/lib/embassy-desk ] || fail "the program is still there"
[ ! -e /etc/embassy-desk ] || fail "an empty folder of policy is still there"
[ -s ~clerk/.local/share/embassy-desk/profile/store.db ] || fail "the data of the person are gone"
apt-get -q install --yes --no-install-recommends /srv/desk.deb >/srv/apt.log 2>&1
person after
say "All of it held"
