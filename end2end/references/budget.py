#!/usr/bin/env python3
"""Answers of the `pabutools` package for participatory budgets, kept as a fixture.

`pabutools` is GPL-3: it is run here as a program of its own, in a throw-away virtual environment,
and nothing of it enters the product. What comes out (which projects win, what they cost) is kept in
`app/domain/tests/fixtures/budget/pabutools.json`, against which `app/domain/tests/budget.rs` counts.

    python3 -m venv /tmp/pabutools
    /tmp/pabutools/bin/pip install pabutools==1.2.3
    /tmp/pabutools/bin/python end2end/references/budget.py \
        --out app/domain/tests/fixtures/budget/pabutools.json end2end/references/data/pabulib/*.pb

A run takes minutes a file (the package adds one unit a voter at a time, in Python). The answers are
written after each count, and a count already in the file is not made again: it can be stopped and
started. All ties are broken by the package's default, the lexicographically first project id.

Utilities, by the package's classes:
  cost         Cost_Sat               cost of the project if it is on the ballot
  cardinality  Cardinality_Sat        1 if it is on the ballot
  score        Additive_Cardinal_Sat  the points (cumulative and scoring ballots)
               Borda                  length of the ballot - place (ordinal ballots; own class, since
                                      Additive_Borda_Sat gives the last place nothing)
  cost-score   score x cost           (own class; ordinal, cumulative, scoring)

Counts:
  greedy           greedy_utilitarian_welfare
  mes              method_of_equal_shares
  mes-add1         the same with voter_budget_increment=1
  mes-greedy       mes, then greedy with the same utility on what is left
  mes-add1-greedy  mes-add1, then greedy with the same utility on what is left
"""

import argparse
import json
import os
import time

from pabutools.election import (
    Additive_Cardinal_Sat,
    Cardinality_Sat,
    Cost_Sat,
    parse_pabulib,
    total_cost,
)
from pabutools.election.satisfaction import AdditiveSatisfaction
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares


def place_points(_instance, _profile, ballot, project, _precomputed):
    """Borda within the ballot: the first of three gets 3, the last gets 1."""
    return len(ballot) - ballot.index(project) if project in ballot else 0


def points(_instance, _profile, ballot, project, _precomputed):
    return ballot.get(project, 0)


def times_cost(score):
    def utility(instance, profile, ballot, project, precomputed):
        return score(instance, profile, ballot, project, precomputed) * project.cost

    return utility


def own(function):
    class Own(AdditiveSatisfaction):
        def __init__(self, instance, profile, ballot):
            AdditiveSatisfaction.__init__(self, instance, profile, ballot, function)

    return Own


def utilities(vote_type):
    chosen = {"cost": Cost_Sat, "cardinality": Cardinality_Sat}
    if vote_type == "ordinal":
        chosen["score"] = own(place_points)
        chosen["cost-score"] = own(times_cost(place_points))
    elif vote_type in ("cumulative", "scoring"):
        chosen["score"] = Additive_Cardinal_Sat
        chosen["cost-score"] = own(times_cost(points))
    return chosen


def completed(instance, profile, sat, first):
    if instance.is_exhaustive(first):
        return first
    return greedy_utilitarian_welfare(
        instance, profile, sat_class=sat, initial_budget_allocation=first
    )


def counts(instance, profile, sat):
    def mes(step=None):
        return method_of_equal_shares(
            instance, profile, sat_class=sat, voter_budget_increment=step
        )

    cache = {}

    def add1():
        if "add1" not in cache:
            cache["add1"] = mes(1)
        return cache["add1"]

    return {
        "greedy": lambda: greedy_utilitarian_welfare(instance, profile, sat_class=sat),
        "mes": mes,
        "mes-greedy": lambda: completed(instance, profile, sat, mes()),
        "mes-add1": add1,
        "mes-add1-greedy": lambda: completed(instance, profile, sat, add1()),
    }


def main():
    arguments = argparse.ArgumentParser(description="pabutools' answers as a fixture")
    arguments.add_argument("--out", required=True)
    arguments.add_argument("files", nargs="+")
    given = arguments.parse_args()

    answers = {}
    if os.path.exists(given.out):
        with open(given.out, encoding="utf-8") as kept:
            answers = json.load(kept)
    for utility in ("cost", "score", "cost-score", "cardinality"):
        for path in given.files:
            instance, profile = parse_pabulib(path)
            sat = utilities(instance.meta["vote_type"]).get(utility)
            if sat is None:
                continue
            of_file = answers.setdefault(os.path.basename(path), {}).setdefault(utility, {})
            for rule, count in counts(instance, profile, sat).items():
                if rule in of_file:
                    continue
                started = time.monotonic()
                funded = count()
                of_file[rule] = {
                    "funded": sorted(p.name for p in funded),
                    "cost": str(total_cost(funded)),
                }
                print(
                    os.path.basename(path), utility, rule, len(funded),
                    f"{time.monotonic() - started:.1f} s", flush=True,
                )
                with open(given.out, "w", encoding="utf-8") as out:
                    json.dump(answers, out, indent=1, sort_keys=True, ensure_ascii=False)
                    out.write("\n")


if __name__ == "__main__":
    main()
