#!/usr/bin/env python3
"""The examples of docs/bonus-plans.md, calculated by bonus.py: prints how many rows pay what they say, fails on others."""
import pathlib
import sys
import tomllib

import bonus

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "bonus-plans.md"
PERIOD = "2017-Q4"


def rows(text):
    """The base plan, and for each row of a table with a payout: (line, settings of the block above it, its cells)."""
    found, base, settings, block, header = [], "", "", None, []
    for line, content in enumerate(text.split("\n"), 1):
        if content.startswith("```"):
            kind = content[3:]
            block = kind if block is None and kind.startswith("toml") else None
            settings = "" if block == "toml" else settings
        elif block is not None:
            settings, base = (settings + content + "\n", base) if block == "toml" else (settings, base + content + "\n")
        elif not content.startswith("|"):
            header = []
        elif not header and content.endswith("| payout |"):
            header = cells(content)
        elif header and not content.startswith("|---"):
            found.append((line, settings, dict(zip(header, cells(content)))))
    return base, found


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def laid_over(base, settings):
    """The plan with the settings of an example, and its input where it has one."""
    plan, over = tomllib.loads(base), tomllib.loads(settings)
    given = over.pop("input", None)
    for key, value in over.pop("component", {}).items():
        own = plan["components"][0]
        own[key] = {**own["rate"], **value} if key == "rate" else value
    return {**plan, **over}, given


def money(text):
    return {"amount": text, "currency": "CNY"}


def from_cells(row):
    """The input of a row of deals."""
    there = {name: text for name, text in row.items() if text != "none"}
    person = {"person": "p1", "kpis": {name[4:]: None if text == "null" else text
                                       for name, text in row.items() if name.startswith("kpi ")}}
    if "goal" in there:
        person["goals"] = {"won_amount": there["goal"]}
    if "target bonus" in there:
        person["target_bonus"] = there["target bonus"]
    if "employed" in there:
        first, _, end = there["employed"].partition("- " if there["employed"].startswith("-") else " -")
        days = {"from": first.strip(" -"), "to": end.strip(" -")}
        person["employed"] = {name: day for name, day in days.items() if day}
    deals = enumerate(there["deals"].split(";"))
    return {"people": [person], "facts": [{"id": f"d{i}", "on": "2017-10-01", "amount": text.strip()} for i, text in deals]}


def case(plan, given):
    """The engine's input from its short forms."""
    period = given.get("period", PERIOD)

    def by_code(table, code, number):
        return [{code: name, "period": period, number: value} for name, value in (table or {}).items()]

    def person(item):
        assignments = item.get("assignments") or ([{"target_bonus": item["target_bonus"]}] if "target_bonus" in item else [])
        return {"person": item["person"], "name": item["person"], "employed": item.get("employed"),
                "partly": item.get("partly", False), "assignments": [
                    {**one, "target_bonus": money(one["target_bonus"]) if "target_bonus" in one else None} for one in assignments],
                "goals": by_code(item.get("goals"), "measure", "amount"), "objectives": item.get("objectives", []),
                "kpis": by_code(item.get("kpis"), "kpi", "value") + by_code(item.get("attainments"), "kpi", "attainment")}

    def shares(table):
        return [{"person": name, "share": share} for name, share in table.items()]

    def fact(item):
        amounts = {name: money(item[name]) for name in ("amount", "margin") if name in item}
        return {"kind": "closing", **item, **amounts, "label": item["id"], "credits": shares(item.get("credits", {"p1": "100%"})),
                "overlays": shares(item.get("overlays", {}))}

    return {"plan": plan, "period": period, "as_of": "2018-01-01", "currency": "CNY",
            "people": [person(item) for item in given.get("people", [])], "facts": [fact(item) for item in given.get("facts", [])],
            "reports": given.get("reports", []), "teams": [{**team, "name": team["team"]} for team in given.get("teams", [])],
            "adjustments": [{**item, "amount": money(item["amount"])} for item in given.get("adjustments", [])]}


def main():
    base, found = rows(DOCUMENT.read_text(encoding="utf-8"))
    wrong = []
    for line, settings, row in found:
        plan, given = laid_over(base, settings)
        answer = bonus.calculate(case(plan, given or from_cells(row)))
        own = [one for one in answer.get("statements", []) if one["person"] == row.get("person", "p1")]
        paid = answer.get("error") if not own else "blocked" if own[0]["blocked"] else own[0]["payout"]
        if paid != row["payout"]:
            wrong.append(f"line {line}: {row['payout']}, the reference says {paid}")
    print(len(found) - len(wrong), *wrong, sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
