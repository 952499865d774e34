#!/usr/bin/env bash
# A cluster on this machine: one silo, three workers, one job of three replicas to its end; then everything stops.
#   deploy/local-cluster.sh [ARGUMENTS OF submit]      default: --preset ring --steps 300 --threads 1
# DISTGAN_BIN names the folder of the built console, DISTGAN_STORE a folder for what the job leaves (a temporary one is removed).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bin=${DISTGAN_BIN:-Client/bin/Release/net10.0}
[[ -f $bin/distgan.dll ]] || dotnet build -c Release Client -v q -nodeReuse:false </dev/null
store=${DISTGAN_STORE:-$(mktemp -d)}
silo_port=${SILO_PORT:-11111} gateway_port=${GATEWAY_PORT:-30000} health_port=${HEALTH_PORT:-31000}
distgan() { dotnet "$bin/distgan.dll" "$@"; }
started=()

stop_all() {
  local pid
  # The newest first: workers hand their slots over while the silo is there.
  for pid in $(printf '%s\n' "${started[@]:-}" | tac); do kill -TERM "$pid" 2>/dev/null && wait "$pid" || true; done
  [[ -n ${DISTGAN_STORE:-} ]] || rm -rf "$store"
}
trap stop_all EXIT

# start NAME HEALTH_PORT KEY=VALUE...: starts a host and waits until it is ready.
start() {
  local name=$1 health=$2 pid
  shift 2
  if { exec 3<>"/dev/tcp/127.0.0.1/$health"; } 2>/dev/null; then
    echo "Port $health is taken, perhaps by another such cluster: stop that, or set SILO_PORT, GATEWAY_PORT and HEALTH_PORT to free ones." >&2
    exit 1
  fi
  dotnet "$bin/$name.dll" "DistGan:ObjectStore:Path=$store" "DistGan:Health:Port=$health" "$@" &
  pid=$!
  started+=("$pid")
  until ready "$health"; do
    kill -0 "$pid" 2>/dev/null || { echo "$name has ended before it was ready" >&2; exit 1; }
    sleep 0.5
  done
}

ready() {
  local status
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  read -r _ status _ <&3 || status=0
  exec 3<&- 3>&-
  [[ $status == 200 ]]
}

start DistGan.Silo "$health_port" "Orleans:Endpoints:SiloPort=$silo_port" "Orleans:Endpoints:GatewayPort=$gateway_port"
for worker in 1 2 3; do
  start DistGan.Worker "$((health_port + worker))" "Orleans:Clustering:PrimarySilo=127.0.0.1:$silo_port" DistGan:Worker:Threads=1
done

(($# > 0)) || set -- --preset ring --steps 300 --threads 1
export DISTGAN_CLUSTER=localhost:$gateway_port
job=$(distgan submit "$@" --replicas 3 --detach | sed -n 's/^submitted //p')
# In the background, so that a signal to this script ends it too.
dotnet "$bin/distgan.dll" wait "$job" &
started+=("$!")
wait "$!"
