namespace EarlyWarning.Scoring.Engine.Attribution;

/// <summary>
/// The Shapley values of a product whose factors go from one value to another. The value of a player is the integral over t from 0 to 1 of
/// the derivative of the game's multilinear extension along its diagonal; for a product that is a polynomial, so quadrature is exact for
/// any number
/// of factors. Source: G. Owen, "Multilinear Extensions of Games", Management Science 18 (1972).
/// </summary>
internal static class ProductGame
{
    /// <summary>By how much each factor moves the product, for one unit of its own movement.</summary>
    /// <param name="then">The factors before.</param>
    /// <param name="now">The factors after.</param>
    /// <param name="slopes">Filled: the player's value is its slope times (now − then).</param>
    public static void Slopes(ReadOnlySpan<double> then, ReadOnlySpan<double> now, Span<double> slopes)
    {
        slopes.Clear();
        foreach (var (point, weight) in GaussLegendre.ForDegree(then.Length - 1))
        {
            for (var player = 0; player < then.Length; player++)
            {
                var others = weight;
                for (var i = 0; i < then.Length; i++)
                    if (i != player)
                        others *= then[i] + (point * (now[i] - then[i]));
                slopes[player] += others;
            }
        }
    }
}
