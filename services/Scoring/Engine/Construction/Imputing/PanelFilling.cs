using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>Fills the gaps of a country between times, in a reference set that has several rows a country. COINr's impute_panel.</summary>
internal static class PanelFilling
{
    /// <summary>Fills a column.</summary>
    /// <param name="imputation">Between times or carried forward; any other fills nothing.</param>
    /// <param name="values">The column by unit; filled in place.</param>
    /// <param name="units">The units; those without a time are left.</param>
    public static void Fill(Imputation imputation, double[] values, IReadOnlyList<ReferenceUnit> units)
    {
        if (imputation is not (LinearBetweenTimes or CarriedForward))
            return;
        var times = units.Select(unit => unit.Time).OfType<double>().Distinct().Order().ToArray();
        var series = Enumerable
            .Range(0, values.Length)
            .Where(unit => units[unit].Time is not null)
            .GroupBy(unit => units[unit].Code, StringComparer.Ordinal);
        foreach (var country in series)
        {
            var points = country
                .Where(unit => !double.IsNaN(values[unit]))
                .Select(unit => (Time: units[unit].Time!.Value, Value: values[unit]))
                .OrderBy(point => point.Time)
                .ToArray();
            if (points.Length == 0)
                continue;
            foreach (var unit in country.Where(unit => double.IsNaN(values[unit])))
                values[unit] = imputation is LinearBetweenTimes line
                    ? Between(points, units[unit].Time!.Value, line.HoldEnds)
                    : Carried(points, units[unit].Time!.Value, (CarriedForward)imputation, times);
        }
    }

    private static double Between((double Time, double Value)[] points, double time, bool holdEnds)
    {
        var next = Array.FindIndex(points, point => point.Time > time);
        if (next == 0)
            return holdEnds ? points[0].Value : double.NaN;
        if (next < 0)
            return holdEnds ? points[^1].Value : double.NaN;
        var (before, after) = (points[next - 1], points[next]);
        return before.Value + ((after.Value - before.Value) * ((time - before.Time) / (after.Time - before.Time)));
    }

    private static double Carried((double Time, double Value)[] points, double time, CarriedForward rule, double[] times)
    {
        var last = Array.FindLastIndex(points, point => point.Time < time);
        if (last < 0)
            return rule.HoldFirst ? points[0].Value : double.NaN;
        var back = Array.IndexOf(times, time) - Array.IndexOf(times, points[last].Time);
        return back <= (rule.MaximumTimes ?? int.MaxValue) ? points[last].Value : double.NaN;
    }
}
