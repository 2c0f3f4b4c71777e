using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Frameworks;

namespace EarlyWarning.Scoring.Rankings;

/// <summary>Tells where a place stands among the countries as they are: from the sorted set, and where there is none from the ranking itself.</summary>
internal sealed class Standings(RankingSet set, IGrainFactory grains)
{
    /// <summary>Gets the rank that a country has, or would have, at a place under a framework's active version; none without a place.</summary>
    public async Task<int?> RankAsync(ChosenFramework framework, string country, Place? place, CancellationToken cancellationToken)
    {
        if (place is not { } own)
        {
            return null;
        }

        if (await set.CountAboveAsync(framework.Id, framework.Version, country, own.Key) is { } count)
        {
            return count.OthersAbove + 1;
        }

        var ranked = await grains.GetGrain<IRankingGrain>(framework.Id).RankAsync().WaitAsync(cancellationToken);
        return 1 + ranked.Risks.Count(risk => risk.Country != country && Place.Of(risk) is { } other && other.CompareTo(own) > 0);
    }
}
