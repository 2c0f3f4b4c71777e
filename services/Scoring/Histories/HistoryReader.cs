using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Values;

namespace EarlyWarning.Scoring.Histories;

/// <summary>Reads the countries' values over a window: one call a country, which reads its journal once.</summary>
internal sealed class HistoryReader(CountryValuesReader reader, CountryChoice countries)
{
    /// <summary>Reads it.</summary>
    /// <param name="window">The window.</param>
    /// <param name="indicators">What is read.</param>
    /// <param name="run">What may be known with hindsight, and who is told the share of the countries that have been read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The rows that have any value, by country, then by time.</returns>
    public async Task<IReadOnlyList<HistoryRow>> ReadAsync(
        Window window,
        IReadOnlyList<WantedIndicator> indicators,
        ComputationRun run,
        CancellationToken cancellationToken
    )
    {
        var asked = window.Countries.Count > 0 ? window.Countries : await countries.WithDataAsync(cancellationToken);
        var query = new ValuesQuery(indicators, window.Times, run.AsOf, AsKnown: !window.WithHindsight);
        var read = 0;
        var rows = await reader.EachAsync(
            asked,
            async country =>
            {
                var history = await reader.HistoryAsync(country, query, cancellationToken);
                run.Reading?.Report((double)Interlocked.Increment(ref read) / asked.Count);
                return history;
            },
            cancellationToken
        );
        return [.. rows.SelectMany(history => history.Select((row, time) => new HistoryRow(time, row)).Where(row => row.Values.HasData))];
    }
}

/// <summary>A country at one moment of a window.</summary>
/// <param name="Time">The number of the moment.</param>
/// <param name="Values">Its values.</param>
internal sealed record HistoryRow(int Time, CountryRow Values);
