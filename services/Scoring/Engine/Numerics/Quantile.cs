namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// Sample quantiles of type 7, the default of R: on the line through the points ((i − 1) / (n − 1), i-th least value). Source: R. J.
/// Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
/// </summary>
internal static class Quantile
{
    /// <summary>Gets a quantile of values in rising order.</summary>
    /// <param name="sorted">The values, none NaN.</param>
    /// <param name="share">The share of them that is to lie below, 0 to 1.</param>
    /// <returns>The quantile; NaN of no values.</returns>
    public static double OfSorted(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
            return double.NaN;
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        if (below >= sorted.Length - 1)
            return sorted[^1];
        return sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
