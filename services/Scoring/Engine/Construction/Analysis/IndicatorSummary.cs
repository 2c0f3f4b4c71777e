using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Construction.Stages;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Analysis;

/// <summary>
/// What describes one indicator or node over the units of a set. Source: OECD and JRC, Handbook (2008), step 2; COINr's get_stats.
/// </summary>
/// <param name="Code">Its code.</param>
/// <param name="Units">How many units there are.</param>
/// <param name="Available">How many have a value.</param>
/// <param name="NonZero">How many have a value other than 0.</param>
/// <param name="Unique">How many different values there are.</param>
/// <param name="Same">How often the commonest value is there.</param>
/// <param name="Minimum">The least value; NaN of none, as are the next ones.</param>
/// <param name="Maximum">The greatest value.</param>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="Median">The median.</param>
/// <param name="Deviation">The sample standard deviation (n − 1).</param>
/// <param name="Shape">The skewness and kurtosis.</param>
public sealed record IndicatorSummary(
    string Code,
    int Units,
    int Available,
    int NonZero,
    int Unique,
    int Same,
    double Minimum,
    double Maximum,
    double Mean,
    double Median,
    double Deviation,
    Shape Shape
)
{
    /// <summary>Describes every column of a table.</summary>
    /// <param name="table">A stage of a <see cref="ConstructedIndex"/>.</param>
    /// <returns>One summary a column, in the order of the table.</returns>
    public static ImmutableArray<IndicatorSummary> Of(UnitTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. table.Codes.Select(code => Of(code, new SetColumn(table.Column(code).ToArray())))];
    }

    /// <summary>Tells whether outliers should be looked at: both limits are passed. COINr's Flag.SkewKurt.</summary>
    /// <param name="test">The limits.</param>
    /// <returns>Whether the shape fails the test; false where it has none.</returns>
    public bool HasOutliers(ShapeTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        return Math.Abs(Shape.Skewness) > test.Skewness && Shape.Kurtosis > test.Kurtosis;
    }

    private static IndicatorSummary Of(string code, SetColumn column)
    {
        var (unique, same, run) = (0, 0, 0);
        for (var i = 0; i < column.Count; i++)
        {
            var repeated = i > 0 && column.Sorted[i] == column.Sorted[i - 1];
            if (!repeated)
                unique++;
            run = repeated ? run + 1 : 1;
            same = Math.Max(same, run);
        }

        return new IndicatorSummary(
            code,
            column.Values.Length,
            column.Count,
            column.Sorted.Count(value => value != 0),
            unique,
            same,
            column.Least,
            column.Greatest,
            column.Mean,
            column.Median,
            column.Deviation,
            new Shape(column.Skewness, column.Kurtosis)
        );
    }
}
