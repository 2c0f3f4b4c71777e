using EarlyWarning.V1;

namespace EarlyWarning.Board.Countries;

/// <summary>What a slider of a question "what if" moves: one indicator, along its scale or from anchor to anchor. Immutable.</summary>
/// <param name="Factor">The indicator with its value of now.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Least">The least place of the slider.</param>
/// <param name="Most">The greatest.</param>
/// <param name="Step">The way from one place to the next.</param>
/// <param name="Anchors">The values that it takes, each at the place of its number; none where it takes every value.</param>
internal sealed record Lever(Factor Factor, string Unit, double Least, double Most, double Step, IReadOnlyList<Anchor> Anchors)
{
    /// <summary>Gets where the slider stands now; where nothing is known, at its least.</summary>
    public double Now => Factor.Leaf is { HasValue: true } leaf ? PlaceOf(leaf.Value) : Least;

    /// <summary>Lists the levers of a tree: what adds most first, and what is missing last.</summary>
    public static IEnumerable<Lever> Of(Factor tree, IReadOnlyDictionary<string, Indicator> indicators) =>
        tree
            .All.Where(one => one.Leaf is not null)
            .DistinctBy(one => one.Code)
            .OrderBy(one => one.IsMissing)
            .ThenByDescending(one => one.Adds)
            .ThenBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => Of(one, indicators.GetValueOrDefault(one.Code)))
            .Where(one => one.Most > one.Least);

    /// <summary>The value at a place of the slider.</summary>
    public double ValueAt(double place) =>
        Anchors.Count > 0 ? Anchors[(int)Math.Clamp(Math.Round(place), 0, Anchors.Count - 1)].Value : Math.Clamp(place, Least, Most);

    /// <summary>What the value at a place means in words; empty where no anchor says it.</summary>
    public string MeaningAt(double place) =>
        Anchors.Count > 0 ? Anchors[(int)Math.Clamp(Math.Round(place), 0, Anchors.Count - 1)].Meaning : "";

    private double PlaceOf(double value) =>
        Anchors.Count > 0
            ? Enumerable.Range(0, Anchors.Count).MinBy(i => Math.Abs(Anchors[i].Value - value))
            : Math.Clamp(value, Least, Most);

    // A scale without ends goes as far as the goalposts, and as far as the value has come.
    private static Lever Of(Factor factor, Indicator? indicator)
    {
        var unit = indicator?.Unit ?? factor.Leaf!.Unit;
        if (indicator is { Anchors.Count: > 1 })
        {
            return new(factor, unit, 0, indicator.Anchors.Count - 1, 1, indicator.Anchors);
        }

        var value = factor.Leaf is { HasValue: true } leaf ? leaf.Value : (double?)null;
        double[] ends = [.. new[] { factor.Rule?.Low, factor.Rule?.High, value }.OfType<double>()];
        var least = indicator is { HasMinimum: true } ? indicator.Minimum : ends.DefaultIfEmpty(0).Min();
        var most = indicator is { HasMaximum: true } && factor.Rule is null ? indicator.Maximum : ends.DefaultIfEmpty(least).Max();
        if (indicator is { HasMaximum: true })
        {
            most = Math.Min(Math.Max(most, value ?? most), indicator.Maximum);
        }

        return new(factor, unit, least, most, StepOf(most - least), []);
    }

    /// <summary>About a hundredth of the way, as 1, 2 or 5 of some unit of ten.</summary>
    private static double StepOf(double length)
    {
        if (length <= 0)
        {
            return 1;
        }

        var ten = Math.Pow(10, Math.Floor(Math.Log10(length / 100)));
        return new[] { 1.0, 2, 5, 10 }.First(one => one * ten * 100 >= length * 0.999) * ten;
    }
}
