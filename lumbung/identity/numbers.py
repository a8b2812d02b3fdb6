"""Tax and business numbers as what tells one business, however they are written."""


def taxpayer(npwp: str | None) -> tuple[str, str] | None:
    """(kind, number) of the taxpayer behind an NPWP: `firm`, alike for all branches and for 15 and 16 digits, `person`.

    15 digits are nine of the taxpayer, three of the tax office and three of the branch. Of 16 a firm's are 0 and
    those 15, a person's are the NIK (domain.md), which begins with the code of a province, so never with 0.
    """
    if not npwp or not npwp.isdigit():
        return None
    if len(npwp) == 15:
        return "firm", npwp[:9]
    if len(npwp) == 16:
        return ("firm", npwp[1:10]) if npwp[0] == "0" else ("person", npwp)
    return None


def person(nik: str | None) -> tuple[str, str] | None:
    """(`person`, number) of the owner whom a national identity number names."""
    return ("person", nik) if nik and nik.isdigit() and len(nik) == 16 else None
