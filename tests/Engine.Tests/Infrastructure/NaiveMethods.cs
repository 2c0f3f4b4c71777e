using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>
/// The methods of construction written down a second time, as their definitions read: columns are turned first, and formulas are applied to
/// whole columns. NaN is a missing value.
/// </summary>
internal static class NaiveMethods
{
    public static double[] Normalise(Normalisation method, double[] values, bool lowers, double floor = 0)
    {
        var turned = values.Select(value => lowers ? -value : value).ToArray();
        var known = turned.Where(value => !double.IsNaN(value)).ToArray();
        var (least, greatest, count) = (known.Min(), known.Max(), known.Length);
        double Scaled(double share) => method.OwnScale ? share : floor + ((100 - floor) * share);
        double Rank(double value) => known.Count(other => other < value) + 1;
        return
        [
            .. turned.Select(value =>
                double.IsNaN(value)
                    ? value
                    : method switch
                    {
                        MinMax own when own.OwnScale => own.Low + ((own.High - own.Low) * (value - least) / (greatest - least)),
                        MinMax or DistanceToMaximum => Scaled((value - least) / (greatest - least)),
                        Goalposts posts => Scaled(Share(lowers ? -value : value, posts, lowers)),
                        ZScore score => score.Mean + (score.Deviation * (value - known.Average()) / Deviation(known)),
                        DistanceToTarget target => Scaled(
                            Capped(target.Capped, (value - least) / ((lowers ? -target.Target : target.Target) - least))
                        ),
                        FractionOfMaximum => Scaled(value / greatest),
                        Ranking when method.OwnScale => Rank(value),
                        BordaCount when method.OwnScale => Rank(value) - 1,
                        Ranking or BordaCount or PercentileRank => Scaled((Rank(value) - 1) / (count - 1)),
                        LogisticCurve curve => Scaled(
                            1 / (1 + Math.Exp(-curve.Steepness * (value - (lowers ? -curve.Midpoint : curve.Midpoint))))
                        ),
                        AsIs => value,
                        _ => throw new ArgumentException(method.GetType().Name),
                    }
            ),
        ];
    }

    public static double Deviation(double[] known) =>
        Math.Sqrt(known.Sum(value => (value - known.Average()) * (value - known.Average())) / (known.Length - 1));

    /// <summary>Whether the shape passes, with central moments; false too where there is no answer.</summary>
    public static bool Passes(double[] values, ShapeTest test)
    {
        var known = values.Where(value => !double.IsNaN(value)).ToArray();
        double n = known.Length,
            mean = known.Average();
        double Moment(int power) => known.Average(value => Math.Pow(value - mean, power));
        var skewness = Moment(3) / Math.Pow(Moment(2), 1.5) * Math.Sqrt(n * (n - 1)) / (n - 2);
        var kurtosis = (((n + 1) * ((Moment(4) / Math.Pow(Moment(2), 2)) - 3)) + 6) * (n - 1) / ((n - 2) * (n - 3));
        return Math.Abs(skewness) < test.Skewness || kurtosis < test.Kurtosis;
    }

    /// <summary>The number of pairs won less those lost, over the children that both have, taken up to all opponents.</summary>
    public static double[] Copeland(double[][] units, double[] weights)
    {
        return
        [
            .. units.Select(
                (own, i) =>
                {
                    var duels = units
                        .Where((_, j) => j != i)
                        .Select(other => Share(own, other))
                        .Where(share => !double.IsNaN(share))
                        .ToList();
                    var count = duels.Sum(share => Math.Abs(share - 0.5) < 1e-9 ? 0 : Math.Sign(share - 0.5));
                    return (double)count / duels.Count * (units.Length - 1);
                }
            ),
        ];

        double Share(double[] own, double[] other)
        {
            var both = Enumerable.Range(0, weights.Length).Where(k => !double.IsNaN(own[k]) && !double.IsNaN(other[k])).ToList();
            return both.Sum(k =>
                    own[k] > other[k] ? weights[k]
                    : own[k] == other[k] ? weights[k] / 2
                    : 0
                ) / both.Sum(k => weights[k]);
        }
    }

    private static double Share(double value, Goalposts posts, bool lowers)
    {
        var share = (value - posts.Low) / (posts.High - posts.Low);
        if (posts.Capped)
            share = Math.Max(0, Math.Min(1, share));
        return lowers ? 1 - share : share;
    }

    private static double Capped(bool capped, double share) => capped ? Math.Max(0, Math.Min(1, share)) : share;
}
