namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>The reference set as one node of Copeland's method sees it.</summary>
/// <param name="Units">How many units there are.</param>
/// <param name="Children">How many children the node has.</param>
/// <param name="Values">The children's values of each unit, as they count in the node, unit after unit; NaN where missing.</param>
internal sealed record CopelandTable(int Units, int Children, double[] Values)
{
    /// <summary>So that weights which make one half on paper make it in floating point too.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>
    /// Counts the units that a country beats less those that beat it. A child that is missing on either side counts for the unit that stands
    /// later in the set. Source: COINr's outrankMatrix and a_copeland.
    /// </summary>
    /// <param name="country">The country's values of the children; NaN where missing.</param>
    /// <param name="weights">The children's weights.</param>
    /// <param name="own">The country's own row in the set, which it does not meet; −1 for one that stands outside, before all.</param>
    /// <returns>From −n to n with n opponents: all units, or all others.</returns>
    public int Count(ReadOnlySpan<double> country, ReadOnlySpan<double> weights, int own = -1)
    {
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        var count = 0;
        for (var unit = 0; unit < Units; unit++)
        {
            if (unit == own) continue;
            double won = 0, known = 0;
            var other = Values.AsSpan(unit * Children, Children);
            for (var i = 0; i < other.Length; i++)
            {
                if (double.IsNaN(country[i]) || double.IsNaN(other[i])) continue;
                known += weights[i];
                if (country[i] > other[i]) won += weights[i];
                else if (country[i] == other[i]) won += weights[i] / 2;
            }

            if (unit < own) won += total - known;
            var lead = (won / total) - 0.5;
            if (lead > Tolerance) count++;
            else if (lead < -Tolerance) count--;
        }

        return count;
    }
}
