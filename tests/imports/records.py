"""A county so small that every row of it can be counted by eye."""

from pathlib import Path

BUSINESSES = b'''"business_id","name","address","city","state","postal_code"
"A-1","CAF\xc9 ONE ","1 MAIN  ST ","RALEIGH","NC","27601"
"A-1","CAF\xc9 ONE ","1 MAIN  ST ","RALEIGH","NC","27601"
"22","Two","2 Main St","raleigh ","NC","27601"
"33","Three","3 Main St","FUQUAY VARINA","NC","27526"
"44","Four","4 Main St","","NC",""
'''
INSPECTIONS = b'''"business_id","score","date","description","type"
"A-1","96.5","20150105","","routine"
"A-1","96.5","20150105","","routine"
"A-1","","20150301","","routine"
"22","100","20150105","","routine"
"33","70","20150131","","followup"
"33","70.3","20150131","","routine"
"33","101","20150201","","routine"
"33","90","20150231","","routine"
"99","90","20150201","","routine"
'''


def small_county(folder: Path) -> Path:
    """Four sites from five rows, three visits from nine; with one line of each fault."""
    (folder / "feed_info.csv").write_bytes(b'"feed_date","municipality_name"\n"2016-05-18","Small County"\n')
    (folder / "businesses.csv").write_bytes(BUSINESSES)
    (folder / "inspections.csv").write_bytes(INSPECTIONS)
    return folder
