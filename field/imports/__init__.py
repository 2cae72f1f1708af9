"""Reading what others hand in: bytes to text, tables, spreadsheets, county records. Pure: it asks neither database nor clock."""
