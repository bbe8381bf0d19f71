"""An example to start from: the prices 80, 100 and 125 at a weight of 0.1 give 10, 8 and 6.4 points (R26)."""

EXAMPLE = """\
{
  "method": "open_tender",
  "budget": "150.00",
  "ceiling": null,
  "price_weight": "0.1",
  "criteria": [
    {"id": "c1", "weight": "0.6", "max": "60"},
    {"id": "c2", "weight": "0.3", "max": "30"}
  ],
  "bids": [
    {"id": "b1", "price": "80", "valid": true, "marks": {
      "m1": {"c1": "48", "c2": "24"}, "m2": {"c1": "51", "c2": "22.5"}}},
    {"id": "b2", "price": "100", "valid": true, "marks": {
      "m1": {"c1": "54", "c2": "27"}, "m2": {"c1": "52", "c2": "26"}}},
    {"id": "b3", "price": "125", "valid": true, "marks": {
      "m1": {"c1": "50", "c2": "25"}, "m2": {"c1": "49.5", "c2": "28"}}}
  ],
  "low_price_answers": {}
}
"""
