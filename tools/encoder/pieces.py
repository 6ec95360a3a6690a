"""Word pieces: the unigram vocabulary of the encoder, and how a token is cut into pieces.

The vocabulary is that of multilingual-e5-small, cut to the pieces that European languages need. A token is cut by
itself: a mark of a word's beginning stands before it where white space does, and the most likely pieces are taken
(Viterbi over unigram scores). `variorum-encoder` does the same at run time."""
import json

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
WORD = "\u2581"
LONGEST = 16          # characters of a piece
MOST = 12             # pieces of a token; what comes after is left out
COUNT = 60000


def european(piece):
    """Latin, Greek and Cyrillic letters, digits and marks."""
    return all(ord(c) < 0x530 or 0x1E00 <= ord(c) < 0x2100 or 0x20A0 <= ord(c) < 0x2200 or c == WORD for c in piece)


def cut(path):
    """The pieces to keep, as (old index, piece, score): special ones, single characters, then by score."""
    given = json.load(open(path))["pieces"]
    kept = list(range(4))
    rest = [i for i in range(4, len(given)) if european(given[i][0]) and len(given[i][0]) <= LONGEST]
    single = [i for i in rest if len(given[i][0].replace(WORD, "")) <= 1]
    longer = [i for i in rest if len(given[i][0].replace(WORD, "")) > 1]
    # Cyrillic takes a tenth at most, so that the others lose little.
    cyrillic = lambda i: any(0x400 <= ord(c) < 0x530 for c in given[i][0])
    longer.sort(key=lambda i: (-given[i][1], i))
    room = COUNT - len(kept) - len(single)
    slavic = [i for i in longer if cyrillic(i)][:room // 10]
    others = [i for i in longer if not cyrillic(i)][:room - len(slavic)]
    kept += sorted(single + slavic + others)
    return [(i, *given[i]) for i in kept]


class Pieces:
    def __init__(self, pieces):
        """`pieces`: (piece, score) in the order of their numbers."""
        self.table = {p: (n, s) for n, (p, s) in enumerate(pieces) if n > UNKNOWN}
        self.least = min(s for _, s in pieces[4:]) - 10.0
        self.known = {}

    def of(self, token, begins):
        """The numbers of the pieces of one token."""
        key = (token, begins)
        if key not in self.known:
            self.known[key] = self.search((WORD if begins else "") + token[:200])
        return self.known[key]

    def search(self, text):
        best = [(0.0, 0, 0)] + [(-1e30, 0, UNKNOWN)] * len(text)
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - LONGEST), end):
                found = self.table.get(text[start:end])
                if found is None:
                    if end - start > 1:
                        continue
                    found = (UNKNOWN, self.least)
                score = best[start][0] + found[1]
                if score > best[end][0]:
                    best[end] = (score, start, found[0])
        out, at = [], len(text)
        while at:
            out.append(best[at][2])
            at = best[at][1]
        out.reverse()
        return out[:MOST]


if __name__ == "__main__":
    import sys
    import numpy as np

    arrays, pieces, to_arrays, to_pieces, to_table = sys.argv[1:]
    kept = cut(pieces)
    given = dict(np.load(arrays))
    words = "embeddings.word_embeddings.weight"
    given[words] = given[words][[i for i, _, _ in kept]]
    np.savez(to_arrays, **given)
    json.dump([[p, s] for _, p, s in kept], open(to_pieces, "w"), ensure_ascii=False)
    with open(to_table, "w", encoding="utf-8") as f:
        f.writelines(f"{p}\t{s:.4f}\n" for _, p, s in kept)
