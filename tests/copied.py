"""The invented county with people to whom copies go."""

from tests.borsetshire import AMBRIDGE, EDITION

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))
EDITION_FILE = "data/2031/edition.yaml"
COPIES = """\
copies: [link_officer, leader]
letterhead:
  after_signature: ["Enc: figures", "Copies to:", "{{ copies }}"]
"""
EDITION_WITH_COPIES = EDITION + COPIES
PEOPLE = """\
copies:
  leader: {name: Neil O'Carter, office: Leader of the Council, email: neil@ambridge.example}
  link_officer: {name: Susan Horrobin, office: Link Officer}
"""
WITH_COPIES = {EDITION_FILE: EDITION_WITH_COPIES, A_FILE: AMBRIDGE + PEOPLE}
