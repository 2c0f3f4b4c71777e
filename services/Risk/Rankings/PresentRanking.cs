using EarlyWarning.Contracts.Countries;

namespace EarlyWarning.Risk.Rankings;

/// <summary>
/// A ranking of the countries themselves, each at its newest revision with the range of just that: one that is told of changes lags behind
/// them.
/// </summary>
internal static class PresentRanking
{
    /// <summary>
    /// Asks every country of which anything is recorded, or of some those alone, to rank them among themselves. One that does not answer is
    /// named and hides no other; if none answers, it fails.
    /// </summary>
    public static async Task<RankedCountries> RankAsync(
        IGrainFactory grains,
        RiskQuery query,
        IReadOnlyCollection<string> countries,
        CancellationToken cancellationToken
    )
    {
        var recorded = await grains.GetGrain<ICountryRegisterGrain>(0).ListAsync().WaitAsync(cancellationToken);
        var codes = recorded.Where(code => countries.Count == 0 || countries.Contains(code)).ToList();
        var asked = codes.Select(code => grains.GetGrain<ICountryGrain>(code).GetRiskAsync(query)).ToList();
        await ((Task)Task.WhenAll(asked)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (asked.Count > 0 && asked.TrueForAll(task => !task.IsCompletedSuccessfully))
        {
            await asked[0];
        }

        return new(
            RankOrder.Of(
                asked
                    .Where(task => task.IsCompletedSuccessfully)
                    .Select(task => task.Result)
                    .OfType<V1.CountryRisk>()
                    .Select(RankOrder.WithoutNodes)
            ),
            [.. codes.Where((_, i) => !asked[i].IsCompletedSuccessfully)]
        );
    }
}
