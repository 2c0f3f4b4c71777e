using EarlyWarning.Contracts.Countries;

namespace EarlyWarning.Scoring.Values;

/// <summary>Asks the countries for their values, so many at once.</summary>
internal sealed class CountryValuesReader(IGrainFactory grains, CountryChoice countries, int atOnce)
{
    /// <summary>Gets one country's values.</summary>
    public async Task<CountryRow> ReadAsync(
        string country,
        IReadOnlyList<WantedIndicator> indicators,
        Moment moment,
        CancellationToken cancellationToken
    )
    {
        var values = await grains.GetGrain<ICountryGrain>(country).ValuesAsync(Query(indicators, moment)).WaitAsync(cancellationToken);
        return new(country, values.Revision, [.. values.Values], [.. values.StandardErrors]);
    }

    /// <summary>
    /// Gets the values of the countries named, in their order; of all that have any where none is named, by code.
    /// </summary>
    public async Task<IReadOnlyList<CountryRow>> ReadAsync(
        IReadOnlyList<string> named,
        IReadOnlyList<WantedIndicator> indicators,
        Moment moment,
        CancellationToken cancellationToken
    )
    {
        var asked = named.Count > 0 ? named : await countries.WithDataAsync(cancellationToken);
        var rows = await EachAsync(asked, country => ReadAsync(country, indicators, moment, cancellationToken), cancellationToken);
        return named.Count > 0 ? rows : [.. rows.Where(row => row.HasData)];
    }

    /// <summary>Gets a country's values at several rising moments, as one call that reads its journal once.</summary>
    public async Task<IReadOnlyList<CountryRow>> HistoryAsync(string country, ValuesQuery query, CancellationToken cancellationToken)
    {
        var values = await grains.GetGrain<ICountryGrain>(country).ValuesAsync(query).WaitAsync(cancellationToken);
        var width = query.Indicators.Count;
        return
        [
            .. Enumerable
                .Range(0, query.Times.Count)
                .Select(time => new CountryRow(
                    country,
                    values.Revision,
                    [.. values.Values.Skip(time * width).Take(width)],
                    [.. values.StandardErrors.Skip(time * width).Take(width)]
                )),
        ];
    }

    /// <summary>Asks something of each country, and keeps the order.</summary>
    public async Task<T[]> EachAsync<T>(IReadOnlyList<string> asked, Func<string, Task<T>> ask, CancellationToken cancellationToken)
    {
        var answers = new T[asked.Count];
        await Parallel.ForAsync(
            0,
            asked.Count,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (i, _) => answers[i] = await ask(asked[i])
        );
        return answers;
    }

    private static ValuesQuery Query(IReadOnlyList<WantedIndicator> indicators, Moment moment) =>
        new(indicators, moment.At is { } at ? [at] : [], moment.AsOf);
}
