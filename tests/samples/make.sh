#!/bin/sh
# Make a sample of a released program: sh tests/samples/make.sh COMMIT SCHEMA
# The program of COMMIT plays its demonstration in a folder of its own and answers the questions kept beside.
set -eu
commit=$1 schema=$2
files=$(cd "$(dirname "$0")/files" && pwd)
work=$(mktemp -d)
git archive "$commit" | tar -x -C "$work"
cd "$work"
python3 -m venv --without-pip .venv
python3 -m pip --python .venv/bin/python install -q -e .
.venv/bin/jcli demo sample --quiet --lang id
xz -9e --stdout sample/contoh.db >"$files/schema-$schema.db.xz"
ask() { .venv/bin/jcli --db sample/contoh.db --today 2025-08-04 --actor rina --json "$@"; }
{
  printf '{"coverage": '; ask report coverage --year 2025 --by kelurahan
  printf ', "bill": '; ask iuran bill 2025-08
  printf ', "claims": '; ask claim list
  printf '}\n'
} | python3 -m json.tool --no-ensure-ascii >"$files/schema-$schema.json"
rm -rf "$work"
