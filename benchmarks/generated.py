"""Registers made up for measuring: any number of activities of some 5 KB, all facts filled in."""

from __future__ import annotations

import argparse
from pathlib import Path

HEAD = """ropa: 1
language: en
controller:
  name: Generated B.V.
  country: NL
  contact: {address: "Street 1, Town", email: privacy@example.org, phone: "+31 20 000 0000"}
  dpo: {name: Officer, contact: {email: dpo@example.org}}
  public_authority: no
  employees: 1200
rights:
  access: {offered: yes, how: by e-mail}
  objection: {offered: yes, how: by e-mail}
  objection-to-direct-marketing: {offered: yes, how: a link in every message}
measures:
  passwords: {name: Two-factor sign-in on all systems, aims: [confidentiality], everywhere: yes}
  backups: {name: Daily backups in a second place, aims: [availability, restoration], everywhere: yes}
notices:
  website: {name: Privacy statement, address: "https://www.example.org/privacy", dated: 2026-01-15}
"""

ACTIVITY = """  activity-{n:05}:
    name: {{en: "Activity {n}: keeping relations with customers", nl: "Activiteit {n}: onderhouden van klantrelaties"}}
    description: {{en: "Contacts with customers are planned, recorded and followed up by the sales department of region {n}.", nl: "Contacten met klanten worden gepland, vastgelegd en opgevolgd door de afdeling verkoop van regio {n}."}}
    owner: {{en: Head of sales, nl: Hoofd verkoop}}
    tags: [sales, region-{r}]
    joint_control: none
    purposes:
      contact:
        name: {{en: "Answering questions of customers and planning appointments in region {n}", nl: "Beantwoorden van vragen van klanten en plannen van afspraken in regio {n}"}}
        data_subjects: [customers-{r}]
        legal_basis:
          article: 6(1)(f)
          interest: {{en: being able to serve customers who ask for something, nl: klanten die iets vragen kunnen helpen}}
          whose: controller
          assessment: {{done: 2025-03-14, reference: "LIA-{n}", outcome: {{en: interests balanced, nl: belangen afgewogen}}}}
      delivery:
        name: {{en: Delivering what was ordered and keeping the customer informed of it, nl: Leveren van wat besteld is en de klant daarover informeren}}
        data_subjects: [customers-{r}]
        legal_basis: {{article: 6(1)(b), contract: {{en: the contract of sale, nl: de koopovereenkomst}}, data_subject_is_party: yes}}
      accounts:
        name: {{en: Keeping the accounts that tax law asks for, nl: Voeren van de administratie die de belastingwet vraagt}}
        data_subjects: [customers-{r}]
        data: [identity-{r}, billing-{r}]
        legal_basis: {{article: 6(1)(c), provision: {{en: "Art. 52 General State Taxes Act", nl: "Art. 52 Algemene wet inzake rijksbelastingen"}}}}
      mailings:
        name: {{en: Sending mailings to people who asked for them, nl: Versturen van mailings aan wie daarom vroeg}}
        data_subjects: [prospects-{r}]
        data: [identity-{r}]
        legal_basis:
          article: 6(1)(a)
          consent:
            proof: {{en: time and text are kept with the address, nl: tijdstip en tekst worden bij het adres bewaard}}
            withdrawal: {{en: a link in every message, nl: een link in elk bericht}}
            explicit: yes
            conditional: no
    data_subjects: [customers-{r}, prospects-{r}]
    data: [identity-{r}, billing-{r}, contacts-{r}]
    sources:
      - {{kind: data-subject, description: {{en: the order form, nl: het bestelformulier}}}}
      - {{kind: observation, description: {{en: use of the customer portal, nl: gebruik van het klantportaal}}}}
    recipients:
      - host-{r}
      - {{party: mailer-{r}, data: [identity-{r}], purposes: [mailings], description: {{en: sends the mailings, nl: verstuurt de mailings}}}}
      - {{party: accountant-{r}, data: [billing-{r}], description: {{en: audits the accounts, nl: controleert de boeken}}}}
    retention:
      - {{data: [identity-{r}, contacts-{r}], period: P2Y, start: {{en: last contact, nl: laatste contact}}, until_objection: yes}}
      - {{data: [billing-{r}], period: P7Y, start: {{en: end of the financial year, nl: einde van het boekjaar}}, ground: {{en: "Art. 52(4) General State Taxes Act", nl: "Art. 52 lid 4 AWR"}}}}
      - {{data: [contacts-{r}], data_subjects: [prospects-{r}], period: P1Y, start: {{en: last contact, nl: laatste contact}}}}
    systems: [crm-{r}, portal-{r}]
    profiling: no
    automated_decisions: none
    cookies: none
    dpia: {{required: no, done: 2025-04-0{d}, reason: {{en: "fewer than two of the nine criteria apply, see the screening of region {n}", nl: "minder dan twee van de negen criteria zijn van toepassing, zie de screening van regio {n}"}}, dpo_advice: yes}}
    rights:
      portability: {{offered: yes, how: {{en: a file on request, nl: een bestand op verzoek}}}}
      erasure: {{offered: yes, how: {{en: by e-mail, nl: per e-mail}}}}
    notices: [website]
    since: 2019-0{d}-01
    reviewed: 2026-0{d}-15
    note: {{en: "Generated record number {n}; every field that an activity of this kind would have is filled in with words of a usual length.", nl: "Gegenereerd record nummer {n}; elk veld dat een activiteit van deze soort zou hebben is gevuld met woorden van een gebruikelijke lengte."}}
"""

SHARED = {
    "data": "  identity-{r}: {{name: Names and addresses {r}}}\n  billing-{r}: {{name: Billing data {r}}}\n  contacts-{r}: {{name: History of contacts {r}}}\n",
    "data_subjects": "  customers-{r}: {{name: Customers {r}, employees: no}}\n  prospects-{r}: {{name: Prospects {r}, employees: no}}\n",
    "systems": "  crm-{r}: {{name: Relations {r}, party: host-{r}, data: [identity-{r}, contacts-{r}]}}\n  portal-{r}: {{name: Portal {r}, party: host-{r}, data: [identity-{r}, billing-{r}]}}\n",
    "parties": """  host-{r}:
    name: Host {r} B.V.
    role: processor
    country: NL
    contract: {{kind: contract, signed: 2021-05-01, reference: "DPA-{r}", sub_processing: {{authorisation: general, objection: yes, same_obligations: yes}}}}
    sub_processors: none
  mailer-{r}:
    name: Mailer {r} Inc.
    role: processor
    country: US
    contract: {{kind: standard-clauses, signed: 2023-09-01, sub_processing: none}}
    sub_processors: none
  accountant-{r}: {{name: Accountant {r}, role: controller, country: NL}}
""",
    "transfers": """  mailer-{r}-us:
    to: mailer-{r}
    recurring: yes
    instruments:
      - {{adequacy: us-dpf, listed: {{since: 2023-09-01, entity: Mailer Inc., hr_data: no, checked: 2026-01-10}}, conditions: {{ftc-dot: yes}}}}
      - {{clauses: eu-2021-914, module: 2, concluded: 2023-09-01, unmodified: yes}}
    assessment: {{done: 2023-09-20, result: equivalent, reference: "TIA-{r}"}}
""",
}


def texts(activities: int, per_file: int = 100) -> dict[str, str]:
    """Return the files of a generated register, by name: one of shared records, the rest of activities."""
    groups = range(max(1, activities // 20))
    shared = HEAD + "".join(
        f"{section}:\n" + "".join(entry.format(r=r) for r in groups) for section, entry in SHARED.items()
    )
    files = {"register.yaml": shared}
    for first in range(0, activities, per_file):
        numbers = range(first, min(first + per_file, activities))
        files[f"activities/{first:05}.yaml"] = "activities:\n" + "".join(
            ACTIVITY.format(n=n, r=n % len(groups), d=n % 9 + 1) for n in numbers
        )
    return files


DEPTH = 6
"""Processors in each chain of the register that `chains` makes."""


def chains(transfers: int) -> str:
    """Return a register in which data go down chains of processors, one transfer for each step."""
    lines = ["ropa: 1", "controller: {name: Example B.V., country: NL}", "activities:"]
    numbers = range(transfers // DEPTH)
    lines += [f"  a{n}: {{name: Activity {n}, recipients: [p{n}-0]}}" for n in numbers]
    lines.append("parties:")
    for n in numbers:
        for depth in range(DEPTH):
            engages = f"[p{n}-{depth + 1}]" if depth + 1 < DEPTH else "none"
            country, role = ("US", "IN", "CA", "JP", "GB", "IE")[depth], "sub-processor" if depth else "processor"
            lines.append(f"  p{n}-{depth}: {{name: P, country: {country}, role: {role}, sub_processors: {engages}}}")
    lines.append("transfers:")
    for n in numbers:
        lines += [
            f"  t{n}-{depth}: {{to: p{n}-{depth}, instruments: [{{adequacy: us-privacy-shield, listed: yes}}, "
            f"{{clauses: eu-2021-914, module: {3 if depth else 2}, concluded: 2022-01-01}}]}}"
            for depth in range(DEPTH)
        ]
    return "\n".join(lines) + "\n"


def write(folder: Path, activities: int, per_file: int = 100) -> int:
    """Write a generated register into a folder; return its size in bytes."""
    size = 0
    for name, text in texts(activities, per_file).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        size += file.write_bytes(text.encode())
    return size


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--activities", type=int, default=1000)
    options = parser.parse_args()
    print(write(options.folder, options.activities), "bytes")
