"""Invented towns and streets; none is meant to be anywhere."""

LOCALITIES = ("Aldermere", "Brackwell Vale", "Cindry and Harrowmoss", "Dunsley Quays")
TOWNS = (
    ("Aldermere", "Overmere", "Thistlegarth"),
    ("Brackwell", "Nether Brackwell", "Fennick Vale"),
    ("Cindry", "Harrowmoss", "Lower Cindry"),
    ("Dunsley", "Dunsley Quays", "Saltergarth"),
)
COUNTY = "Merefordshire"
ELSEWHERE = (
    "Norbeck",
    "Wexholme",
    "Great Ashlow",
    "Corriemuir",
    "Port Sallin",
    "Llanfethin",
    "Tarnwick",
    "Ostley",
)
STREET_FRONT = """Marlow Juniper Orchard Victoria Albert Tanner Weaver Heron Kestrel Plover Larch Rowan Hawthorn Maple
    Chestnut Beech Station Canal Mill Market Chapel Priory Abbey Wharf Bridge Quarry Colliery Foundry Lister Garnet
    Amber Ruby Sapphire Jubilee Coronation Alexandra Windsor Balmoral Sandringham Nelson Wellington Cromwell Milton
    Byron Shelley Keats Tennyson Dickens Bronte Austen Hardy Eliot Ruskin Newton Darwin Fleming Faraday Brunel Telford
    Stephenson Arkwright Cartwright Crompton Salt Fairfax Percy Neville Dacre Howard Cavendish Russell Grosvenor
    Meadow Moor Fell Beck Spring Well Pond Brook River Lake Holme Garth Croft Paddock Barn Grange Manor Hall Lodge
    Cherry Plum Damson Apple Pear Walnut Hazel Willow Poplar Aspen Elder Holly Ivy Heather Bracken Fern Gorse
    Swallow Swift Robin Wren Linnet Thrush Lapwing Curlew Osprey Merlin Falcon Harrier Otter Badger Fox Hare"""
STREET_END = """Road Street Lane Avenue Drive Close Grove Terrace Crescent Place Way Gardens Court Mount View Rise
    Walk Row Hill Square"""
BLOCK_NAMES = """Ellerby Harcourt Tolson Redmayne Whitcombe Thornbury Kingsmere Langdale Bowland Malham Swale Wharfe
    Ribble Calder Derwent Esk Tweed Ouse Severn Trent"""
CARE_HOMES = "Rosemere Fairhaven Oaklea Sunnybank Meadowcroft Beechlawn Larkrise Westgarth Holmlea Springbank"
