using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Stages;

/// <summary>
/// COINr's winsorise: the most extreme values on the side of the skew take the value next to them, until the test is passed.
/// </summary>
internal static class Winsorising
{
    /// <summary>Winsorises a column.</summary>
    /// <param name="winsorisation">How far to go.</param>
    /// <param name="column">The set's values.</param>
    /// <returns>The outcome, or null where the test has no answer on the way.</returns>
    public static TreatedColumn? Apply(Winsorisation winsorisation, SetColumn column)
    {
        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        var (lowPoints, highPoints) = (0, 0);
        var current = column;
        while (true)
        {
            if (Treating.Passes(winsorisation.Test, current) is not { } passes)
                return null;
            if ((passes && !winsorisation.Always) || highPoints + lowPoints >= (winsorisation.MaximumPoints ?? int.MaxValue))
                break;
            var sorted = current.Sorted;
            if (current.Skewness >= 0)
            {
                highPoints = sorted.Length - Array.FindIndex(sorted, value => value == sorted[^1]);
                high = sorted[^(highPoints + 1)];
            }
            else
            {
                lowPoints = Array.FindLastIndex(sorted, value => value == sorted[0]) + 1;
                low = sorted[lowPoints];
            }

            current = column.Through(new ClipTransform(low, high));
        }

        return highPoints + lowPoints == 0
            ? new(null, column, "none")
            : new(new ClipTransform(low, high), current, "winsorisation", highPoints, lowPoints);
    }
}
