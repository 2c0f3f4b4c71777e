using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;

namespace EarlyWarning.Scoring.WhatIf;

/// <summary>Reads what a rise is measured from. Thread-safe.</summary>
internal sealed class RiseWindows(IGrainFactory grains, CountryValuesReader reader)
{
    private const int MostMoments = 1_000;

    /// <summary>
    /// The window of a rise: the value at its start and wherever the score changed, as it was known then and under the present version, so
    /// that a new version is no rise by itself.
    /// </summary>
    public async Task<RiseWindow> OfAsync(
        ChosenFramework framework,
        string country,
        V1.Threshold threshold,
        Target watched,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var span = threshold.Window.ToTimeSpan();
        var changes = await grains
            .GetGrain<ICountryGrain>(country)
            .HistoryAsync(framework.Id, until - span, until, 0, MostMoments)
            .WaitAsync(cancellationToken);
        var times = changes.Select(change => change.Time.ToDateTimeOffset()).Append(until - span).Distinct().Order().ToArray();
        var inputs = new FrameworkInputs(framework.Compiled);
        var rows = await reader.HistoryAsync(country, new(inputs.Wanted, times, AsKnown: true), cancellationToken);
        var window = new RiseWindow(span.Ticks);
        foreach (var (at, row) in times.Zip(rows))
        {
            window.Observe(at.UtcTicks, watched.Value(inputs.Score(framework.Compiled, row)), static () => []);
        }

        return window;
    }
}
