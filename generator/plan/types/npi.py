"""National Provider Identifiers: ten digits, the last a Luhn check digit over 80840 and the number (45 CFR 162.406)."""


def is_valid(text: str) -> bool:
    """Whether the number has ten digits and its check digit is right."""
    number = text.strip()
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
