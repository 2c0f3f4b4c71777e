using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>What is known of one country, whatever framework it is scored under.</summary>
/// <param name="Country">Its code. Its errors of observation are drawn from streams of their own, whichever countries are run with
/// it.</param>
/// <param name="Readings">Its observations by indicator, denominators among them; an indicator that is not there is missing.</param>
public sealed record CountryValues(string Country, ImmutableDictionary<string, Reading> Readings)
{
    /// <summary>Gets the groups that the country is in, by grouping; null for those of its row in the reference set.</summary>
    public ImmutableDictionary<string, string>? Groups { get; init; }

    /// <summary>Takes over what a state knows.</summary>
    /// <param name="country">The country's code.</param>
    /// <param name="state">Its state; later changes to it do not matter.</param>
    /// <returns>The values.</returns>
    public static CountryValues Of(string country, ScoreState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var readings = ImmutableDictionary.CreateBuilder<string, Reading>(StringComparer.Ordinal);
        for (var leaf = 0; leaf < state.Framework.LeafCount; leaf++)
        {
            if (state.LeafValue(leaf) is { } value)
                readings.Add(
                    state.Framework.Leaves[leaf].Indicator,
                    new Reading(value, state.LeafErrorIsDefault(leaf) ? null : state.LeafStandardError(leaf))
                );
        }

        return new CountryValues(country, readings.ToImmutable()) { Groups = state.Country?.Groups };
    }

    /// <summary>Scores the country under a framework.</summary>
    /// <param name="framework">The framework.</param>
    /// <returns>An up-to-date state.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value or an error is no finite number, or an error is below 0.</exception>
    public ScoreState Under(CompiledFramework framework)
    {
        var state = new ScoreState(framework, new ReferenceUnit(Country, null, Groups));
        for (var leaf = 0; leaf < framework.LeafCount; leaf++)
            if (Readings.TryGetValue(framework.Leaves[leaf].Indicator, out var reading))
                state.Set(leaf, reading.Value, reading.StandardError);
        state.Update();
        return state;
    }
}

/// <summary>One observed value.</summary>
/// <param name="Value">The value in the indicator's unit.</param>
/// <param name="StandardError">Its standard error in the same unit, 0 if it is exact; null if none is stated.</param>
public readonly record struct Reading(double Value, double? StandardError = null);
