using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Draws one by one: what a run drew, and the same draw made by setting a state's values.</summary>
internal static class Draws
{
    /// <summary>The scores of every draw, by country.</summary>
    public static double[][] Of(CompiledFramework framework, MonteCarloOptions options, params CountryValues[] countries) =>
        Of(framework, options, null, countries);

    /// <summary>The scores of every draw, by country, where a source may come from the second sample.</summary>
    public static double[][] Of(
        CompiledFramework framework,
        MonteCarloOptions options,
        SampleSelection? samples,
        params CountryValues[] countries
    )
    {
        var model = new DrawModel(framework, [.. countries], options, Varying.All, default);
        var drawn = DrawnScores.Of(model.DrawsLevels, countries.Length, options.Draws);
        new DrawRun(model, options.Seed, options.Draws, options.Threads).Run(samples, drawn, default);
        return drawn.Scores;
    }

    public static CountryValues Country(string code, params (string Indicator, double Value, double Error)[] readings) =>
        new(code, readings.ToImmutableDictionary(reading => reading.Indicator, reading => new Reading(reading.Value, reading.Error)));

    /// <summary>The number from 0 to 1 by which a value is drawn.</summary>
    public static double Share(MonteCarloOptions options, string country, int source, int draw) =>
        new RandomStream(options.Seed, (uint)source, Seed.Of(country), Purpose.Values).At(draw);

    /// <summary>
    /// The state of a country in one draw: errors added to what was observed and, unless the policy decides, missing values drawn over
    /// their goalposts or ranges.
    /// </summary>
    /// <param name="framework">The framework of the draw.</param>
    /// <param name="nominal">The framework as it is, by whose leaves the streams are numbered.</param>
    /// <param name="country">The country.</param>
    /// <param name="options">What is unsure.</param>
    /// <param name="draw">The draw's number.</param>
    public static ScoreState Redraw(
        CompiledFramework framework,
        CompiledFramework nominal,
        CountryValues country,
        MonteCarloOptions options,
        int draw
    )
    {
        var state = new ScoreState(framework, new ReferenceUnit(country.Country));
        foreach (var leaf in nominal.Leaves)
        {
            if (!framework.TryGetLeaf(leaf.Indicator, out var number))
                continue;
            var share = Share(options, country.Country, leaf.Index, draw);
            if (country.Readings.TryGetValue(leaf.Indicator, out var reading))
                state.Set(number, Erring(reading, share, leaf, divides: leaf.Index >= nominal.ScoredLeafCount), 0);
            else if (options.Missing == MissingDraw.Uniform && AnyValue(framework.Model, leaf.Indicator, share) is { } value)
                state.Set(number, value);
        }

        state.Update();
        return state;
    }

    /// <summary>A value with its error, held in its range; what only divides never falls below a twentieth of what was observed.</summary>
    private static double Erring(Reading reading, double share, LeafInfo leaf, bool divides)
    {
        var value = Math.FusedMultiplyAdd(reading.StandardError ?? 0, ScalarLane.Normal(share), reading.Value);
        if (leaf.ValidRange is { } range)
            value = Math.Clamp(value, Math.Min(range.Low, reading.Value), Math.Max(range.High, reading.Value));
        return divides ? Math.Max(value, reading.Value / 20) : value;
    }

    /// <summary>A value between a leaf's goalposts or in a predictor's range; null where there are none to draw over.</summary>
    public static double? AnyValue(Framework model, string indicator, double share)
    {
        var (low, high, turned) = model switch
        {
            CompositeFramework tree => Find(tree.Root, indicator) is { Normalisation: Goalposts posts, Denominator: null } leaf
                ? (posts.Low, posts.High, leaf.Direction == Direction.Lowers)
                : (double.NaN, double.NaN, false),
            LogisticFramework logistic => RangeIn(logistic.Predictors),
            _ => RangeIn(((EnsembleFramework)model).Members.SelectMany(member => member.Predictors)),
        };
        return double.IsNaN(low) ? null : low + ((turned ? 1 - share : share) * (high - low));

        (double, double, bool) RangeIn(IEnumerable<Predictor> predictors) =>
            predictors.First(predictor => predictor.Indicator == indicator).Range is { } range
                ? (range.Low, range.High, false)
                : (double.NaN, double.NaN, false);
    }

    private static Leaf? Find(Element element, string code) =>
        element switch
        {
            Node node => node.Children.Select(child => Find(child, code)).FirstOrDefault(leaf => leaf is not null),
            Leaf leaf when leaf.Code == code => leaf,
            _ => null,
        };
}
