"""The article of web pages the usual way in Python, trafilatura, and its day, htmldate.

Reads JSON Lines of {"url", "html"} and writes one JSON object: trafilatura's version, the seconds of
one processor that the texts took, called as Scrapinghub's benchmark calls it, those that texts and
facts together took, best of ROUNDS each, and for each page the text and what it says about itself;
then htmldate's version, and for each page the day of publication that it finds when it is asked for
the original one and searches the whole page.
The measuring program runs it beside Variorum on the same pages.

    python3 pages.py PAGES.jsonl > FOUND.json
"""

import json
import sys
import time
from importlib.metadata import version

from htmldate import find_date
from trafilatura import bare_extraction, extract

ROUNDS = 3


def text(row):
    return extract(row["html"], include_comments=False)


def facts(row):
    found = bare_extraction(row["html"], url=row["url"], include_comments=False, with_metadata=True)
    if found is None:
        return {}
    return {"title": found.title, "author": found.author, "date": found.date}


def day(row):
    try:
        return find_date(row["html"], url=row["url"], original_date=True, extensive_search=True)
    except ValueError:
        return None


def timed(work, rows):
    best = None
    for _ in range(ROUNDS):
        start = time.process_time()
        found = [work(row) for row in rows]
        took = time.process_time() - start
        best = took if best is None else min(best, took)
    return best, found


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    # Lists load on first use; that is not the cost of a page.
    text(rows[0])
    facts(rows[0])
    seconds, texts = timed(text, rows)
    with_facts, known = timed(facts, rows)
    pages = [{"text": body or ""} | of_page for body, of_page in zip(texts, known)]
    answer = {"version": version("trafilatura"), "seconds": seconds, "with_facts": with_facts}
    days = {"htmldate": version("htmldate"), "days": [day(row) for row in rows]}
    json.dump(answer | {"pages": pages} | days, sys.stdout)


if __name__ == "__main__":
    main()
