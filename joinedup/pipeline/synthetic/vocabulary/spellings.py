"""Names that clerks spell more than one way, and what they write when they have no name."""

GROUPS = """Mohammed/Mohammad/Muhammad/Mohamed/Muhammed/Md Ahmed/Ahmad/Ahmet Hussain/Hussein/Husain/Hossain
    Akhtar/Akhter/Aktar/Akter Begum/Begom/Beegum Choudhury/Chaudhry/Chowdhury/Choudhry Sheikh/Shaikh/Shaikhh
    Rehman/Rahman/Rahmaan Uddin/Udin/Ud-din Miah/Mia/Miya Kausar/Kauser/Kousar Parveen/Parvin/Perveen
    Ayesha/Aisha/Aysha/Aishah Zainab/Zaynab/Zainub Khadija/Khadijah/Kadija Fatima/Fatema/Fatimah
    Maryam/Mariam/Miriam Yousaf/Yusuf/Yousuf Usman/Osman/Uthman Omar/Umar Abdul/Abdool Iqbal/Eqbal Shah/Sha
    Malik/Malek Qureshi/Quraishi/Kureshi Khatun/Khatoon/Khatum Singh/Sing Kaur/Kour Patel/Pattel
    Catherine/Katherine/Kathryn/Catharine Stephen/Steven/Stephan Sarah/Sara Ann/Anne Claire/Clare/Clair
    Geoffrey/Jeffrey Alan/Allan/Allen Philip/Phillip Lynn/Lynne/Lyn Tracey/Tracy Jon/John Ian/Iain Neil/Neal
    Sean/Shaun/Shawn Graham/Graeme Susan/Suzan Lesley/Leslie Frances/Francis Teresa/Theresa Deborah/Debra
    Elizabeth/Elisabeth Marian/Marion Hayley/Haley Michelle/Michele Nicholas/Nicolas Mark/Marc Eric/Erik
    Jonathan/Jonathon Siobhan/Shivaun Niamh/Neve Aidan/Aiden Connor/Conor Kieran/Ciaran Rhys/Reece/Rees
    Megan/Meghan Zoe/Zoey Sophie/Sofie Isabelle/Isabel/Isobel Harriet/Harriett Freya/Freyja Lewis/Louis
    Bryan/Brian Clarke/Clark Davies/Davis Thompson/Thomson/Tompson Reid/Read/Reed Phillips/Philips Shepherd/Sheppard
    Stevens/Stephens Brown/Browne Green/Greene Moore/More Pearce/Pierce/Peirce Mathews/Matthews Nicholson/Nicolson
    Johnson/Johnston/Johnstone Barratt/Barrett Hewitt/Hewett Haigh/Hague Rogers/Rodgers Byrne/Burn Gardner/Gardiner
    McDonald/MacDonald/Macdonald McKenzie/MacKenzie McLean/MacLean McLeod/MacLeod McGregor/MacGregor
    McDonagh/McDonough Maughan/Mongan Connors/O'Connor Wójcik/Wojcik Kowalczyk/Kovalchik Oluwaseun/Seun
    Chukwuemeka/Emeka Abdullahi/Abdulahi Mohamud/Mahmud Hassan/Hasan Wong/Wang Cheung/Zhang Chan/Chen"""

JUNK_GIVEN = (
    "UNKNOWN",
    "Unknown",
    "Not Known",
    "AAA",
    "Test",
    "X",
    "Baby",
    "Infant",
    "N/K",
    "TWIN 1",
    "TWIN 2",
)
JUNK_FAMILY = ("UNKNOWN", "Unknown", "NOT GIVEN", "AAA", "ZZZ", "Test")


def other_spellings() -> dict[str, tuple[str, ...]]:
    """Each name's other spellings."""
    groups = [tuple(group.split("/")) for group in GROUPS.split()]
    return {name: tuple(o for o in group if o != name) for group in groups for name in group}
