namespace EarlyWarning.Board.World;

/// <summary>
/// The Equal Earth projection (Šavrič, Patterson and Jenny 2018): areas are true, so that no country looks larger than it is for lying far
/// from the equator.
/// </summary>
internal static class EqualEarth
{
    private const double A1 = 1.340264;
    private const double A2 = -0.081106;
    private const double A3 = 0.000893;
    private const double A4 = 0.003796;
    private static readonly double s_root = Math.Sqrt(3);

    /// <summary>The half of the width of the whole world, on a globe of radius 1.</summary>
    public static double HalfWidth { get; } = Project(180, 0).X;

    /// <summary>Projects a place onto a plane, on a globe of radius 1.</summary>
    /// <param name="longitude">In degrees, east positive.</param>
    /// <param name="latitude">In degrees, north positive.</param>
    /// <returns>East and north of the middle of the map.</returns>
    public static (double X, double Y) Project(double longitude, double latitude)
    {
        var theta = Math.Asin(s_root / 2 * Math.Sin(latitude * Math.PI / 180));
        var square = theta * theta;
        var sixth = square * square * square;
        var slope = A1 + (3 * A2 * square) + (sixth * ((7 * A3) + (9 * A4 * square)));
        return (
            2 * s_root * (longitude * Math.PI / 180) * Math.Cos(theta) / (3 * slope),
            theta * (A1 + (A2 * square) + (sixth * (A3 + (A4 * square))))
        );
    }
}
