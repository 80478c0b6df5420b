#!/usr/bin/env python3
"""Random valid inputs of bonus.calculate: `generate.py --seed S --count N [--wild]` prints {"cases": [...]}.

Case i of a seed is the same whatever the count. `--wild` adds what the document leaves open (questions.md): refunds by
two ways or of another kind, splits of odd amounts below zero, limits of two kinds, deals that measure zero, and so on;
without it, a difference between two calculations is a fault of one of them rather than of the document.
"""
import argparse
import json
import random
from datetime import date, timedelta

CURRENCY, YEAR = "CNY", 2017
SIZE = {"month": 1, "quarter": 3, "half": 6, "year": 12}
FORM = {"month": "{}-{:02}", "quarter": "{}-Q{}", "half": "{}-H{}", "year": "{}"}
KPIS = ("margin_rate", "satisfaction", "last_year", "nps")
EVENTS = ("closing", "invoice", "receipt", "delivery")


def money(cents):
    sign = "-" if cents < 0 else ""
    return {"amount": f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}", "currency": CURRENCY}


def decimal(cents):
    return money(cents)["amount"]


def periods(kind, year):
    return [FORM[kind].format(year, i) for i in range(1, 12 // SIZE[kind] + 1)]


def bounds(kind, year, index):
    first, last = (index - 1) * SIZE[kind] + 1, index * SIZE[kind]
    return date(year, first, 1), date(year + last // 12, last % 12 + 1, 1)


class Maker:
    def __init__(self, rng, wild):
        self.rng, self.wild = rng, wild
        self.holes = rng.random() < 0.3  # values that are missing, lists that do not total 100 %
        self.kind = rng.choice(("month", "month", "quarter", "quarter", "half", "year"))
        self.index = rng.randint(1, 12 // SIZE[self.kind])
        self.first, self.end = bounds(self.kind, YEAR, self.index)
        self.period = FORM[self.kind].format(YEAR, self.index)
        self.edges = []  # amounts, in cents, at which tiers meet
        self.people = [f"p{i}" for i in range(1, rng.randint(1, 6) + 1)]
        rng.shuffle(self.people)

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, *choices):
        return self.rng.choice(choices)

    def percent(self, *more):
        return self.pick("0%", "1%", "2.5%", "5%", "10%", "1/3", "0.5", "50%", "80%", "100%", "12.34%", "150%", "200%", *more)

    def day(self, first=None, end=None):
        first, end = first or self.first, end or self.end
        return first + timedelta(self.rng.randrange((end - first).days))

    # ---- the plan

    def plan(self):
        count = self.pick(1, 1, 1, 2, 2, 3)
        plan = {"schema": 2, "code": "random", "name": {"zh": "随机", "en": "Random"}, "period": self.kind}
        if self.chance(0.75):
            plan["default_target_bonus"] = money(self.target())
        mode = self.pick("half_up", "half_even", "floor", "ceiling", "down")
        self.decimals = 2
        if self.chance(0.3):
            plan["rounding"] = mode
        elif self.chance(0.6):
            plan["rounding"] = {"mode": mode, "on": self.pick("line", "sum")}
            if self.chance(0.5):
                self.decimals = plan["rounding"]["decimals"] = self.pick(0, 1, 2)
        self.components = []
        plan["components"] = [self.component(f"c{i}") for i in range(1, count + 1)]
        if self.chance(0.3):
            self.limits(plan, "cap", "floor", 5000000)
        return plan

    def target(self):
        return self.pick(0, 5, 7, 123450, 1000000, 920000, 3000000, self.rng.randint(1, 5000000))

    def limit(self, kind, cents, percent):
        if kind == "amount":
            return {"kind": "amount", "amount": money(cents)}
        return {"kind": "percent_of_target_bonus", "percent": percent}

    def limits(self, table, cap, floor, scale):
        """A cap, a floor or both, of one kind; the cap above."""
        kind = self.pick("amount", "percent_of_target_bonus")
        other = self.pick("amount", "percent_of_target_bonus") if self.wild else kind
        if self.chance(0.7):
            table[cap] = self.limit(kind, self.rng.randint(scale // 10, scale), self.pick("60%", "100%", "150%", "4/3"))
        if self.chance(0.5):
            table[floor] = self.limit(other, self.rng.randint(0, scale // 10), self.pick("0%", "5%", "1/7", "50%"))

    def component(self, code):
        c = {"code": code, "name": {"zh": "项", "en": "Item"}}
        measure, credit, rate = {}, {}, {}
        kind = self.pick("facts", "facts", "facts", "facts", "facts", "kpi", "scorecard", "objectives", "earnings")
        earners = [d["code"] for d in self.components if d["measure"].get("kind", "facts") != "earnings"]
        if kind == "earnings" and not earners:
            kind = "facts"
        value = self.pick("amount", "amount", "amount", "margin", "count", "quantity") if kind == "facts" else None
        over, pool, deal = "period", None, False
        measure["kind"] = kind
        if kind == "facts":
            if self.chance(0.5):
                credit["event"] = self.pick(*EVENTS)
            over = self.pick("period", "period", "to_date", "to_date", "transaction")
            if over == "to_date":
                over = self.pick("quarter_to_date", "year_to_date") if SIZE[self.kind] <= 3 else "year_to_date"
            if self.chance(0.15):
                over, pool = "period", self.pick("equal", "credit", "target_bonus", "days")
                if not self.wild and self.decimals < 2:
                    pool = None
            elif self.chance(0.15):
                over, deal = self.pick("period", "transaction"), True
                credit.update(event="receipt", rate_date="deal")
                value = value if self.wild else "amount"
            elif credit.get("event") == "receipt" and self.chance(0.5):
                credit["rate_date"] = "receipt"
            if value != "amount" or self.chance(0.3):
                measure["value"] = value
            if over != "period" or self.chance(0.3):
                measure["over"] = over
            if self.chance(0.25) and not pool and (self.wild or not deal):
                credit["who"] = self.pick("reports", "reports", "owners_and_reports")
                if self.chance(0.5):
                    credit["levels"] = self.pick(1, 2)
            if self.chance(0.3):
                credit["overlays"] = self.pick("exclude", "include", "only")
            if self.chance(0.2) and (self.wild or not deal):
                credit["filter"] = self.filter()
        elif kind == "kpi":
            measure["kpi"] = self.pick(*KPIS)
        elif kind == "scorecard":
            weights = self.pick(["100%"], ["60%", "40%"], ["1/3", "1/3", "1/3"], ["0.5", "30%", "1/5"])
            measure["items"] = []
            for name, weight in zip(self.rng.sample(KPIS, len(weights)), weights):
                item = {"kpi": name, "weight": weight}
                if self.chance(0.4):
                    item["cap"] = self.pick("120%", "1.5", "100%")
                if self.chance(0.3):
                    item["floor"] = self.pick("0%", "50%", "0.8")
                measure["items"].append(item)
        elif kind == "earnings":
            measure["of"] = self.pick(*earners)
            if self.chance(0.4):
                credit["levels"] = self.pick(1, 2)
        if kind not in ("scorecard", "objectives") and self.chance(0.3):
            measure["goal"] = self.pick("won_amount", "special")
        money_measure = kind == "earnings" or value in ("amount", "margin")
        no_measure = kind in ("scorecard", "objectives")
        by = "amount" if over == "transaction" else "attainment" if no_measure else self.pick("attainment", "attainment", "amount")
        rate.update(self.rate(by, money_measure, no_measure, pool, deal))
        c.update(measure=measure, rate=rate)
        if credit:
            c["credit"] = credit
        names = ["attainment", "target_bonus"] + ([] if no_measure else ["measure"]) + ([] if pool else list(KPIS))
        if self.wild:
            names.append("goal")
        elif deal and over == "transaction":
            names.remove("attainment")
        if self.chance(0.25):
            c["gates"] = [self.gate(names) for _ in range(self.pick(1, 1, 2))]
        if self.chance(0.25):
            c["modifiers"] = [self.modifier(names) for _ in range(self.pick(1, 1, 2))]
        if self.chance(0.3):
            cap, floor, scale = {}, {}, self.pick(50000, 1000000, 3000000)
            for span in ("per_period", "per_deal"):
                table = {}
                if span == "per_period" and not (deal and over == "transaction"):
                    self.limits(table, "cap", "floor", scale)
                elif span == "per_deal" and over == "transaction" and self.chance(0.7):
                    self.limits(table, "cap", "floor", scale // 3)
                for side, name in ((cap, "cap"), (floor, "floor")):
                    if name in table:
                        side[span] = table[name]
            c.update({name: side for name, side in (("cap", cap), ("floor", floor)) if side})
        if self.chance(0.7 if deal else 0.35) and not pool and over != "transaction":
            c["proration"] = self.pick("none", "calendar_days", "calendar_days", "calendar_days")
        if pool:
            c["pool"] = {"by": pool}
        self.components.append(c)
        return c

    def rate(self, by, money_measure, no_measure, pool, deal):
        rate, scale = {"by": by}, "money" if money_measure else "pieces"
        if self.chance(0.4):
            rate["edge"] = self.pick("lower", "upper")
        if by == "attainment":
            ladder = self.pick(["80%", "100%"], ["0%", "100%", "150%"], ["0", "4/5", "1"], ["50%"], ["0%"],
                               ["0.6", "80%", "1", "6/5"], ["1/3", "2/3", "1"])
        elif scale == "money":
            ladder = self.pick(["0"], ["0", "100000"], ["0", "50000.5", "100000", "300000"], ["10000", "123456.78"],
                               ["0", "1000", "20000"])
        else:
            ladder = self.pick(["0"], ["0", "2", "5"], ["1", "3.5", "10"], ["0", "10", "100"])
        if by == "amount" and scale == "money":
            self.edges += [round(float(edge) * 100) for edge in ladder[1:]]
        tops = {"attainment": "300%", "money": "400000", "pieces": "1000"}
        rate["tiers"], with_baseline = [], not no_measure and self.chance(0.25)
        if with_baseline and pool and not self.wild:
            with_baseline = False
        for i, start in enumerate(ladder):
            tier = {"from": start}
            if i + 1 < len(ladder):
                tier["to"] = ladder[i + 1]
            elif self.chance(0.25):
                tier["to"] = tops[by if by == "attainment" else scale]
            how = self.pick("whole", "marginal", "marginal", "interpolated" if "to" in tier else "whole",
                            "over_baseline" if with_baseline else "marginal")
            if how == "interpolated" and (deal or "50000.5" in ladder or "123456.78" in ladder or ladder[0] == "1/3"):
                how = "whole"  # exact fractions that stay small
            tier["pay"] = self.pay(how, by, money_measure, no_measure)
            if how == "interpolated" and tier["pay"]["kind"] == "nothing":
                how = "whole"
            if how == "over_baseline" and tier["pay"]["kind"] in ("fixed", "percent_of_target_bonus"):
                how = "whole"
            if how == "interpolated":
                pay_to = self.pay(how, by, money_measure, no_measure, tier["pay"]["kind"])
                tier["pay_to"] = pay_to
            if how != "whole" or self.chance(0.5):
                tier["applies_to"] = how
            rate["tiers"].append(tier)
        if any(tier.get("applies_to") == "over_baseline" for tier in rate["tiers"]):
            what = self.pick("amount", "percent_of_goal", "kpi")
            rate["baseline"] = {"kind": what}
            if what == "amount":
                rate["baseline"]["amount"] = self.pick("0", "5000", "60000.5") if money_measure else self.pick("1", "2.5")
            elif what == "percent_of_goal":
                rate["baseline"]["percent"] = self.pick("50%", "80%", "1/3", "100%")
            else:
                rate["baseline"]["kpi"] = "base"
        if self.chance(0.25) and (self.wild or not pool):
            rate["below_first_tier"] = self.pay("whole", by, money_measure, no_measure)
        return rate

    def pay(self, how, by, money_measure, no_measure, kind=None):
        kinds = ["fixed", "nothing"] if how != "interpolated" else ["fixed"]
        if not (how == "marginal" and by == "amount"):
            kinds += ["percent_of_target_bonus"] * 3
        if money_measure:
            kinds += ["percent_of_measure"] * 3 + ["individual_rate"] * (how != "interpolated")
        elif not no_measure:
            kinds += ["per_unit"] * 3
        kind = kind or self.rng.choice(kinds)
        if kind == "nothing":
            return {"kind": kind}
        if kind in ("fixed", "per_unit"):
            return {"kind": kind, "amount": money(self.pick(0, 1, 12000, 33333, 100000, self.rng.randint(1, 300000)))}
        if kind == "percent_of_measure":
            return {"kind": kind, "percent": self.pick("0%", "0.5%", "1%", "2%", "3%", "5%", "1/30", "1.25%")}
        return {"kind": kind, "percent": self.percent()}

    def test(self, name):
        """A comparison of a name with something of its size."""
        size = {"attainment": ("80%", "1", "0.5"), "target_bonus": ("0", "5000", "10000"), "measure": ("0", "10000", "3"),
                "goal": ("0", "100000"), "margin_rate": ("20%", "0.3"), "satisfaction": ("4", "4.5"),
                "last_year": ("50000", "0"), "nps": ("30", "1/2 * 100")}[name]
        return f"{name} {self.pick('>=', '>', '<', '<=', '!=')} {self.pick(*size)}"

    def gate(self, names):
        when = self.test(self.pick(*names))
        if self.chance(0.3):
            name = self.pick(*names)
            when = self.pick(f"missing({name}) or {when}", f"not ({when})", f"{when} and {self.test(name)}",
                             f"{when} or {self.test(name)}")
        gate = {"when": when}
        if self.chance(0.6):
            gate["otherwise"] = self.pick("0%", "50%", "4/5", "120%")
        return gate

    def modifier(self, names):
        name = self.pick(*names)
        size = {"attainment": ("50%", "1"), "target_bonus": ("5000", "10000"), "measure": ("10", "20000"),
                "goal": ("1000", "100000"), "margin_rate": ("20%", "0.3"), "satisfaction": ("4.0", "4.5"),
                "last_year": ("1000", "50000"), "nps": ("10", "40")}[name]
        value = name if self.chance(0.7) else self.pick(f"{name} * 1", f"({name} + {name}) / 2", f"{name} - 0")
        steps = [{"from": edge, "factor": self.percent()} for edge in size]
        if self.chance(0.5):
            steps.insert(0, {"factor": self.pick("80%", "0%", "2/3")})
        return {"value": value, "steps": steps}

    def filter(self):
        return self.pick("region = 'North'", 'region != "North"', "region in ('North', 'East')", "amount >= 10000",
                         "amount > 0 and region = 'North'", "missing(region) or region = 'North'", "label != 'F1'",
                         "missing(margin) or margin > 100", "not (product = 'A') or amount < 5000",
                         "missing(quantity) or quantity >= 2", "segment > 1", "amount * 2 - 1 > 5000 / 2")

    # ---- people

    def person(self, name):
        rng, doc = self.rng, {"person": name, "name": name.upper()}
        doc["employed"] = {}
        if self.chance(0.25):
            doc["employed"]["from"] = self.day(date(YEAR, 1, 1), date(YEAR, 12, 31)).isoformat()
        elif self.chance(0.15):
            doc["employed"]["to"] = self.day(date(YEAR, 1, 2), date(YEAR, 12, 31)).isoformat()
        doc["assignments"], at = [], self.pick(None, date(YEAR, 1, 1), self.day(), self.day(date(YEAR, 1, 1), self.end))
        for i in range(self.pick(0, 1, 1, 1, 2, 3)):
            item = {"from": at.isoformat()} if at else {}
            end = (at or self.first) + timedelta(rng.randint(1, 200))
            last = self.chance(0.6)
            if not last:
                item["to"] = end.isoformat()
            if self.chance(0.9):
                item["target_bonus"] = money(self.target())
            doc["assignments"].append(item)
            if last:
                break
            at = end + timedelta(self.pick(0, 0, 10))
        if doc["assignments"] and self.chance(0.35):
            doc["partly"] = True  # other days are under another plan
        doc["goals"] = self.goals()
        doc["kpis"] = []
        for text in periods(self.kind, YEAR) + (periods(self.kind, YEAR - 1) if self.chance(0.5) else []):
            for kpi in KPIS:
                hole = self.holes and self.chance(0.15)
                if hole and self.chance(0.5):
                    continue
                value = {"margin_rate": self.pick("0.2", "0.19", "0.35"), "satisfaction": self.pick("4.0", "4.5", "3.9"),
                         "last_year": self.pick("50000", "0", "123456.78"), "nps": self.pick("-10", "30", "42.5")}[kpi]
                row = {"kpi": kpi, "period": text, "value": None if hole else value}
                if not (hole and self.chance(0.5)):
                    row["attainment"] = None if hole else self.pick("0.9", "1", "6/5", "80%", "1.75", "0", "1/3")
                doc["kpis"].append(row)
            if not (self.wild and self.chance(0.2)):
                doc["kpis"].append({"kpi": "base", "period": text, "value": self.pick("1", "5000", "60000.50")})
        weights = self.pick([], ["100%"], ["50%", "1/2"], ["1/3", "1/3", "1/3"], ["0.2", "0.3", "50%"])
        if self.holes and self.chance(0.15):
            weights = ["33.33%", "33.33%", "33.33%"]
        doc["objectives"] = [{"name": f"O{i}", "weight": weight, "result": self.pick("0", "50%", "1", "4/5", "120%", *[None] * self.holes)}
                             for i, weight in enumerate(weights)]
        return doc

    def codes(self):
        """The codes of goals in use, with whether they hold money."""
        codes = {"won_amount": True, "special": True}
        for c in self.components:
            value = c["measure"].get("value", "amount")
            is_money = c["measure"].get("kind", "facts") in ("facts", "earnings") and value in ("amount", "margin")
            codes[c["code"]] = is_money
        return codes

    def goals(self, factor=1):
        goals = []
        for code, is_money in self.codes().items():
            usual = self.pick("100000", "1000000", "24000", "50000", "300000", "10000") if is_money else self.pick("3", "10", "24", "4.5", "1")
            for text in periods(self.kind, YEAR) + periods(self.kind, YEAR - 1):
                if self.chance(0.06):
                    continue
                amount = usual
                if self.chance(0.06):
                    amount = self.pick("0", "-1000", "0.00")
                elif self.chance(0.2):
                    amount = self.pick("90000", "7", "120000") if is_money else self.pick("1", "7")
                goals.append({"period": text, "measure": code, "amount": amount})
        return goals

    def reports(self):
        """No circles: a person reports to those before it in the list. Some have two managers, some change."""
        found = []
        for i, name in enumerate(self.people[1:], 1):
            for manager in self.rng.sample(self.people[:i], min(i, self.pick(0, 1, 1, 1, 2))):
                item = {"person": name, "manager": manager}
                if self.chance(0.25):
                    item["from"] = self.day(date(YEAR, 1, 1), self.end).isoformat()
                if self.chance(0.15):
                    start = date.fromisoformat(item.get("from", f"{YEAR}-01-01"))
                    item["to"] = self.day(start, date(YEAR + 1, 1, 2)).isoformat()
                    if item["to"] == item.get("from"):
                        del item["to"]
                found.append(item)
        return found

    def teams(self):
        if not any("pool" in c for c in self.components):
            return []
        found = []
        for i in range(self.pick(1, 1, 2)):
            members = []
            for name in self.rng.sample(self.people, self.rng.randint(1, len(self.people))):
                item = {"person": name}
                if self.chance(0.3):
                    item["from"] = self.day(date(YEAR, 1, 1), self.end).isoformat()
                elif self.chance(0.2):
                    item["to"] = (self.day() + timedelta(1)).isoformat()
                members.append(item)
                if self.chance(0.1):  # days of two times count once
                    members.append({"person": name, "from": self.day().isoformat()})
            if self.chance(0.1):  # somebody who is not paid here takes a part
                members.append({"person": "p0"})
            found.append({"team": f"t{i + 1}", "name": f"Team {i + 1}", "members": members, "goals": self.goals()})
        return found

    # ---- facts

    def amount(self):
        cents = self.pick(self.rng.randint(1, 50000000), self.rng.randint(1, 5000000), self.rng.randint(1, 9999),
                          50, 100, 1000000, 10000000, 8000000, 90000000000 if self.chance(0.05) else 2400000)
        if self.edges and self.chance(0.4):
            cents = max(1, self.rng.choice(self.edges) + self.pick(-1, 0, 0, 1))
        if self.chance(0.08):
            cents = -(cents // 2 * 2) or -2
        return cents

    def credits(self, cents):
        n = min(len(self.people), self.pick(1, 1, 1, 2, 2, 3))
        lists = {1: [["100%"], ["1"]], 2: [["50%", "0.5"], ["1/3", "2/3"], ["33.33%", "66.67%"]],
                 3: [["1/3", "1/3", "1/3"], ["33.33%", "33.33%", "33.34%"], ["1/2", "0.3", "20%"]]}[n]
        shares = self.rng.choice(lists)
        if cents < 0 and n > 1 and not self.wild:  # even cents by halves: one reading only
            shares = ["50%", "0.5"]
        names = self.rng.sample(self.people, len(shares))
        return [{"person": name, "share": share} for name, share in zip(names, shares)]

    def facts(self):
        rng, found = self.rng, []
        events = [c.get("credit", {}).get("event", "closing") for c in self.components
                  if c["measure"].get("kind", "facts") == "facts"] or ["closing"]
        deals = any(c.get("credit", {}).get("rate_date") == "deal" for c in self.components)
        filters = any(c.get("credit", {}).get("filter") for c in self.components)
        overlays = any(c.get("credit", {}).get("overlays") for c in self.components)
        for i in range(rng.randint(0, 6 if deals else 5 + 2 * len(self.people))):
            kind = self.pick(*events, *events, self.pick(*EVENTS))
            cents = self.amount()
            fact = {"id": f"f{i}", "label": f"F{i}", "kind": kind, "on": self.when().isoformat(), "amount": money(cents)}
            if not (self.holes and self.chance(0.1)):
                fact["margin"] = money(cents // 4 * (-1 if self.chance(0.05) and self.wild else 1) // 2 * 2)
            if not (self.holes and self.chance(0.1)):
                fact["quantity"] = self.pick("1", "2", "3.5", "10", "0.25")
            fact["credits"] = self.credits(cents)
            fact["overlays"] = [{"person": name, "share": self.pick("10%", "50%", "1/3", "100%")}
                                for name in rng.sample(self.people, min(len(self.people), self.pick(1, 2)))
                                ] if overlays and self.chance(0.4) else []
            if cents < 0 and not self.wild:
                fact["margin"] = money(cents // 100 * 10)
            fact["refunds"] = []
            fact["attributes"] = {name: value for name, value in (
                ("region", self.pick("North", "East", "South")), ("product", self.pick("A", "B")),
                ("segment", {"number": self.pick("1", "1.5", "2")})) if not (self.holes and self.chance(0.1))}
            if self.holes and self.chance(0.06):
                fact["credits"] = [{"person": name, "share": share} for name, share in zip(
                    rng.sample(self.people, min(3, len(self.people))), ("33.33%", "33.33%", "33.33%"))]
                fact["broken"] = True
            if self.wild and self.chance(0.03):
                fact["amount"] = money(0)
            found.append(fact)
        if deals:
            found += self.receipts(found)
        found += self.refunds(found, deals, filters)
        rng.shuffle(found)
        for fact in found:
            fact.pop("broken", None)
        return found

    def when(self):
        if self.chance(0.75):
            return self.pick(self.day(), self.day(), self.first, self.end - timedelta(1))
        return self.pick(self.day(date(YEAR, 1, 1), self.end), self.day(date(YEAR - 1, 10, 1), date(YEAR + 1, 1, 1)), self.end)

    def receipts(self, facts):
        """Deals that closed in this period or before, and receipts of the period that belong to them."""
        found = []
        for i in range(self.pick(1, 2, 3)):
            cents = self.rng.randint(1000, 9000000)
            credits = self.credits(cents)
            deal = {"id": f"d{i}", "label": f"D{i}", "kind": "closing", "on": self.when().isoformat(), "amount": money(cents),
                    "margin": money(cents // 4), "quantity": "2", "credits": credits, "overlays": [], "refunds": [],
                    "attributes": {"region": "North", "product": "A", "segment": {"number": "2"}}}
            found.append(deal)
            for k in range(self.pick(1, 1, 2)):
                part = self.pick(cents, cents // 2, self.rng.randint(1, cents))
                found.append({**deal, "id": f"r{i}{k}", "label": f"R{i}{k}", "kind": "receipt", "on": self.day().isoformat(),
                              "amount": money(part), "margin": money(part // 5), "of": deal["id"]})
            if any(c.get("credit", {}).get("overlays") == "only" for c in self.components):
                for fact in found:
                    fact["overlays"] = [{"person": self.people[0], "share": "50%"}]
        for fact in facts:
            if fact["kind"] == "receipt":
                deal = self.pick(*[f for f in found if f["kind"] == "closing"])
                if not self.wild:
                    fact["credits"], fact["overlays"] = deal["credits"], deal["overlays"]
                    fact.pop("broken", None)
                if not (self.holes and self.chance(0.2)):
                    fact["of"] = deal["id"]
                elif self.chance(0.3):  # what is no closing is no deal
                    fact["of"] = self.pick(*facts)["id"]
        return found

    def refunds(self, facts, deals, filters):
        """In part, in full, more than one, of a refund, of two facts, of a fact that is not there."""
        found, there = [], [f for f in facts if not f.get("broken") and (self.wild or not deals)
                            and not f["amount"]["amount"].startswith("-")]
        for i in range(self.pick(0, 0, 1, 2, 3) if there else 0):
            fact = behind = self.rng.choice(there)
            if found and self.chance(0.3):
                behind = self.rng.choice(found)
                fact = next(f for f in facts if f["id"] == behind["first"])
            full = behind is fact and self.chance(0.4) and fact.get("taken") is None
            cents = round(float(fact["amount"]["amount"]) * 100)
            taken = -cents if full else -self.rng.randint(0, cents // 4) if behind is fact else self.rng.randint(0, cents // 8)
            if taken == 0:
                continue
            if fact.get("taken") == "full" or (full and fact.get("taken")):
                continue
            fact["taken"] = "full" if full else "part"
            refund = {"id": f"u{i}", "label": f"U{i}", "kind": fact["kind"], "on": self.day().isoformat(), "amount": money(taken),
                      "credits": fact["credits"], "overlays": fact["overlays"], "refunds": [behind["id"]],
                      "attributes": fact["attributes"], "first": fact["id"]}
            if "margin" in fact and not (self.wild and self.chance(0.2)):
                refund["margin"] = money(-round(float(fact["margin"]["amount"]) * 100) if full else abs(taken) // 8 * (2 if taken > 0 else -2))
            if "quantity" in fact and not (self.wild and self.chance(0.2)):
                refund["quantity"] = "-" + fact["quantity"] if full else self.pick("0", "-0.25")
            if self.chance(0.2) and not full and taken < 0:  # of two kinds from each, of one kind it blocks
                other = self.pick(*there)
                large = round(float(other["amount"]["amount"]) * 100) > -taken * 4
                whole = all(("margin" in f, "quantity" in f) == ("margin" in fact, "quantity" in fact) for f in (fact, other))
                if other is not fact and other.get("taken") is None and large and whole:
                    refund["refunds"] = [behind["id"], other["id"]]
                    other["taken"] = "part"
            if self.wild and self.chance(0.2):
                refund["refunds"] = refund["refunds"] + [self.pick(*found, *there)["id"]]
                refund["refunds"] = list(dict.fromkeys(refund["refunds"]))
            if self.wild and self.chance(0.1):
                refund["kind"] = self.pick(*EVENTS)
            if self.holes and self.chance(0.2):
                refund["refunds"] = ["nowhere"]
                if self.chance(0.5):  # on any day: it blocks on its own only
                    refund["on"] = self.when().isoformat()
                fact.pop("taken", None)
            found.append(refund)
        for fact in facts + found:
            fact.pop("taken", None)
            fact.pop("first", None)
        return found

    def adjustments(self):
        found = []
        for i in range(self.pick(0, 0, 0, 1, 2)):
            item = {"id": f"a{i}", "person": self.pick(*self.people), "amount": money(self.rng.randint(-50000, 90000)),
                    "reason": "by hand", "by": "x", "approved_by": self.pick("y", "y", "x")}
            if self.chance(0.3):
                item["cause"] = "error"
            found.append(item)
        return found

    def case(self):
        plan = self.plan()
        facts = self.facts()
        return {"plan": plan, "period": self.period, "as_of": f"{YEAR + 1}-02-01", "currency": CURRENCY,
                "people": [self.person(name) for name in self.people], "facts": facts, "reports": self.reports(),
                "teams": self.teams(), "adjustments": self.adjustments()}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--count", type=int, default=100)
    arguments.add_argument("--wild", action="store_true")
    given = arguments.parse_args()
    cases = [Maker(random.Random(f"{given.seed}/{i}"), given.wild).case() for i in range(given.count)]
    print(json.dumps({"cases": cases}, ensure_ascii=False))


if __name__ == "__main__":
    main()
