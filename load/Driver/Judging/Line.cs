namespace EarlyWarning.Driver.Judging;

/// <summary>A straight line through points, by least squares.</summary>
/// <param name="Intercept">Its value at 0.</param>
/// <param name="Slope">How much it rises for each unit.</param>
internal readonly record struct Line(double Intercept, double Slope)
{
    /// <summary>Fits it; <see langword="null"/> with fewer than two places.</summary>
    public static Line? Through(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 2)
        {
            return null;
        }

        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var spread = points.Sum(point => (point.X - x) * (point.X - x));
        if (spread == 0)
        {
            return null;
        }

        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / spread;
        return new(y - (slope * x), slope);
    }

    public double At(double x) => Intercept + (Slope * x);
}
