using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>
/// What each predictor of a regression counts in its coverage. Coefficients are per unit, so they are no weights: a predictor counts what
/// it can move the log-odds by over its range, |coefficient| · (high − low), and of every product that it is in an equal part of what the
/// product can
/// move over the ranges of its factors. Where a range is lacking every predictor that the sum reads counts the same.
/// </summary>
internal static class PredictorShares
{
    public static double[] Of(EnsembleMember member)
    {
        var read = member
            .Interactions.Where(product => product.Coefficient != 0)
            .SelectMany(product => product.Indicators)
            .Concat(member.Predictors.Where(predictor => predictor.Coefficient != 0).Select(predictor => predictor.Indicator))
            .ToHashSet(StringComparer.Ordinal);
        if (member.Predictors.Any(predictor => predictor.Range is null && read.Contains(predictor.Indicator)))
            return [.. member.Predictors.Select(predictor => read.Contains(predictor.Indicator) ? 1.0 : 0.0)];

        var shares = new double[member.Predictors.Length];
        for (var i = 0; i < shares.Length; i++)
            if (member.Predictors[i] is { Coefficient: not 0, Range: { } range } predictor)
                shares[i] = Math.Abs(predictor.Coefficient) * (range.High - range.Low);
        foreach (var product in member.Interactions)
            Add(member, product, shares);
        return shares;
    }

    private static void Add(EnsembleMember member, Interaction product, double[] shares)
    {
        if (product.Coefficient == 0)
            return;
        var factors = product.Indicators.GroupBy(code => code, StringComparer.Ordinal).ToArray();
        var (low, high) = (1.0, 1.0);
        foreach (var factor in factors)
        {
            var range = member.Predictors.First(predictor => predictor.Indicator == factor.Key).Range!;
            var (least, most) = PowerEnds(range, factor.Count());
            double[] corners = [low * least, low * most, high * least, high * most];
            (low, high) = (corners.Min(), corners.Max());
        }

        for (var i = 0; i < shares.Length; i++)
            if (factors.Any(factor => factor.Key == member.Predictors[i].Indicator))
                shares[i] += Math.Abs(product.Coefficient) * (high - low) / factors.Length;
    }

    /// <summary>The least and the greatest of x^power over a range: an even power is least at 0 where the range holds it.</summary>
    private static (double Least, double Most) PowerEnds(ValueRange range, int power)
    {
        var (one, other) = (Math.Pow(range.Low, power), Math.Pow(range.High, power));
        var least = power % 2 == 0 && range.Low < 0 && range.High > 0 ? 0 : Math.Min(one, other);
        return (least, Math.Max(one, other));
    }
}
