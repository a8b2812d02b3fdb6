#!/bin/sh
# Make .env of .env.example: every secret is random. An .env that is there stays as it is.
#   sh deploy/make-env.sh [FILE]
set -eu
env=${1:-.env}
example=$(dirname "$0")/../.env.example

if [ -e "$env" ]; then
  echo "$env is there already; its secrets stay as they are." >&2
  exit 2
fi

random() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }
# Fernet wants its 32 bytes in base64.
fernet() { head -c 32 /dev/urandom | base64 | tr '+/' '-_'; }

# Files in the inbox belong to whoever runs this; the containers' user has to be able to take them.
uid=$(id -u)
[ "$uid" -ne 0 ] || uid=1000

umask 077
trap 'rm -f "$env.part"' EXIT
while IFS= read -r line; do
  case "$line" in
    LUMBUNG_FERNET_KEY=*) line="LUMBUNG_FERNET_KEY=$(fernet)" ;;
    *=change-me) line="${line%=*}=$(random)" ;;
    LUMBUNG_UID=*) line="LUMBUNG_UID=$uid" ;;
  esac
  printf '%s\n' "$line"
done < "$example" > "$env.part"
mv "$env.part" "$env"
umask 022
for folder in $(sed -n 's/^LUMBUNG_INBOX=//p; s/^LUMBUNG_OWN_CONTRACTS=//p' "$env"); do
  mkdir -p "$folder"
  [ "$(id -u)" -ne 0 ] || chown "$uid" "$folder"
done
echo "$env is made. Keep a copy of LUMBUNG_KEY apart from the backups: without it no new row joins the old ones." >&2
