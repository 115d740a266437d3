#!/bin/sh
# Makes the two keys of the hub in its key vault, where they are not there yet; with a key's name, a new version of that key. The value is
# seen by nobody: it goes from the random source into the vault. Whoever runs it needs the role Key Vault Secrets Officer on the vault.
#   infra/make-keys.sh VAULT                    # the first time: family-link-key and cookie-key
#   infra/make-keys.sh VAULT family-link-key    # a new version; the one before goes on opening what it made until it is disabled
set -eu
vault=${1:?the name of the key vault is needed}

make() {
  umask 077
  file=$(mktemp)
  trap 'rm -f "$file"' EXIT
  openssl rand -base64 32 > "$file"
  az keyvault secret set --vault-name "$vault" --name "$1" --file "$file" --encoding utf-8 --content-type 'base64 key' --output none
  rm -f "$file"
  echo "made $1 in $vault" >&2
}

case "${2:-}" in
  '')
    # Only a key vault that answers "there is none" is given one: whatever else is wrong must not make a second key.
    for name in family-link-key cookie-key; do
      there=$(az keyvault secret list --vault-name "$vault" --query "[?name=='$name'] | length(@)" --output tsv)
      case "$there" in
        0) make "$name" ;;
        1) echo "$name is in $vault already" >&2 ;;
        *) echo "$vault did not say whether it has $name" >&2; exit 1 ;;
      esac
    done ;;
  family-link-key | cookie-key) make "$2" ;;
  *) echo "$2 is not a key of the hub" >&2; exit 2 ;;
esac
