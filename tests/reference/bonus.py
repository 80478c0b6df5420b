#!/usr/bin/env python3
"""A second calculation of bonus plans, by exact fractions, written from docs/bonus-plans.md alone.

stdin:  {"cases": [input of bonus.calculate, ...]}
stdout: {"results": [{"statements": [...]} | {"error": "..."}, ...]}

Each function names in its docstring the section of the document that it follows ("§ ..."). Where the document
leaves two readings open, a comment says (Qn); n is the number in questions.md.
"""
import ast
import json
import math
import operator
import re
import sys
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

DECIMALS = {"JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3}  # of other currencies: 2
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
ZERO, ONE = Fraction(0), Fraction(1)

class Refused(Exception):
    """An error of the whole input, § What the engine is given."""

class Blocked(Exception):
    """§ Blocked: what cannot be known is never guessed."""

def number(text):
    """An exact number: "80%", "0.8", "4/5", 4; none stays none."""
    if text is None:
        return None
    try:
        if isinstance(text, str) and text.strip().endswith("%"):
            return Fraction(text.strip()[:-1]) / 100
        return Fraction(text)
    except (ValueError, TypeError, ZeroDivisionError):
        raise Refused(f"not a number: {text!r}") from None

def given(value, name):
    """§ Blocked: a value that is missing blocks."""
    if value is None:
        raise Blocked(f"no {name}")
    return value

def total(numbers):
    return sum(numbers, ZERO)

def interval(item):
    """§ What the engine is given: half-open, a missing end is open."""
    first, end = (item or {}).get("from"), (item or {}).get("to")
    return date.fromisoformat(first) if first else date.min, date.fromisoformat(end) if end else date.max

class Period:
    """§ period: `first` is its first day, `end` the day after its last."""

    def __init__(self, kind, year, index):
        self.kind, self.year, self.index, last = kind, year, index, index * MONTHS[kind]
        self.first, self.end = date(year, last - MONTHS[kind] + 1, 1), date(year + last // 12, last % 12 + 1, 1)
        self.text = {"month": "{}-{:02}", "quarter": "{}-Q{}", "half": "{}-H{}", "year": "{}"}[kind].format(year, index)

    @staticmethod
    def of(kind, day):
        return Period(kind, day.year, (day.month - 1) // MONTHS[kind] + 1)

    @staticmethod
    def parse(text):
        for kind, form in (("year", r"(\d{4})()"), ("half", r"(\d{4})-H([12])"), ("quarter", r"(\d{4})-Q([1-4])"),
                           ("month", r"(\d{4})-(0[1-9]|1[0-2])")):
            if hit := re.fullmatch(form, str(text)):
                return Period(kind, int(hit[1]), int(hit[2] or 1))
        raise Refused(f"not a period: {text}")

TOKEN = re.compile(r"""\s*(?:(?P<number>\d+(?:\.\d+)?%?)|'(?P<one>[^']*)'|"(?P<two>[^"]*)"|(?P<name>[^\W\d]\w*)
                       |(?P<sign>!=|<=|>=|[-+*/=<>(),]))""", re.X)

OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Eq: operator.eq, ast.In: operator.eq, ast.NotEq: operator.ne,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}

def answer(text, names, wanted=bool):
    """§ Conditions: the value of an expression, of the type that is wanted; another, or no answer, blocks.

    The text is rewritten to the same expression in Python's grammar, its atoms as v0, v1, ..."""
    atoms, python, at, text = [], [], 0, text.strip()
    while at < len(text):
        hit = TOKEN.match(text, at)
        if not hit or len(text) > 2000:
            raise Refused(f"condition: {text!r}")
        at, kind, word = hit.end(), hit.lastgroup, hit[hit.lastgroup]
        if kind == "sign":
            python.append({"=": "=="}.get(word, word))
        elif kind == "name" and word in ("and", "or", "not", "in", "missing"):
            python.append(word)
        else:
            python.append(f"v{len(atoms)}")
            atoms.append(number(word) if kind == "number" else names.get(word) if kind == "name" else word)
    try:
        value = value_of(ast.parse(" ".join(python), mode="eval").body, atoms)
    except SyntaxError:
        raise Refused(f"condition: {text!r}") from None
    return given(value if isinstance(value, wanted) else None, f"answer: {text}")

def value_of(node, atoms):
    """Three-valued: `false and unknown` is false, `true or unknown` is true; what has no answer is unknown (Q15)."""
    if isinstance(node, ast.Name):
        return atoms[int(node.id[1:])]
    if isinstance(node, ast.Call):  # missing(x)
        return value_of(node.args[0], atoms) is None
    if isinstance(node, ast.BoolOp):
        decisive, sides = isinstance(node.op, ast.Or), [value_of(side, atoms) for side in node.values]
        sure = all(isinstance(side, bool) for side in sides)
        return decisive if any(side is decisive for side in sides) else (not decisive) if sure else None
    if isinstance(node, ast.UnaryOp):
        value = value_of(node.operand, atoms)
        if isinstance(node.op, ast.Not):
            return (not value) if isinstance(value, bool) else None
        return -value if isinstance(value, Fraction) else None
    if isinstance(node, ast.BinOp):
        left, right = value_of(node.left, atoms), value_of(node.right, atoms)
        known_both = isinstance(left, Fraction) and isinstance(right, Fraction)
        return OPERATORS[type(node.op)](left, right) if known_both and (right or not isinstance(node.op, ast.Div)) else None
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        raise Refused("condition: unknown form")
    left, right, sign = value_of(node.left, atoms), node.comparators[0], type(node.ops[0])
    items = right.elts if isinstance(right, ast.Tuple) else [right]
    found = [None if type(left) is not type(item) or not isinstance(left, (Fraction, str))
             else OPERATORS[sign](left, item) for item in (value_of(item, atoms) for item in items)]
    return True if True in found else None if None in found else False

def round_to(value, mode, unit):
    """§ rounding, `mode`."""
    n = value / unit
    if mode == "half_up":  # a half away from zero
        return unit * math.floor(abs(n) + Fraction(1, 2)) * (1 if n >= 0 else -1)
    return unit * {"half_even": round, "floor": math.floor, "ceiling": math.ceil, "down": math.trunc}[mode](n)

def largest_remainder(exact, whole, unit):
    """§ rounding, `on` = `sum`: each rounded down, what is left to `whole` one unit each to the largest remainders,
    the earlier of equals. Rounded down means towards minus infinity: remainders are never below zero (Q5)."""
    units = [math.floor(part / unit) for part in exact]
    order = sorted(range(len(exact)), key=lambda i: (units[i] - exact[i] / unit, i))
    left = whole / unit - sum(units)
    assert left.denominator == 1 and 0 <= left <= len(exact), (exact, whole)
    ahead = order[: int(left)]
    return [(n + (i in ahead)) * unit for i, n in enumerate(units)]

def divide(amount, weights, unit):
    """§ overlays, § pool: an amount by weights; below zero as above it, with the sign turned (Q5)."""
    sign = -1 if amount < 0 else 1
    exact = [abs(amount) * weight / sum(weights) for weight in weights]
    return [sign * part for part in largest_remainder(exact, abs(amount), unit)]

KEYS = {
    "plan": "schema code name period default_target_bonus rounding cap floor components",
    "component": "code name credit measure rate gates modifiers cap floor proration pool",
    "credit": "event who levels filter overlays rate_date",
    "measure": "kind value over goal kpi items of",
    "rate": "by edge below_first_tier baseline tiers",
    "tier": "from to applies_to pay pay_to",
    "pay": "kind percent amount", "limit": "kind percent amount", "limits": "per_period per_deal",
    "baseline": "kind percent amount kpi", "gate": "when otherwise", "modifier": "value steps", "step": "from factor",
    "item": "kpi weight cap floor", "pool": "by", "rounding": "mode decimals on",
}

def known(what, table):
    """Unknown settings are refused."""
    if unknown := set(table) - set(KEYS[what].split()):
        raise Refused(f"{what}: unknown setting {sorted(unknown)}")
    return table

def one_of(table, key, *choices):
    """A setting of fixed choices, the first of which is its default."""
    value = table.get(key)
    if value is None or value in choices:
        return choices[0] if value is None else value
    raise Refused(f"{key}: {value!r}")

class Component:
    """§ Crediting, § Measure, § Rate and so on: the settings of a component, with their defaults.

    Unknown settings and a cap below its floor are refused; tiers, pays and combinations are taken to be valid."""

    def __init__(self, case, doc):
        self.case, self.code = case, known("component", doc)["code"]
        credit, measure = known("credit", doc.get("credit") or {}), known("measure", doc.get("measure") or {})
        rate = known("rate", doc["rate"])
        self.event = one_of(credit, "event", "closing", "invoice", "receipt", "delivery")
        self.who = one_of(credit, "who", "owners", "reports", "owners_and_reports")
        self.levels, self.filter = credit.get("levels"), credit.get("filter")
        self.overlays = one_of(credit, "overlays", "exclude", "include", "only")
        self.rate_date = one_of(credit, "rate_date", "receipt", "deal")
        self.kind = one_of(measure, "kind", "facts", "kpi", "scorecard", "objectives", "earnings")
        self.value = one_of(measure, "value", "amount", "margin", "count", "quantity")
        self.over = one_of(measure, "over", "period", "quarter_to_date", "year_to_date", "transaction")
        self.to_date = self.over.split("_")[0] if self.over.endswith("to_date") else None
        won = self.kind == "facts" and self.value == "amount" and self.event == "closing"
        self.goal = measure.get("goal") or ("won_amount" if won else self.code)  # § goal
        self.kpi, self.of = measure.get("kpi"), measure.get("of")
        self.items = [known("item", item) for item in measure.get("items") or []]
        self.by = one_of({"by": rate["by"]}, "by", "attainment", "amount")
        self.edge = one_of(rate, "edge", "lower", "upper")
        self.below = rate.get("below_first_tier")
        self.baseline = known("baseline", rate["baseline"]) if rate.get("baseline") else None
        self.tiers = [{**known("tier", t), "from": number(t["from"]), "to": number(t.get("to")), "applies_to": one_of(
            t, "applies_to", "whole", "marginal", "interpolated", "over_baseline")} for t in rate["tiers"]]
        self.gates = [known("gate", gate) for gate in doc.get("gates") or []]
        self.modifiers = [known("modifier", modifier) for modifier in doc.get("modifiers") or []]
        self.cap, self.floor = known("limits", doc.get("cap") or {}), known("limits", doc.get("floor") or {})
        self.proration = one_of(doc, "proration", "none", "calendar_days")
        pool = known("pool", doc["pool"]) if doc.get("pool") else None
        self.pool = one_of({"by": pool["by"]}, "by", "equal", "credit", "target_bonus", "days") if pool else None
        for span in ("per_period", "per_deal"):
            case.check_limits(self.cap.get(span), self.floor.get(span))
        self.check()

    def check(self):
        """§ Plan check, of the combinations that generate.py may make."""
        if self.rate_date == "deal" and self.over == "transaction" and (self.cap.get("per_period") or self.floor.get("per_period")):
            raise Refused("period_limit_of_deal_rate")
        if self.over == "quarter_to_date" and self.case.period.kind in ("half", "year"):
            raise Refused("to_date_of_longer_period")
        baselines = [t["applies_to"] == "over_baseline" and t["pay"]["kind"] in ("fixed", "percent_of_target_bonus")
                     for t in self.tiers]
        if any(baselines):
            raise Refused("pay_over_baseline")

class Person:
    def __init__(self, case, doc):
        self.case, self.id, self.assignments, self.partly = case, doc["person"], [], bool(doc.get("partly"))
        self.adjustments_only = doc.get("adjustments_only", False)  # § Adjustments: nothing of the plan is theirs
        self.read(doc)
        for item in doc.get("assignments") or []:
            target = case.target_bonus(item.get("target_bonus"))
            self.assignments.append((*interval(item), case.default if target is None else target))
        self.assignments.sort(key=lambda item: item[0])
        if any(later[0] < earlier[1] for earlier, later in zip(self.assignments, self.assignments[1:])):
            raise Refused("two assignments at a time")

    def read(self, doc):
        """§ What the engine is given: of a person, and, as far as given, of a team."""
        self.employed, self.objectives = interval(doc.get("employed")), doc.get("objectives") or []
        self.goals = {(g["period"], g["measure"]): number(g["amount"]) for g in doc.get("goals") or []}
        self.kpis = {(k["kpi"], k["period"]): k for k in doc.get("kpis") or []}
        if len(self.goals) < len(doc.get("goals") or []) or len(self.kpis) < len(doc.get("kpis") or []):
            raise Refused("a goal or KPI of one period twice")

    def counts(self, component, day):
        """§ who: those whose shares count for this person on a day."""
        if component.who == "owners":
            return {self.id}
        below = self.case.below(self.id, day, component.levels)
        return below if component.who == "reports" else below | {self.id}

    def target(self, period):
        """§ proration, `none`: the target bonus for one period."""
        in_force = [target for first, end, target in self.assignments if first <= period.first < end]
        starting = [target for first, _, target in self.assignments if period.first <= first < period.end]
        return (in_force + starting + [self.case.default])[0]

    def under(self, day):
        """§ partly: whether a day is under the plan."""
        return any(first <= day < end for first, end, _ in self.assignments)

    def share(self, period):
        """§ partly: the days of employment under the plan / the period's days."""
        days = [day for day in range(period.first.toordinal(), period.end.toordinal())
                if self.under(date.fromordinal(day)) and self.employed[0] <= date.fromordinal(day) < self.employed[1]]
        return Fraction(len(days), (period.end - period.first).days) if self.partly else ONE

    def kpi(self, name, period, what="value"):
        return number((self.kpis.get((name, period.text)) or {}).get(what))

    def kpi_values(self, period):
        return {name: number(kpi.get("value")) for (name, of), kpi in self.kpis.items() if of == period.text}

class Team(Person):
    """§ pool: the team in the place of a person; with `only`, what one of its members brought."""

    def __init__(self, case, doc, only=None):
        self.case, self.id, self.partly = case, doc["team"], False
        self.spans = [(m["person"], *interval(m)) for m in doc.get("members") or [] if only in (None, m["person"])]
        self.read(doc)

    def counts(self, component, day):
        return {person for person, first, end in self.spans if first <= day < end}

    def days(self, person, period):
        return len({day for who, first, end in self.spans if who == person
                    for day in range(max(first, period.first).toordinal(), min(end, period.end).toordinal())})

    def members(self, period):
        """Those with a day in the team within the period, in the order of their ids."""
        return [p for p in sorted({who for who, _, _ in self.spans}) if self.days(p, period)]

    def target(self, period):
        people = [self.case.people[p] for p in self.members(period) if p in self.case.people]
        return sum_of_targets([person.target(period) for person in people])

def sum_of_targets(targets):
    """§ over: a target bonus that is missing adds nothing; none where all miss. So for pools (Q8)."""
    there = [target for target in targets if target is not None]
    return total(there) if there else None

class Fact:
    def __init__(self, case, doc):
        self.id, self.label, self.kind, self.of = doc["id"], doc.get("label"), doc["kind"], doc.get("of")
        self.on, self.quantity = date.fromisoformat(doc["on"]), number(doc.get("quantity"))
        self.amount, self.margin = case.money(doc["amount"]), case.money(doc.get("margin"))
        self.credits = [(c["person"], number(c["share"])) for c in doc.get("credits") or []]
        self.overlays = [(c["person"], number(c["share"])) for c in doc.get("overlays") or []]
        self.refunds, self.refunded, self.astray = doc.get("refunds") or [], False, False
        if any(share < 0 for _, share in self.credits + self.overlays):
            raise Refused("a share below zero")
        self.attributes = {name: number(value["number"]) if isinstance(value, dict) else value
                           for name, value in (doc.get("attributes") or {}).items()}

    def names(self):
        """§ filter: what a condition over a fact can name, as it is after refunds."""
        return {**self.attributes, "amount": self.amount, "margin": self.margin, "quantity": self.quantity,
                "label": self.label}

def apply_refunds(facts):
    """§ Refunds: what a refund takes back is added in full to each of the facts it leads to, through further refunds
    to the first; once, where two ways lead to the same one; to none, where two of them are of one kind."""
    by_id = {fact.id: fact for fact in facts}

    def firsts(fact, path):
        """{id: fact} of the first ones; none among them stands for one that is not there."""
        found = {}
        for name in fact.refunds:
            if name in path:
                raise Refused(f"{name}: a circle of refunds")
            behind = by_id.get(name)
            found |= firsts(behind, path | {name}) if behind and behind.refunds else {name: behind}
        return found

    def plus(left, right):
        return None if left is None or right is None else left + right  # never guessed (Q2)

    for refund in facts:
        led_to = list((firsts(refund, {refund.id}) if refund.refunds else {}).values())
        kinds = [first.kind for first in led_to if first]
        if len(set(kinds)) < len(kinds):
            refund.astray = True
            continue
        for first in led_to:
            if first is None:
                refund.astray = True
                continue
            first.amount, first.refunded = first.amount + refund.amount, True
            first.margin, first.quantity = plus(first.margin, refund.margin), plus(first.quantity, refund.quantity)

class Case:
    def __init__(self, doc):
        plan, self.currency = known("plan", doc["plan"]), doc["currency"]
        self.places, self.period = DECIMALS.get(self.currency, 2), Period.parse(doc["period"])
        if plan.get("schema") != 2 or not plan["code"] or not plan["name"]["zh"] or not plan["name"]["en"]:
            raise Refused("schema 2, code and both names")
        if self.period.kind != plan["period"]:
            raise Refused("another kind of period")
        self.default = self.target_bonus(plan.get("default_target_bonus"))
        rounding = plan.get("rounding") or {}
        rounding = known("rounding", {"mode": rounding} if isinstance(rounding, str) else rounding)
        self.mode = one_of(rounding, "mode", "half_up", "half_even", "floor", "ceiling", "down")
        self.round_on = one_of(rounding, "on", "line", "sum")
        places = self.places if rounding.get("decimals") is None else min(rounding["decimals"], self.places)
        self.cent, self.unit = Fraction(1, 10 ** self.places), Fraction(1, 10 ** places)
        self.cap, self.floor = plan.get("cap"), plan.get("floor")
        self.check_limits(self.cap, self.floor)
        self.components = [Component(self, item) for item in plan["components"]]
        self.by_code = {component.code: component for component in self.components}
        if any(self.by_code[c.of].kind == "earnings" for c in self.components if c.kind == "earnings"):
            raise Refused("earnings of earnings")
        self.people = {item["person"]: Person(self, item) for item in once("person", doc.get("people"))}
        self.facts = sorted((Fact(self, f) for f in once("id", doc.get("facts"))), key=lambda fact: (fact.on, fact.id))
        apply_refunds(self.facts)
        self.teams, self.adjustments = once("team", doc.get("teams")), once("id", doc.get("adjustments"))
        if any(adjustment["person"] not in self.people for adjustment in self.adjustments):
            raise Refused("an adjustment of nobody")
        self.reports = [(r["person"], r["manager"], *interval(r)) for r in doc.get("reports") or []]
        days = {first for _, _, first, _ in self.reports}  # a circle of managers, on whatever day
        if any(person in self.below(person, day) for person, *_ in self.reports for day in days):
            raise Refused("a circle of managers")
        self.done = {}

    def money(self, item):
        """Money, or a decimal text, in major units."""
        if isinstance(item, dict) and item["currency"] != self.currency:
            raise Refused(f"currency {item['currency']}")
        return number(item["amount"] if isinstance(item, dict) else item)

    def target_bonus(self, item):
        target = self.money(item)
        if target is None or target >= 0:
            return target
        raise Refused("a negative target bonus")

    def level(self, pay):
        """The number of a pay or a limit: its percent or its amount."""
        if pay["kind"] == "nothing":
            return ZERO
        return self.money(pay["amount" if pay["kind"] in ("fixed", "per_unit", "amount") else "percent"])

    def check_limits(self, *limits):
        """§ cap and floor: a cap below its floor is refused, where both are of one kind (Q11)."""
        for limit in filter(None, limits):
            one_of({"kind": known("limit", limit)["kind"]}, "kind", "amount", "percent_of_target_bonus")
        cap, floor = limits
        if cap and floor and cap["kind"] == floor["kind"] and self.level(cap) < self.level(floor):
            raise Refused("a cap below its floor")

    def below(self, manager, day, levels=None):
        """§ who, § levels: all who report to the manager on a day, each once."""
        found, layer, depth = set(), {manager}, 0
        while layer and (levels is None or depth < levels):
            layer = {p for p, m, first, end in self.reports if m in layer and first <= day < end} - found
            found, depth = found | layer, depth + 1
        return found

    def credit(self, component, subject, first, end, event, only=None):
        """Step 1, § Crediting: what counts for the subject: [(fact, its credit)], in the order of day and id.

        § Which facts block: a refund that leads nowhere, on its own day; then what is left out (other dates, net zero,
        filtered) blocks nothing; then a credit list that does not total 100 %, unless there is none."""
        found = []
        for fact in self.facts:
            who = subject.counts(component, fact.on)
            credits = [i for i, (p, _) in enumerate(fact.credits) if p in who and component.overlays != "only"]
            overlays = [i for i, (p, _) in enumerate(fact.overlays) if p in who and component.overlays != "exclude"]
            if fact.kind != event or not credits and not overlays:
                continue
            by_fact = event == "receipt" if component.rate_date == "deal" else component.over == "transaction"
            if subject.partly and by_fact and not subject.under(fact.on):
                continue
            if not first <= fact.on < end:
                continue
            if fact.astray:
                raise Blocked(f"{fact.id} refunds a fact that is not there, or several of one kind")
            if fact.refunds or only not in (None, fact.id):
                continue
            if fact.refunded and fact.amount == 0 or component.filter and not answer(component.filter, fact.names()):
                continue
            if fact.credits and total(share for _, share in fact.credits) != 1:
                raise Blocked(f"{fact.id}: the credit list does not total 100 %")
            found.append((fact, self.credited(component, fact, credits, overlays)))
        return found

    def credited(self, component, fact, credits, overlays):
        """§ overlays, § value: what these places in the two lists are credited with."""
        shares, on_top = [s for _, s in fact.credits], [fact.overlays[i][1] for i in overlays]
        value = given(ONE if component.value == "count" else getattr(fact, component.value), component.value)
        if component.value in ("count", "quantity"):
            return value * (total(shares[i] for i in credits) + total(on_top))
        parts = divide(value, shares, self.cent)
        return total(parts[i] for i in credits) + total(round_to(value * s, "half_up", self.cent) for s in on_top)

    def measure(self, component, subject, window, event, only=None):
        """Step 2, § Measure: the measures, one for each fact over `transaction`, else one in all."""
        period = window[-1]
        if component.kind == "kpi":
            return [given(subject.kpi(component.kpi, period), component.kpi)]
        if component.kind == "earnings":
            below = self.below(subject.id, period.end - timedelta(1), component.levels)
            of = self.by_code[component.of]
            return [total(total(self.component(of, self.people[p])) for p in sorted(below) if p in self.people)]
        if component.kind != "facts":
            return [None]
        credits = [value for _, value in self.credit(component, subject, window[0].first, period.end, event, only)]
        return credits if component.over == "transaction" else [total(credits)]

    def attainment(self, component, subject, period, measure, goal):
        """Step 3, and § kind for scorecards and objectives: exact, never clamped; none without a goal above zero."""
        if component.kind == "scorecard":
            pairs = []
            for item in component.items:
                reached = given(subject.kpi(item["kpi"], period, "attainment"), item["kpi"])
                floor, cap = number(item.get("floor")), number(item.get("cap"))
                reached = reached if floor is None else max(reached, floor)
                pairs.append((number(item["weight"]), reached if cap is None else min(reached, cap)))
            return total(weight * reached for weight, reached in pairs)
        if component.kind == "objectives":
            pairs = [(number(o["weight"]), number(o.get("result"))) for o in subject.objectives]
            if pairs and (total(weight for weight, _ in pairs) != 1 or any(result is None for _, result in pairs)):
                raise Blocked("objectives: weights that do not total 100 %, or no result")
            return total(weight * result for weight, result in pairs) if pairs else None
        return measure / goal if goal is not None and goal > 0 else None

    def goal(self, component, subject, window):
        """§ goal; § over: the sum over the periods in question; missing for one of them: none."""
        if component.kind in ("scorecard", "objectives"):
            return None
        goals = [subject.goals.get((period.text, component.goal)) for period in window]
        return total(goals) if goals and None not in goals else None

    def tier(self, component, measure, attainment, goal, target, kpi):
        """Step 4, § Settings of a tier: the lines that the rate pays."""
        x = attainment if component.by == "attainment" else measure
        goal = goal if goal is not None and goal > 0 else None

        def m_of(width):
            """M or dM for an x or dx."""
            return width if component.by == "amount" else None if goal is None else width * goal

        def whole(pay, m, level=None):
            """§ pay, column `whole`; with the same M for dM also the most of column `marginal`."""
            kind, level = pay["kind"], self.level(pay) if level is None else level
            if kind == "fixed":
                return level
            if kind in ("percent_of_measure", "per_unit"):
                return level * m
            if target is None or kind == "nothing" or kind == "individual_rate" and goal is None:
                return ZERO
            return level * target if kind == "percent_of_target_bonus" else level * target / goal * m

        def marginal(pay, dx):
            """§ pay, column `marginal`."""
            if pay["kind"] == "fixed" and dx == 0:
                return ZERO
            return whole(pay, m_of(dx)) * (dx if pay["kind"] == "percent_of_target_bonus" else 1)

        def below_first(m):
            return [whole(component.below, m)] if component.below else [ZERO]

        def pays(i, at):
            """§ applies_to: what tier i pays at x = `at`, after the lines of the tiers on which it stands."""
            tier = component.tiers[i]
            pay, start, m = tier["pay"], tier["from"], m_of(at)
            if tier["applies_to"] == "marginal":
                return (pays(i - 1, start) if i else below_first(m_of(start))) + [marginal(pay, at - start)]
            level = self.level(pay)
            if tier["applies_to"] == "interpolated":
                level += (self.level(tier["pay_to"]) - level) * (at - start) / (tier["to"] - start)
            if tier["applies_to"] == "over_baseline":
                base = self.baseline(component, goal, kpi)
                if base is None or m <= base:  # at the baseline nothing lies above it (Q10)
                    return [ZERO]
                m -= base
            return [whole(pay, m, level)]

        if x is None:
            return [ZERO]
        if x < component.tiers[0]["from"]:
            return below_first(measure)
        for i, tier in enumerate(component.tiers):
            at_end = component.edge == "lower" or i == len(component.tiers) - 1  # to whom the edge belongs
            if tier["to"] is None or x < tier["to"] or x == tier["to"] and at_end:
                return pays(i, x)
        return [ZERO]  # above the last end

    def baseline(self, component, goal, kpi):
        """§ baseline; asked for only where a tier needs it (Q10)."""
        doc = component.baseline
        if doc["kind"] == "percent_of_goal":
            return None if goal is None else number(doc["percent"]) * goal
        return self.money(doc["amount"]) if doc["kind"] == "amount" else given(kpi(doc["kpi"]), doc["kpi"])

    def factor(self, component, names):
        """Step 5, § gates, § modifiers: their product."""
        product = ONE
        for gate in component.gates:
            product *= ONE if answer(gate["when"], names) else number(gate.get("otherwise") or "0%")
        for modifier in component.modifiers:
            value = answer(modifier["value"], names, Fraction)
            steps = [known("step", step) for step in modifier["steps"]]
            reached = [step for step in steps if step.get("from") is None or number(step["from"]) <= value]
            product *= number(reached[-1]["factor"]) if reached else ONE
        return product

    def held(self, value, cap, floor, target, share=ONE):
        """Step 6, § cap, § floor: by a percentage without a target bonus there is no limit."""
        for limit, hold in ((floor, max), (cap, min)):  # where the two cross the cap holds (Q11)
            if limit and limit["kind"] == "amount":
                value = hold(value, self.level(limit) * share)
            elif limit and target is not None:
                value = hold(value, self.level(limit) * target * share)
        return value

    def parts(self, component, subject, window, counted):
        """Step 7, § proration: [(target bonus, share of the window's days)]. With `rate_date` = `deal` it is the rate
        that is worked out: as if all days were under the plan."""
        of_rate = component.rate_date == "deal"
        by_days = subject.partly and component.over != "transaction" and not of_rate
        if component.proration == "none" and not by_days:
            return [(sum_of_targets([subject.target(period) for period in counted]), ONE)]
        first, end, found = window[0].first, window[-1].end, []
        days = {first, end, *subject.employed} | {day for item in subject.assignments for day in item[:2]}
        cuts = sorted(day for day in days if first <= day <= end)
        for start, stop in zip(cuts, cuts[1:]):
            targets = [target for begin, over, target in subject.assignments if begin <= start < over]
            if not subject.employed[0] <= start < subject.employed[1]:
                continue
            if subject.assignments and not targets:
                if not of_rate:
                    continue
                targets = [subject.target(window[-1])]  # what the period has without proration
            target = targets[0] if targets else self.default
            whole = None if target is None else target * len(window)  # as if it held for all of the window
            found.append((whole, Fraction((stop - start).days, (end - first).days)))
        return found

    def exact_lines(self, component, subject, window, event, only=None):
        """Steps 1 to 7: (the measures, the exact lines). `window`: the plan's periods; to date more than one."""
        period = window[-1]
        hired, left = subject.employed if component.to_date else (date.min, date.max)
        counted = [p for p in window if hired < p.end and p.first < left]
        goal, lines = self.goal(component, subject, counted), []
        measures = self.measure(component, subject, window, event, only)
        whole = self.measure(component, subject, window, event) if only else measures  # attainment is the period's
        attainments = [self.attainment(component, subject, period, total(whole) if component.over == "transaction" else m,
                                       goal) for m in measures]
        for target, share in self.parts(component, subject, window, counted):
            pays = []
            for measure, attainment in zip(measures, attainments):
                paid = self.tier(component, measure, attainment, goal, target, lambda name: subject.kpi(name, period))
                names = {**subject.kpi_values(period), "measure": measure, "goal": goal, "attainment": attainment,
                         "target_bonus": target}
                factor = self.factor(component, names) if total(paid) else ONE  # not asked where nothing is paid (Q9)
                if component.over == "transaction":  # a line a fact, its parts summed
                    paid, factor = [self.held(total(paid) * factor, component.cap.get("per_deal"),
                                              component.floor.get("per_deal"), target)], ONE
                pays += [line * factor for line in paid]
            of_days = subject.share(period) if component.over == "transaction" else ONE  # § Proration, `partly`
            held = self.held(total(pays), component.cap.get("per_period"), component.floor.get("per_period"), target, of_days)
            pays += [held - total(pays)] if held != total(pays) else []
            lines += [line * share for line in pays]
        return measures, lines

    def receipt_lines(self, component, subject):
        """§ rate_date, `deal`: each receipt at the rate of its deal, a line each."""
        lines, deals = [], {fact.id: fact for fact in self.facts if fact.kind == "closing" and not fact.refunds}
        for receipt, value in self.credit(component, subject, self.period.first, self.period.end, "receipt"):
            deal = deals.get(receipt.of)
            if deal is None:
                raise Blocked(f"{receipt.id}: its deal is not there")
            only = deal.id if component.over == "transaction" else None
            window = [Period.of(self.period.kind, deal.on)]
            measures, paid = self.exact_lines(component, subject, window, "closing", only)
            rate = total(paid) / total(measures) if total(measures) > 0 else ZERO  # (Q7)
            lines.append(rate * value)
        return lines

    def rounded(self, lines):
        """Step 8, § rounding."""
        if self.round_on == "line":
            return [round_to(line, self.mode, self.unit) for line in lines]
        return largest_remainder(lines, round_to(total(lines), self.mode, self.unit), self.unit)

    def component(self, component, person):
        """The lines of a component for a person, worked out once; a blocked one raises each time it is asked for."""
        key = component.code, person.id
        if key not in self.done:
            self.done[key] = None
            self.done[key] = self.pool_lines(component, person) if component.pool else self.own_lines(component, person)
        return given(self.done[key], component.code)

    def own_lines(self, component, person):
        """Steps 1 to 8 of a person's own component; § over: to date one line, the difference of two rounded amounts."""
        if component.rate_date == "deal":
            return self.rounded(self.receipt_lines(component, person))
        if not component.to_date:
            return self.rounded(self.exact_lines(component, person, [self.period], component.event)[1])
        start = Period.of(self.period.kind, Period.of(component.to_date, self.period.first).first).index
        window = [Period(self.period.kind, self.period.year, i) for i in range(start, self.period.index + 1)]

        def amount(periods):
            """Worked out as one line, rounded once (Q12)."""
            lines = self.exact_lines(component, person, periods, component.event)[1] if periods else []
            return round_to(total(lines), self.mode, self.unit)

        return [amount(window) - amount(window[:-1])]

    def pool_lines(self, component, person):
        """§ pool: what the person gets of each of their teams, a line each."""
        found = [(doc, Team(self, doc).members(self.period)) for doc in self.teams]
        if person.partly and any(person.id in people for _, people in found):
            raise Blocked("a pool, and under another plan on other days")
        return [self.pool(component, doc, people)[people.index(person.id)] for doc, people in found if person.id in people]

    def pool(self, component, doc, members):
        """§ pool: the amount of one team, rounded once (Q12), divided among its members."""
        team, period = Team(self, doc), self.period
        lines = (self.receipt_lines(component, team) if component.rate_date == "deal"
                 else self.exact_lines(component, team, [period], component.event)[1])
        amount = round_to(total(lines), self.mode, self.unit)
        weigh = {
            "equal": lambda p: ONE,
            "days": lambda p: Fraction(team.days(p, period)),
            "target_bonus": lambda p: (self.people[p].target(period) if p in self.people else None) or ZERO,
            "credit": lambda p: max(ZERO, total(value for _, value in self.credit(
                component, Team(self, doc, p), period.first, period.end, component.event))),
        }[component.pool]
        weights = [weigh(p) for p in members]
        return divide(amount, weights if any(weights) else [ONE] * len(members), self.unit)  # in the plan's units (Q13)

    def statement(self, person):
        """§ Order of steps, below its list: the plan's own cap and floor, then § Adjustments; the payout."""
        paid, blocked, components = ZERO, False, []
        for component in [] if person.adjustments_only else self.components:
            try:
                lines = self.component(component, person)
                paid += total(lines)
                components.append({"code": component.code, "amount": self.text(total(lines)),
                                   "lines": [self.text(line) for line in lines]})
            except Blocked:
                blocked = True
                components.append({"code": component.code, "amount": None, "lines": []})
        floor = None if blocked else self.floor  # the line waits until it is known
        held = self.held(paid, self.cap, floor, person.target(self.period), person.share(self.period))
        limit = round_to(held, self.mode, self.unit) - paid  # so that all is the limit, rounded (Q16)
        if person.adjustments_only:
            limit = ZERO
        adjustments = total(self.money(a["amount"]) for a in self.adjustments if a["person"] == person.id
                            and a.get("approved_by") and a["approved_by"] != a.get("by"))
        return {"person": person.id, "payout": self.text(paid + limit + adjustments), "blocked": blocked,
                "components": components, "adjustments": self.text(adjustments), "limit": self.text(limit)}

    def text(self, amount):
        assert (amount / self.cent).denominator == 1, amount
        return f"{Decimal(int(amount / self.cent)).scaleb(-self.places):.{self.places}f}"

def once(key, items):
    """§ What the engine is given: a person, fact or team that is listed twice is an error."""
    names = [item[key] for item in items or []]
    if len(set(names)) < len(names):
        raise Refused(f"{key}: listed twice")
    return items or []

def calculate(doc):
    try:
        case = Case(doc)
        return {"statements": [case.statement(person) for person in case.people.values()]}
    except Refused as why:
        return {"error": str(why)}
    except (KeyError, TypeError, AttributeError) as why:  # a required setting is missing, or of another form
        return {"error": f"the input: {why!r}"}

def main():
    cases = json.load(sys.stdin, parse_float=Decimal)["cases"]
    json.dump({"results": [calculate(case) for case in cases]}, sys.stdout, ensure_ascii=False)
    print()

if __name__ == "__main__":
    main()
