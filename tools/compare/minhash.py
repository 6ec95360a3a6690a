"""Near-duplicate reports the usual way in Python: datasketch's MinHashLSH.

Reads JSON Lines of {"id", "text"} and writes one JSON object: the seconds with sketches made in
batches, those with sketches made a shingle at a time as datasketch's documentation shows, and for
each threshold the pairs found. The measuring program runs it beside Variorum on the same texts.

    python3 minhash.py TEXTS.jsonl > FOUND.json
"""

import json
import re
import sys
import time

from datasketch import MinHash, MinHashLSH

PERMUTATIONS = 128
SHINGLE = 5
THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
TIMED = 0.5


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + SHINGLE]).encode() for i in range(max(1, len(words) - SHINGLE + 1))}


def sketch(text):
    minhash = MinHash(num_perm=PERMUTATIONS)
    minhash.update_batch(shingles(text))
    return minhash


def sketch_as_documented(text):
    minhash = MinHash(num_perm=PERMUTATIONS)
    for shingle in shingles(text):
        minhash.update(shingle)
    return minhash


def pairs(ids, sketches, threshold):
    lsh = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    found = []
    for i, (name, minhash) in enumerate(zip(ids, sketches)):
        for j in lsh.query(minhash):
            if sketches[j].jaccard(minhash) >= threshold:
                found.append([ids[j], name])
        lsh.insert(i, minhash)
    return found


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    ids = [row["id"] for row in rows]
    start = time.perf_counter()
    sketches = [sketch(row["text"]) for row in rows]
    sketched = time.perf_counter() - start
    start = time.perf_counter()
    for row in rows:
        sketch_as_documented(row["text"])
    documented = time.perf_counter() - start
    answer = {}
    for threshold in THRESHOLDS:
        start = time.perf_counter()
        answer[str(threshold)] = pairs(ids, sketches, threshold)
        if threshold == TIMED:
            searched = time.perf_counter() - start
    seconds = {"seconds": sketched + searched, "documented": documented + searched}
    json.dump(seconds | {"pairs": answer}, sys.stdout)


if __name__ == "__main__":
    main()
