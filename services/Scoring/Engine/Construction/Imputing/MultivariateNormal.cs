using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>
/// A multivariate normal distribution fitted to data with gaps by expectation-maximisation: the expected sums and products given what was
/// observed, then the mean and covariance that they make, over and over. Sources: A. P. Dempster, N. M. Laird, D. B. Rubin, Journal of the
/// Royal Statistical Society B 39 (1977); R. J. A. Little and D. B. Rubin, Statistical Analysis with Missing Data, section 11.2.
/// </summary>
/// <remarks>
/// Every variable is first brought to mean 0 and standard deviation 1 of what was observed of it. The fit ends once no mean and no
/// covariance moves by more than <see cref="Tolerance"/> on that scale, or after <see cref="MostSteps"/> steps. Where a covariance becomes
/// singular (a pivot
/// below <see cref="LeastPivot"/>), as with fewer units than variables, the fit starts again with a ridge prior: <see cref="Ridge"/> is
/// added to each variance at each step, which is the greatest of the likelihood penalised by n · ridge · tr(Σ⁻¹) / 2. Source: J. L.
/// Schafer, Analysis of
/// Incomplete Multivariate Data (1997), section 5.2.3; one hundredth is what the package Amelia, COINr's, advises for such data.
/// </remarks>
internal sealed class MultivariateNormal
{
    public const double Tolerance = 1e-12;
    public const int MostSteps = 2000;
    public const double Ridge = 0.01;
    private const double LeastPivot = 1e-8;

    private readonly List<double> _likelihoods = [];

    private MultivariateNormal(double[] centres, double[] scales, double ridge)
    {
        Centres = centres;
        Scales = scales;
        UsedRidge = ridge;
        Means = new double[Size];
        Covariances = new double[Size * Size];
        for (var i = 0; i < Size; i++)
            Covariances[(i * Size) + i] = 1;
    }

    public int Size => Centres.Length;

    /// <summary>Gets what is taken off each variable before the fit.</summary>
    public double[] Centres { get; }

    /// <summary>Gets what each variable is then divided by.</summary>
    public double[] Scales { get; }

    /// <summary>Gets the means of the scaled variables.</summary>
    public double[] Means { get; private set; }

    /// <summary>Gets the covariances of the scaled variables, row after row.</summary>
    public double[] Covariances { get; private set; }

    /// <summary>Gets the ridge that the fit needed; 0 for none.</summary>
    public double UsedRidge { get; }

    /// <summary>Gets the logarithm of the likelihood, penalised where there is a ridge, before each step and after the last.</summary>
    public IReadOnlyList<double> LogLikelihoods => _likelihoods;

    /// <summary>Fits a distribution.</summary>
    /// <param name="rows">The units; NaN where missing. Each variable has at least one value.</param>
    /// <param name="centres">The mean of what was observed of each variable.</param>
    /// <param name="scales">Its standard deviation, or 1 where it does not vary.</param>
    /// <returns>The distribution.</returns>
    public static MultivariateNormal Fit(double[][] rows, double[] centres, double[] scales)
    {
        var scaled = rows.Select(row => row.Select((value, i) => (value - centres[i]) / scales[i]).ToArray())
            .Where(row => !row.All(double.IsNaN))
            .ToArray();
        var patterns = scaled
            .GroupBy(row => string.Concat(row.Select(value => double.IsNaN(value) ? '0' : '1')), StringComparer.Ordinal)
            .Select(group => new GapPattern([.. group]))
            .ToArray();
        return Run(0, patterns, centres, scales, scaled.Length) ?? Run(Ridge, patterns, centres, scales, scaled.Length)!;
    }

    private static MultivariateNormal? Run(double ridge, GapPattern[] patterns, double[] centres, double[] scales, int count)
    {
        var normal = new MultivariateNormal(centres, scales, ridge);
        for (var step = 0; ; step++)
        {
            var moved = normal.Step(patterns, count);
            if (moved is null)
                return ridge > 0 ? normal : null;
            if (moved <= Tolerance || step == MostSteps)
                return normal;
        }
    }

    /// <summary>One expectation and one maximisation.</summary>
    /// <returns>The greatest move of a mean or a covariance; null where a covariance is singular.</returns>
    private double? Step(GapPattern[] patterns, int count)
    {
        var sums = new double[Size];
        var products = new double[Size * Size];
        var likelihood = 0.0;
        foreach (var pattern in patterns)
        {
            if (pattern.Expect(Means, Covariances, LeastPivot, sums, products) is not { } part)
                return null;
            likelihood += part;
        }

        if (UsedRidge > 0)
            likelihood -= count * UsedRidge * TraceOfInverse() / 2;
        _likelihoods.Add(likelihood);
        var moved = 0.0;
        var means = Array.ConvertAll(sums, sum => sum / count);
        for (var i = 0; i < Size; i++)
        {
            moved = Math.Max(moved, Math.Abs(means[i] - Means[i]));
            for (var j = 0; j < Size; j++)
            {
                var cell = (i * Size) + j;
                products[cell] = (products[cell] / count) - (means[i] * means[j]) + (i == j ? UsedRidge : 0);
                moved = Math.Max(moved, Math.Abs(products[cell] - Covariances[cell]));
            }
        }

        (Means, Covariances) = (means, products);
        return moved;
    }

    private double TraceOfInverse()
    {
        var factor = (double[])Covariances.Clone();
        CholeskyFactor.Decompose(factor, Size);
        var trace = 0.0;
        var column = new double[Size];
        for (var i = 0; i < Size; i++)
        {
            Array.Clear(column);
            column[i] = 1;
            CholeskyFactor.SolveLower(factor, Size, column);
            foreach (var value in column)
                trace += value * value;
        }

        return trace;
    }
}
