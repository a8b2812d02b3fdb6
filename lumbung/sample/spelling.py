"""How one list writes the name that another writes otherwise."""

from lumbung.sample.businesses import MEN, TITLES, TRADES, WOMEN, Business, called

SHORT = {"Jaya": "Jy", "Mandiri": "Mdr", "Sari": "Sr", "Karya": "Kry", "Makmur": "Mkr", "Sejahtera": "Sjt", "Ibu": "Bu",
         "Bapak": "Pak", "Abadi": "Abd", "Berkah": "Brkh", "Utama": "Utm", "Lestari": "Lstr", "Bersama": "Bsm",
         "Batik": "Btk", "Keramik": "Krmk", "Anyaman": "Anym", "Rotan": "Rtn", "Sepatu": "Spt"}
OTHER_FORM = {"CV": "UD", "PT": "CV", "UD": "CV", "PO": "UD", None: "UD"}

# The ways a name differs, easiest first; `same_name` are firms that share one with another firm of their city.
DIFFICULTIES = ("same", "number_lost", "abbreviation", "legal_form", "swapped_words", "typing_error", "same_name",
                "owner_for_firm", "moved", "renamed")


def spelled(business: Business, difficulty: str, choice: int) -> str:
    """The name of a business as a list of that difficulty has it; `choice` picks among the ways."""
    form, words = business.form, business.words
    match difficulty:
        case "abbreviation":
            return _abbreviated(form, words, choice)
        case "legal_form":
            other = OTHER_FORM[form] if form is None or choice % 3 else None
            return called(other, words)
        case "swapped_words":
            titled = any(word in TITLES for word in words)
            return called(form, (*words[1:], words[0]) if titled else (*words[:-2], words[-1], words[-2]))
        case "typing_error":
            longest = max(range(len(words)), key=lambda i: (len(words[i]), i))
            return called(form, tuple(_mistyped(w, choice) if i == longest else w for i, w in enumerate(words)))
        case "owner_for_firm":
            trade = next((word for word in words if word in TRADES), "Usaha")
            titles = WOMEN if business.title in WOMEN else MEN
            start = (trade, "Usaha", trade)[choice % 3]
            return f"{start} {titles[choice % 2]} {business.first} {business.second}"
        case "renamed":
            return called(form, business.other_words)
    return _dressed(form, words, choice)


def owner_spelled(business: Business, choice: int) -> str:
    """The owner with one of the titles of that sex, or with none."""
    titles = (*(WOMEN if business.title in WOMEN else MEN), "", business.title, business.title)
    return f"{titles[choice % len(titles)]} {business.first} {business.second}".strip()


def _dressed(form: str | None, words: tuple[str, ...], choice: int) -> str:
    """The same letters: in capitals, or with a dot after the legal form."""
    if choice % 7 == 0:
        return called(form, words).upper()
    return called(f"{form}." if form and choice % 7 == 1 else form, words)


def _abbreviated(form: str | None, words: tuple[str, ...], choice: int) -> str:
    short = tuple(SHORT.get(word, word) for word in words)
    if form is None or (short != words and choice % 2):
        return called(form, short if short != words else (*words[:-1], words[-1][:-2] + "."))
    return called(None, words) if choice % 4 == 0 else f"{called(None, words)}, {form}"


def _mistyped(word: str, choice: int) -> str:
    """One letter lost, doubled, or swapped with its neighbour; never the first."""
    place = 1 + choice // 3 % (len(word) - 2)
    match choice % 3:
        case 0:
            return word[:place] + word[place + 1:]
        case 1:
            return word[:place] + word[place] + word[place:]
    before, after = word[place], word[place + 1]
    if before == after:
        return word[:place] + word[place:].replace(before, "", 1)
    return word[:place] + after + before + word[place + 2:]
