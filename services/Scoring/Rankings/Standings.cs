using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Frameworks;

namespace EarlyWarning.Scoring.Rankings;

/// <summary>Tells where a score stands among the countries as they are: from the sorted set, and where there is none from the ranking itself.</summary>
internal sealed class Standings(RankingSet set, IGrainFactory grains)
{
    /// <summary>Gets the rank that a country has, or would have, with a score under a framework's active version; 0 without a score.</summary>
    public async Task<int> RankAsync(ChosenFramework framework, string country, double? score, CancellationToken cancellationToken)
    {
        if (score is not { } value)
        {
            return 0;
        }

        if (await set.CountAboveAsync(framework.Id, framework.Version, country, value) is { } count)
        {
            return count.OthersAbove + 1;
        }

        var risks = await grains.GetGrain<IRankingGrain>(framework.Id).RankAsync().WaitAsync(cancellationToken);
        return 1 + risks.Count(risk => risk.HasScore && risk.Score > value && risk.Country != country);
    }
}
