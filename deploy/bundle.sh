#!/usr/bin/env bash
# Everything for machines without a network in one archive: silo, worker and console with their own .NET, units, files for Prometheus and Grafana.
#   deploy/bundle.sh [--accelerator cpu|cuda|none] [--runtime linux-x64] [--out FILE]
# There: tar xf FILE -C /opt, then what distgan/docs/deploy.md says of systemd.
# With none, DISTGAN_LIBTORCH names the libtorch of that machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
accelerator=cpu runtime=linux-x64 out=
while (($#)); do
  case $1 in
    --accelerator) accelerator=${2:?}; shift 2 ;;
    --runtime) runtime=${2:?}; shift 2 ;;
    --out) out=${2:?}; shift 2 ;;
    *) echo "Unknown option $1; see the head of $0." >&2; exit 2 ;;
  esac
done
out=$(realpath -m "${out:-artifacts/distgan-$runtime-$accelerator.tar.gz}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for part in Silo Worker Client; do
  name=${part,,}
  # A variant restores without lock files into a folder of its own.
  dotnet publish "$part" -c Release -r "$runtime" --self-contained -p:Accelerator="$accelerator" -p:Variant=bundle -o "$folder/distgan/${name/client/console}" </dev/null
done
cp -r deploy/systemd deploy/prometheus deploy/grafana "$folder/distgan/"
cp README.md "$folder/distgan/"
cp -r docs "$folder/distgan/"
mkdir -p "$(dirname "$out")"
tar czf "$out" -C "$folder" distgan
echo "$out ($(du -h "$out" | cut -f1))"
