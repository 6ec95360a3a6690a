"""Reports as the encoder reads them: pieces, windows of sentences, and what people labelled in them.

Reads what `variorum-train passages` writes, beside the labels of PolNeAR (`attributions`) and of whole stories
(`statements`). Labels are turned from code points to tokens."""
import bisect, gzip, json, re

LONGEST_WINDOW = 510   # pieces, without the two at the ends
BEFORE, BEHIND = 96, 32  # pieces of context that a window shares with its neighbours
LITTLE = set("a an the of for to in on at by and or with from who whose his her their its one two as is was mr mrs ms dr".split())


def rows(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


class Doc:
    """One report. `pieces[t]` are the pieces of token t; `windows` its (first sentence, own first, own last, last sentence)."""

    def __init__(self, row, vocabulary):
        self.id, self.text = row["id"], row["text"]
        self.tokens, self.sentences = row["tokens"], row["sentences"]
        self.words = [self.text[a:b] for a, b in self.tokens]
        self.pieces = [vocabulary.of(w, a == 0 or self.text[a - 1].isspace()) for w, (a, _) in zip(self.words, self.tokens)]
        self.starts = [a for a, _ in self.tokens]
        self.ends = [b for _, b in self.tokens]
        self.windows = windows([sum(len(self.pieces[t]) for t in range(a, b)) for a, b, _ in self.sentences])
        self.sentence_of = [0] * len(self.tokens)
        for i, (a, b, _) in enumerate(self.sentences):
            self.sentence_of[a:b] = [i] * (b - a)
        self.attributions, self.statements = None, None

    def span(self, start, end):
        """The tokens that lie in some code points, marks at the ends left out."""
        a = bisect.bisect_left(self.ends, start + 1)
        b = bisect.bisect_left(self.starts, end)
        while a < b and not re.search(r"\w", self.words[a]):
            a += 1
        while a < b and not re.search(r"\w", self.words[b - 1]):
            b -= 1
        return a, b


def windows(counts):
    """Sentences in windows that fit the encoder; each sentence is one window's own, the others see it as context."""
    out, first = [], 0
    while first < len(counts):
        begin, room = first, BEFORE
        while begin > 0 and counts[begin - 1] <= room:
            begin -= 1
            room -= counts[begin]
        used = sum(counts[begin:first])
        last = first
        rest = sum(counts[first:])
        limit = LONGEST_WINDOW if used + rest <= LONGEST_WINDOW else LONGEST_WINDOW - BEHIND
        while last < len(counts) and (last == first or used + counts[last] <= limit):
            used += counts[last]
            last += 1
        end = last
        while end < len(counts) and used + counts[end] <= LONGEST_WINDOW:
            used += counts[end]
            end += 1
        out.append((begin, first, last, end))
        first = last
    return out


def same_words(doc, speaker):
    """Tokens that may name a speaker told as 'Full Name, role': the last word of the name, else any of its words."""
    words = lambda t: re.findall(r"\w+", t.lower())
    name = [w for w in words(speaker.split(",")[0].split("(")[0])]
    lower = [re.sub(r"['’]s$", "", w.lower()) for w in doc.words]
    if not name:
        return []
    for wanted in ([name[-1]], [w for w in name if w not in LITTLE], [w for w in words(speaker) if w not in LITTLE]):
        found = [t for t, w in enumerate(lower) if any(p in wanted for p in re.split(r"[-‐‑]", w))]
        if found:
            return found
    return []


def polnear(doc, row):
    """Attributions as sets of tokens."""
    doc.attributions = []
    for one in row["attributions"]:
        part = lambda name: sorted({t for a, b in one[name] for t in range(*doc.span(a, b))})
        cue = part("cue")
        if cue and part("content"):
            doc.attributions.append((cue, part("source"), part("content")))


def story(doc, gold):
    """Statements of one report, as (first token, last + 1, kind, weight, tokens that name the speaker, number of the statement, speaker)."""
    doc.statements = []
    for n, s in enumerate(gold["statements"]):
        named = None
        for v in s["variants"]:
            if v["report"] != doc.id:
                continue
            start = v["start"] if "start" in v else doc.text.index(v["quote"])
            a, b = doc.span(start, start + len(v["quote"]))
            if a >= b:
                continue
            if named is None:
                named = same_words(doc, s["speaker"])
            outside = [t for t in named if not a <= t < b]
            doc.statements.append((a, b, ("direct", "indirect", "mixed").index(v["kind"]), s["weight"], outside or named, n, s["speaker"]))
    doc.statements.sort(key=lambda s: (s[0], -s[1]))
