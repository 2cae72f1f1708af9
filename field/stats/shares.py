"""How often one standard is kept: Wilson's interval for k of n visits."""

Z = 1.959963984540054


def wilson(k: int, n: int, z: float = Z) -> tuple[float, float] | None:
    """The interval of a share (method 2.6, golden G01); None without a visit."""
    if n == 0:
        return None
    share, z2 = k / n, z * z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z * (share * (1 - share) / n + z2 / (4 * n * n)) ** 0.5 / (1 + z2 / n)
    return (0.0 if k == 0 else centre - half), (1.0 if k == n else centre + half)
