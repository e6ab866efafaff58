#!/usr/bin/env python3
"""Makes app/domain/tests/fixtures/opinion/red_dwarf.json: what the PyPI package red-dwarf answers on
each opinion conversation beside the repository, for 2 to 5 groups.

Run it in a throw-away virtual environment:

    python3 -m venv "$TMPDIR/opinion" && "$TMPDIR/opinion/bin/pip" install red-dwarf==0.4.0
    "$TMPDIR/opinion/bin/python" end2end/references/opinion.py

Beside it, what scikit-learn's k-means finds on the same positions as the best of 100 starts. Votes
are read from the folder `data` beside this script and never written.
"""

import csv
import json
import pathlib
import warnings

from reddwarf.implementations.base import run_pipeline
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).resolve()
REPOSITORY = HERE.parents[2]
SHARED = REPOSITORY / "end2end/references/data"
OUT = REPOSITORY / "app/domain/tests/fixtures/opinion/red_dwarf.json"


def open_data(folder):
    """(votes, statements left out, {participant: published group})"""
    with open(folder / "comments.csv", encoding="utf-8", newline="") as text:
        out = [int(row["comment-id"]) for row in csv.DictReader(text) if row["moderated"] == "-1"]
    votes, published = [], {}
    with open(folder / "participants-votes.csv", encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            person = int(row["participant"])
            if row["group-id"]:
                published[person] = row["group-id"]
            for name, value in row.items():
                if name.isdigit() and value:
                    votes.append(vote(person, int(name), int(value)))
    return votes, out, published


def server_json(folder):
    """The same, of a folder as the server keeps it."""
    with open(folder / "comments.json", encoding="utf-8") as text:
        comments = json.load(text)
    out = [
        either(c, "statement_id", "tid")
        for c in comments
        if c["is_meta"] or either(c, "moderated", "mod") == -1
    ]
    with open(folder / "votes.json", encoding="utf-8") as text:
        votes = [
            vote(either(v, "participant_id", "pid"), either(v, "statement_id", "tid"), v["vote"])
            for v in json.load(text)
        ]
    with open(folder / "math-pca2.json", encoding="utf-8") as text:
        maths = json.load(text)
    base = dict(zip(maths["base-clusters"]["id"], maths["base-clusters"]["members"]))
    published = {
        person: str(group["id"])
        for group in maths["group-clusters"]
        for cell in group["members"]
        for person in base[cell]
    }
    return votes, out, published


def either(row, name, other):
    return row[name] if name in row else row[other]


def vote(person, statement, value):
    return {"participant_id": person, "statement_id": statement, "vote": value, "modified": 0}


def answer(votes, out, published):
    per_k, chosen = {}, None
    for k in range(2, 6):
        result = run_pipeline(
            votes=votes, mod_out_statement_ids=out, force_group_count=k, random_state=0
        )
        people = result.participants_df
        grouped = people[people["to_cluster"]]
        points = grouped[["x", "y"]].values
        labels = result.clusterer.labels_
        silhouette = float(silhouette_score(points, labels))
        thorough = KMeans(n_clusters=k, n_init=100, random_state=0).fit(points)
        per_k[k] = {
            "inertia": float(result.clusterer.inertia_),
            "silhouette": silhouette,
            "scikit_inertia": float(thorough.inertia_),
            "scikit_silhouette": float(silhouette_score(points, thorough.labels_)),
        }
        if chosen is None or silhouette > chosen[0]:
            chosen = (silhouette, k, dict(zip(map(int, grouped.index), map(int, labels))))
    both = sorted(set(published) & set(chosen[2]))
    return {
        "grouped": len(chosen[2]),
        "k": chosen[1],
        "groups": per_k,
        "group_of": {str(person): group for person, group in sorted(chosen[2].items())},
        "rand_with_published": adjusted_rand_score(
            [published[p] for p in both], [chosen[2][p] for p in both]
        ),
    }


def main():
    answers = {}
    for folder in sorted((SHARED / "polis").iterdir()):
        if folder.is_dir():
            answers[folder.name] = answer(*open_data(folder))
    for folder in sorted((SHARED / "polis_math_reference").iterdir()):
        if folder.is_dir():
            answers[folder.name] = answer(*server_json(folder))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"package": "red-dwarf 0.4.0", "answers": answers}, indent=1) + "\n")


if __name__ == "__main__":
    main()
