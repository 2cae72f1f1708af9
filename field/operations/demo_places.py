"""The demo's regions and sites: two invented brands, their areas and districts, forty shops."""

from typing import NamedTuple


class RegionRow(NamedTuple):
    code: str
    name: str
    parent: str | None


class SiteRow(NamedTuple):
    """``language`` where the shop's people read another one than their district's."""

    code: str
    name: str
    address: str
    lat: float
    lon: float
    language: str | None = None


class District(NamedTuple):
    """A district with what its sites share."""

    region: RegionRow
    time_zone: str
    language: str
    sites: tuple[SiteRow, ...]


BRANDS_AND_AREAS = (
    RegionRow("larkfield", "Larkfield Market", None),
    RegionRow("north", "North", "larkfield"),
    RegionRow("south", "South", "larkfield"),
    RegionRow("ireland", "Ireland", "larkfield"),
    RegionRow("harsfa", "Hársfa", None),
    RegionRow("hungary", "Magyarország", "harsfa"),
    RegionRow("neighbours", "Neighbours", "harsfa"),
)

DISTRICTS = (
    District(RegionRow("millbridge", "Millbridge", "north"), "Europe/London", "en", (
        SiteRow("bridge-street", "Bridge Street", "22 Bridge Street, Millbridge", 53.7121, -1.8012),
        SiteRow("canal-walk", "Canal Walk", "3 Canal Walk, Millbridge", 53.7098, -1.7953),
        SiteRow("cedar-park", "Cedar Park", "Unit 9, Cedar Park, Millbridge", 53.7203, -1.8120),
        SiteRow("harbour-quay", "Harbour Quay", "1 Harbour Quay, Millbridge", 53.7060, -1.7884),
        SiteRow("old-mill-arcade", "Old Mill Arcade", "Old Mill Arcade, 40 Weir Lane, Millbridge", 53.7133, -1.7990),
        SiteRow("station-road", "Station Road", "14 Station Road, Millbridge", 53.7150, -1.8041),
    )),
    District(RegionRow("aldermoor", "Aldermoor", "north"), "Europe/London", "en", (
        SiteRow("kiln-lane", "Kiln Lane", "5 Kiln Lane, Aldermoor", 54.0212, -1.5240),
        SiteRow("lindley-street", "Lindley Street", "118 Lindley Street, Aldermoor", 54.0183, -1.5311),
        SiteRow("market-square", "Market Square", "7 Market Square, Aldermoor", 54.0199, -1.5288),
        SiteRow("northgate", "Northgate", "2 Northgate, Aldermoor", 54.0247, -1.5302),
        SiteRow("tannery-yard", "Tannery Yard", "Tannery Yard, 61 Beck Row, Aldermoor", 54.0160, -1.5222),
        SiteRow("viaduct-road", "Viaduct Road", "30 Viaduct Road, Aldermoor", 54.0228, -1.5377),
    )),
    District(RegionRow("westhaven", "Westhaven", "south"), "Europe/London", "en", (
        SiteRow("chapel-hill", "Chapel Hill", "16 Chapel Hill, Westhaven", 50.7211, -2.4403),
        SiteRow("esplanade", "Esplanade", "88 Esplanade, Westhaven", 50.7128, -2.4361),
        SiteRow("lighthouse-way", "Lighthouse Way", "4 Lighthouse Way, Westhaven", 50.7090, -2.4277),
        SiteRow("orchard-row", "Orchard Row 果園街", "51 Orchard Row, Westhaven", 50.7239, -2.4488, "zh-Hant"),
        SiteRow("ropewalk", "The Ropewalk", "The Ropewalk, Westhaven", 50.7142, -2.4419),
    )),
    District(RegionRow("stourley", "Stourley", "south"), "Europe/London", "en", (
        SiteRow("abbey-gate", "Abbey Gate", "12 Abbey Gate, Stourley", 51.2170, 0.3120),
        SiteRow("corn-exchange", "Corn Exchange", "Corn Exchange, High Street, Stourley", 51.2188, 0.3155),
        SiteRow("priory-park", "Priory Park", "Unit 3, Priory Park, Stourley", 51.2241, 0.3066),
        SiteRow("saddlers-court", "Saddlers Court 鞍匠里", "9 Saddlers Court, Stourley", 51.2165, 0.3181, "zh-Hant"),
    )),
    District(RegionRow("corrib-coast", "Corrib Coast", "ireland"), "Europe/Dublin", "en", (
        SiteRow("fishmarket-quay", "Fishmarket Quay", "6 Fishmarket Quay, Ballyfinn", 53.2702, -9.0567),
        SiteRow("hill-terrace", "Hill Terrace", "27 Hill Terrace, Ballyfinn", 53.2611, -9.0750),
        SiteRow("weavers-lane", "Weavers' Lane", "3 Weavers' Lane, Ballyfinn", 53.2745, -9.0490),
    )),
    District(RegionRow("budapest", "Budapest", "hungary"), "Europe/Budapest", "hu", (
        SiteRow("fuzfa-utca", "Fűzfa utca", "1083 Budapest, Fűzfa utca 14.", 47.4861, 19.0810),
        SiteRow("kohid-ter", "Kőhíd tér 石桥广场", "1107 Budapest, Kőhíd tér 3.", 47.4790, 19.1203, "zh-Hans"),
        SiteRow("malomkert", "Malomkert", "1033 Budapest, Malomkert sétány 1.", 47.5440, 19.0402),
        SiteRow("obudai-retek", "Óbudai rétek", "1031 Budapest, Csikós dűlő 22.", 47.5702, 19.0511),
        SiteRow("szolohegy", "Szőlőhegy", "1221 Budapest, Szőlőhegy út 8.", 47.4290, 19.0230),
        SiteRow("vizmu-utca", "Vízmű utca", "1134 Budapest, Vízmű utca 40.", 47.5310, 19.0702),
    )),
    District(RegionRow("duna-mente", "Duna mente", "hungary"), "Europe/Budapest", "hu", (
        SiteRow("erdosor", "Erdősor", "2000 Szentendre, Erdősor 5.", 47.6690, 19.0720),
        SiteRow("gyori-kapu", "Győri kapu", "9024 Győr, Győri kapu 11.", 47.6802, 17.6310),
        SiteRow("hidfo", "Hídfő", "2900 Komárom, Hídfő tér 2.", 47.7440, 18.1190),
        SiteRow("var-alja", "Vár alja", "2500 Esztergom, Vár alja 19.", 47.7990, 18.7390),
    )),
    District(RegionRow("wien", "Wien", "neighbours"), "Europe/Vienna", "de", (
        SiteRow("lindenhof", "Lindenhof", "Lindenhofgasse 12, 1070 Wien", 48.2030, 16.3480),
        SiteRow("muehlplatz", "Mühlplatz", "Mühlplatz 4, 1020 Wien", 48.2170, 16.3850),
        SiteRow("ziegelgasse", "Ziegelgasse 砖巷", "Ziegelgasse 33, 1100 Wien", 48.1770, 16.3760, "zh-Hans"),
    )),
    District(RegionRow("lyon", "Lyon", "neighbours"), "Europe/Paris", "fr", (
        SiteRow("quai-des-tilleuls", "Quai des Tilleuls", "8 quai des Tilleuls, 69002 Lyon", 45.7570, 4.8290),
        SiteRow("rue-du-four", "Rue du Four", "21 rue du Four, 69001 Lyon", 45.7690, 4.8340),
    )),
    District(RegionRow("thessaloniki", "Θεσσαλονίκη", "neighbours"), "Europe/Athens", "el", (
        SiteRow("plateia-flamourias", "Πλατεία Φλαμουριάς", "Πλατεία Φλαμουριάς 6, 546 24 Θεσσαλονίκη", 40.6340, 22.9430),
    )),
)
