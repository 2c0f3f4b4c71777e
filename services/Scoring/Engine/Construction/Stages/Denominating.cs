using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Stages;

/// <summary>The division by a denominator.</summary>
internal static class Denominating
{
    /// <summary>Divides one value: value / (denominator / scale).</summary>
    /// <param name="value">The indicator's value.</param>
    /// <param name="denominator">The denominator's.</param>
    /// <param name="scale">Its scale.</param>
    /// <returns>The quotient; NaN while either is missing, or where nothing finite comes of it (COINr: infinite).</returns>
    public static double Divide(double value, double denominator, double scale)
    {
        var quotient = value / (denominator / scale);
        return double.IsFinite(quotient) ? quotient : double.NaN;
    }

    /// <summary>The column of a leaf over the units that stay.</summary>
    public static double[] Column(Leaf leaf, ReferenceSet set, int[] rows)
    {
        var raw = set.Column(leaf.Indicator);
        var values = Array.ConvertAll(rows, row => raw[row]);
        if (leaf.Denominator is not { } denominator)
            return values;
        var divisors = set.Column(denominator.Indicator);
        for (var i = 0; i < rows.Length; i++)
            values[i] = Divide(values[i], divisors[rows[i]], denominator.Scale);
        return values;
    }
}
