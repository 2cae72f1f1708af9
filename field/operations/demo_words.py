"""What the demo's inspectors and reviewers write, and which picture goes with which question."""

from typing import NamedTuple

#: Question to the scene of its photo.
SCENES = {
    "entrance_tidy": "shopfront", "first_view": "aisle", "floors_clean": "aisle", "shelves_tidy": "shelf",
    "toilets_clean": "washroom", "exits_clear": "exit", "dress_complete": "uniform", "shop_sign": "sign",
    "shelf_labels": "shelf", "offers_current": "shelf", "in_stock": "shelf", "price_match": "receipt",
    "receipt_right": "receipt", "goods_sound": "shelf", "one_person": "help",
}

#: Questions whose good answer an inspector sometimes photographs unasked; good for the shop's own sheet.
WORTH_A_PHOTO = ("dress_complete", "one_person", "entrance_tidy", "shop_sign")

#: Why an answer fell short, by question or by question and answer. {n} becomes a small number.
COMMENTS = {
    "entrance_tidy": (
        "Two crates and litter by the door.", "The lamp over the door was out, leaves on the mat.",
        "Rubbish bags left of the door, {n} of them."),
    "floors_clean": (
        "Water by the fridge in aisle {n}, no sign.", "A box stood in aisle {n} for the whole visit.",
        "Sticky floor near the fruit.", "Cardboard and a cable in the walkway, aisle {n}."),
    "shelves_tidy": (
        "Dust on the top shelves, aisle {n}.", "Goods lay across each other in aisle {n}.",
        "Opened packs pushed to the back of the shelf."),
    "toilets_clean": (
        "No paper and no soap, wet floor.", "The basin was blocked, water on the floor.",
        "The list on the door was last signed {n} hours ago."),
    "exits_clear": ("Boxes stood in front of the rear exit.", "A pallet blocked half of the side exit."),
    "dress_complete": (
        "One person wore a private jumper.", "A stained vest at till {n}.", "No vest at the bread counter."),
    "staff_neat": (
        "Long hair loose at the open food counter.", "Hands still dirty from unloading while serving."),
    "shop_sign": (
        "Two letters are dark.", "One corner of the sign is broken off.", "The sign is cracked near the arrow."),
    "shelf_labels": (
        "The third label on the top shelf is blank.", "{n} labels are missing in one aisle.",
        "Two prices under one item, one of them old."),
    "offers_current": ("One offer ended on Sunday.", "The sign for coffee stood above the tea."),
    "offers_current=more_wrong": (
        "{n} signs named offers that ended last week.", "Most offer signs stood above the wrong goods."),
    "in_stock": (
        "Shelves half empty at that hour; staff were unloading.", "The bread and egg shelves were empty.",
        "Empty places, and no sign when the goods will come."),
    "got_as_asked": (
        "Asked for four rolls, got five.", "The larger size was handed over.", "Sliced although I said whole."),
    "promise_kept": (
        "\u201cIn a minute\u201d took {n} minutes more than that.", "Ready {n} minutes after the time on the slip."),
    "promise_kept=not_kept": (
        "The colleague who was called did not come.", "The order was to be ready at noon and was not."),
    "price_match": (
        "The shelf showed the offer, the till the full price.", "The label under the item was an old one."),
    "price_match=cheaper": (
        "The shelf still showed the old, higher price.", "The till took off an offer that no sign named."),
    "receipt_right": ("One item stood twice on the receipt.", "No receipt was offered; I had to ask."),
    "help_offered": (
        "Two people were stacking shelves beside me and did not look up.", "I had to interrupt a talk.",
        "Waited {n} minutes, then went to look for someone."),
    "problem_taken": (
        "Said that the other till would have to see to it.", "Explained why it was not their fault."),
    "test_question": ("Knew the days, not that the receipt is needed.", "Knew about the receipt, not the days."),
    "test_question=no": (
        "Said to ask at the till.", "Named {n} days; the notice says 30.", "Did not know and did not ask anyone."),
    "courteous": ("No greeting, no thank you, eyes on the screen.", "Spoke to a colleague over my head."),
    "payment_private": ("Read my number aloud for the points.", "Took the card and turned away with it."),
    "goods_sound": (
        "One yoghurt was {n} days past its date.", "A dented tin stood at the front.",
        "Mould on one punnet of berries."),
    "full_attention": ("Went on pricing goods while we talked.", "On the phone for most of it."),
}

#: What is written where a comment is always asked for and things went well.
PRAISE = {
    "problem_taken": ("Came along at once and looked for it.", "Said sorry and changed the pack."),
}

#: Why something could not be checked.
REASONS = (
    "Nobody was near to ask.", "The counter was already closed.", "Too crowded to see it.",
    "I had to leave before the till opened.", "The area was roped off for a delivery.",
)

REMARKS = (
    "A delivery was under way; the team stayed friendly all the same.",
    "Very calm at that hour. One person covered floor and till.",
    "The trainee at the till asked twice and got it right.",
    "Music rather loud near the entrance.",
    "An older customer was helped to the door without asking.",
    "The new shelves make it much easier to find things.",
)

BRIEFS = (
    "Act as a customer. Buy one small item and keep the receipt.",
    "Say that you look for a present under 20. Buy one small item.",
    "Ask for a larger pack than you can see. Buy milk and one other thing.",
    "Go at a busy hour if you can. Your five items: bread, milk, eggs, apples, water.",
)

#: What the demo's returned visit is asked for: question and text.
RETURN_REASONS = (
    ("receipt_right", "The total cannot be read on the photo. Add one of the lower half of the receipt."),
    (None, "The comment on the queue and its time do not fit together. Say which one holds."),
)


class Coming(NamedTuple):
    """An assignment of the coming days; hours by the site's clock."""

    days: int
    inspector: str
    site: str
    from_hour: int
    until_hour: int
    brief: str


COMING = (
    Coming(0, "amira@example.org", "station-road", 8, 22, BRIEFS[0]),
    Coming(0, "amira@example.org", "harbour-quay", 12, 15, BRIEFS[3]),
    Coming(0, "amira@example.org", "bridge-street", 9, 21, BRIEFS[1]),
    Coming(2, "amira@example.org", "canal-walk", 9, 18, BRIEFS[2]),
    Coming(5, "amira@example.org", "chapel-hill", 9, 18, BRIEFS[0]),
    Coming(3, "liam@example.org", "kiln-lane", 9, 18, BRIEFS[0]),
    Coming(9, "grace@example.org", "kiln-lane", 9, 18, BRIEFS[2]),
    Coming(1, "priya@example.org", "cedar-park", 10, 17, BRIEFS[1]),
    Coming(2, "jack@example.org", "esplanade", 9, 18, BRIEFS[3]),
    Coming(4, "niamh@example.org", "weavers-lane", 9, 18, BRIEFS[0]),
    Coming(1, "anna@example.org", "szolohegy", 9, 18, BRIEFS[0]),
    Coming(3, "gergo@example.org", "hidfo", 9, 18, BRIEFS[2]),
    Coming(4, "lukas@example.org", "ziegelgasse", 9, 18, BRIEFS[1]),
)
