#!/usr/bin/env bash
# Two silos and two web nodes on this machine, on the PostgreSQL of ConnectionStrings__Slotwright. Ctrl-C stops all four.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${ConnectionStrings__Slotwright:?name the PostgreSQL database, see deploy/README.md}"
: "${Secrets__Passphrase:?give a passphrase, see deploy/README.md}"
export Storage__Provider=PostgreSql
export DOTNET_ENVIRONMENT="${DOTNET_ENVIRONMENT:-Production}" ASPNETCORE_ENVIRONMENT="${DOTNET_ENVIRONMENT:-Production}"

dotnet publish silo -c Release -o artifacts/silo
dotnet publish web -c Release -o artifacts/web

started=()
stop() { for process in "${started[@]}"; do kill -TERM "$process" 2>/dev/null || true; done; wait; }
trap stop EXIT INT TERM

for n in 1 2; do
  Silo__Port=$((11110 + n)) Silo__GatewayPort=$((30000 + n)) dotnet artifacts/silo/Slotwright.Silo.dll & started+=($!)
done
for n in 1 2; do
  Silo__Embedded=false dotnet artifacts/web/Slotwright.Web.dll --urls "http://127.0.0.1:$((5080 + n))" & started+=($!)
done
wait
