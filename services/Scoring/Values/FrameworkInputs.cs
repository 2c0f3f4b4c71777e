using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Values;

/// <summary>What frameworks read: their indicators with how long each counts, asked for once where several read the same.</summary>
internal sealed class FrameworkInputs
{
    private readonly Dictionary<CompiledFramework, int[]> _places = [];

    public FrameworkInputs(params ReadOnlySpan<CompiledFramework> frameworks)
    {
        var places = new Dictionary<WantedIndicator, int>();
        foreach (var framework in frameworks)
        {
            _places[framework] =
            [
                .. framework.Leaves.Select(leaf =>
                {
                    var wanted = new WantedIndicator(leaf.Indicator, leaf.Validity);
                    if (!places.TryGetValue(wanted, out var place))
                    {
                        places.Add(wanted, place = places.Count);
                    }

                    return place;
                }),
            ];
        }

        Wanted = [.. places.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
    }

    /// <summary>What to ask for.</summary>
    public IReadOnlyList<WantedIndicator> Wanted { get; }

    /// <summary>The values by leaf of a framework.</summary>
    public double[] Values(CompiledFramework framework, CountryRow row) => Array.ConvertAll(_places[framework], place => row.Values[place]);

    /// <summary>The standard errors by leaf of a framework.</summary>
    public double[] StandardErrors(CompiledFramework framework, CountryRow row) =>
        Array.ConvertAll(_places[framework], place => row.StandardErrors[place]);

    /// <summary>Scores a country under a framework.</summary>
    public ScoreState Score(CompiledFramework framework, CountryRow row) =>
        Score(framework, row.Country, Values(framework, row), StandardErrors(framework, row));

    /// <summary>Scores values by leaf.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="unit">Whose they are.</param>
    /// <param name="values">The values; NaN where missing.</param>
    /// <param name="errors">The standard errors that were stated; NaN where none was.</param>
    public static ScoreState Score(
        CompiledFramework framework,
        ReferenceUnit unit,
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> errors
    )
    {
        var state = new ScoreState(framework, unit);
        for (var leaf = 0; leaf < values.Length; leaf++)
        {
            if (!double.IsNaN(values[leaf]))
            {
                state.Set(leaf, values[leaf], double.IsNaN(errors[leaf]) ? null : errors[leaf]);
            }
        }

        state.Update();
        return state;
    }

    /// <summary>Scores values by leaf of a country.</summary>
    public static ScoreState Score(CompiledFramework framework, string country, ReadOnlySpan<double> values, ReadOnlySpan<double> errors) =>
        Score(framework, new ReferenceUnit(country), values, errors);
}
