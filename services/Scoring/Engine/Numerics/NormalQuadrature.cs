namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// The mean of a function of a standard normal number, by the midpoint rule over 256 cells of six deviations to either side. The weights
/// are the cells' own shares, so that a function with steps errs by less than a hundredth of a step.
/// </summary>
internal static class NormalQuadrature
{
    private const int Cells = 256;
    private const double Reach = 6;
    private const double Width = 2 * Reach / Cells;

    private static readonly double[] _points = [.. Enumerable.Range(0, Cells).Select(cell => ((cell + 0.5) * Width) - Reach)];
    private static readonly double[] _shares = Shares();

    /// <summary>Gets the points, in rising order.</summary>
    public static ReadOnlySpan<double> Points => _points;

    /// <summary>Gets the share of each point; they add up to 1.</summary>
    public static ReadOnlySpan<double> Weights => _shares;

    private static double[] Shares()
    {
        var shares = new double[Cells];
        for (var cell = 0; cell < Cells; cell++)
        {
            var below = cell == 0 ? 0 : NormalDistribution.Cumulative((cell * Width) - Reach);
            var above = cell == Cells - 1 ? 1 : NormalDistribution.Cumulative(((cell + 1) * Width) - Reach);
            shares[cell] = above - below;
        }

        return shares;
    }
}
