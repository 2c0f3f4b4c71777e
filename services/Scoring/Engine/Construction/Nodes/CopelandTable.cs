namespace EarlyWarning.Scoring.Engine.Construction.Nodes;

/// <summary>The reference set as one node of Copeland's method sees it.</summary>
/// <param name="Units">How many units there are.</param>
/// <param name="Children">How many children the node has.</param>
/// <param name="Values">The children's values of each unit, as they count in the node, unit after unit; NaN where missing.</param>
internal sealed record CopelandTable(int Units, int Children, double[] Values)
{
    /// <summary>
    /// So that weights which make one half on paper make it in floating point too, and values that are equal on paper tie.
    /// </summary>
    private const double Tolerance = 1e-12;

    /// <summary>How far apart two values of a child tie: the tolerance of the largest one in the set.</summary>
    private readonly double[] _tie = [.. Enumerable.Range(0, Children).Select(child => Tolerance * Largest(Values, child, Children))];

    /// <summary>
    /// Counts the units that a country beats less those that beat it. A duel is fought over the children that both have, by their weights;
    /// two that have none in common do not meet, and the count of those that did is taken up to all, so a gap is neither a victory nor a
    /// defeat and the order of
    /// the rows does not matter. In COINr's a_copeland a gap counts for the unit that stands later, and a difference in the last bit
    /// decides a duel; here such values tie.
    /// </summary>
    /// <param name="country">The country's values of the children; NaN where missing.</param>
    /// <param name="weights">The children's weights.</param>
    /// <param name="own">The country's own row in the set, which it does not meet; −1 for one that stands outside.</param>
    /// <returns>From −n to n with n opponents: all units, or all others; NaN where it met none.</returns>
    public double Count(ReadOnlySpan<double> country, ReadOnlySpan<double> weights, int own = -1)
    {
        var (count, met, opponents) = (0, 0, own < 0 ? Units : Units - 1);
        for (var unit = 0; unit < Units; unit++)
        {
            if (unit == own)
                continue;
            double won = 0,
                known = 0;
            var other = Values.AsSpan(unit * Children, Children);
            for (var i = 0; i < other.Length; i++)
            {
                if (double.IsNaN(country[i]) || double.IsNaN(other[i]))
                    continue;
                known += weights[i];
                var lead = country[i] - other[i];
                if (lead > _tie[i])
                    won += weights[i];
                else if (lead >= -_tie[i])
                    won += weights[i] / 2;
            }

            if (!(known > 0))
                continue;
            met++;
            var majority = (won / known) - 0.5;
            if (majority > Tolerance)
                count++;
            else if (majority < -Tolerance)
                count--;
        }

        return met == 0 ? double.NaN
            : met == opponents ? count
            : (double)count / met * opponents;
    }

    private static double Largest(double[] values, int child, int children)
    {
        var largest = 0.0;
        for (var place = child; place < values.Length; place += children)
            largest = Math.Max(largest, double.IsNaN(values[place]) ? 0 : Math.Abs(values[place]));
        return largest;
    }
}
