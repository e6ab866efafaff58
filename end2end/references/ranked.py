#!/usr/bin/env python3
"""Makes app/domain/tests/fixtures/ranked/pref_voting.json: who wins by the PyPI package
pref_voting, for each rule and each file of ranked ballots beside the repository.

Run it in a throw-away virtual environment:

    python3 -m venv "$TMPDIR/ranked" && "$TMPDIR/ranked/bin/pip" install pref_voting==1.18
    "$TMPDIR/ranked/bin/python" end2end/references/ranked.py

Ballots are read from the folder `data` beside this script and never written.
"""

import csv
import json
import pathlib

from pref_voting.iterative_methods import instant_runoff_for_truncated_linear_orders
from pref_voting.margin_based_methods import beat_path, ranked_pairs
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_meek, stv_scottish

HERE = pathlib.Path(__file__).resolve()
REPOSITORY = HERE.parents[2]
SHARED = REPOSITORY / "end2end/references/data"
OUT = REPOSITORY / "app/domain/tests/fixtures/ranked/pref_voting.json"


def read(path):
    """(seats, names, {ranking: count}) of one file."""
    with open(path, encoding="utf-8", newline="") as text:
        rows = [[field for field in row if field != ""] for row in csv.reader(text) if row]
    candidates, seats = int(rows[0][0]), int(rows[0][1])
    ballots, names = {}, []
    for row in rows[1:]:
        if row[0].isdigit():
            ranking = tuple(int(field) - 1 for field in row[1:])
            ballots[ranking] = ballots.get(ranking, 0) + int(row[0])
        elif row[0].startswith("Candidate "):
            names.append(row[1])
    assert len(names) == candidates
    return seats, names, ballots


def answer(path):
    seats, names, ballots = read(path)
    rankings = [{c: rank for rank, c in enumerate(ranking, 1)} for ranking in ballots]
    profile = ProfileWithTies(
        rankings, rcounts=list(ballots.values()), candidates=list(range(len(names)))
    )
    # A ranked candidate is preferred to one not ranked.
    profile.use_extended_strict_preference()

    def named(winners):
        return sorted(names[w] for w in winners)

    first = [0] * len(names)
    for ranking, count in ballots.items():
        first[ranking[0]] += count
    everyone = range(len(names))
    return {
        "seats": seats,
        "ballots": sum(ballots.values()),
        "winners": {
            "stv-scotland": named(stv_scottish(profile, num_seats=seats)),
            "meek": named(stv_meek(profile, num_seats=seats)),
            "irv": named(instant_runoff_for_truncated_linear_orders(profile)),
            "schulze": named(beat_path(profile)),
            "ranked-pairs": named(ranked_pairs(profile)),
        },
        "first_preferences": dict(zip(names, first)),
        "margins": [[int(profile.margin(a, b)) for b in everyone] for a in everyone],
    }


if __name__ == "__main__":
    files = sorted((SHARED / "ranked_ballots/scot_elex_csv").glob("*.csv"))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({f.name: answer(f) for f in files}, indent=1) + "\n")
