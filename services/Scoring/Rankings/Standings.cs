using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Frameworks;

namespace EarlyWarning.Scoring.Rankings;

/// <summary>
/// Tells where a place stands among the countries as they are: from the set that is followed, and where there is none from the ranking
/// itself.
/// </summary>
internal sealed class Standings(RankingSet set, IGrainFactory grains)
{
    /// <summary>Gets where a country stands, or would, at a place under a framework's active version; nowhere without a place.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="country">The country.</param>
    /// <param name="place">Its place.</param>
    /// <param name="among">The countries that it stands among, which are asked themselves; empty for all.</param>
    /// <param name="asRecorded">Asks the countries themselves, where it is not enough that a change is followed within a second.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<Standing?> StandAsync(
        ChosenFramework framework,
        string country,
        RankKey? place,
        IReadOnlyCollection<string> among,
        bool asRecorded,
        CancellationToken cancellationToken
    )
    {
        if (place is not { } own)
        {
            return null;
        }

        if (among.Count == 0 && !asRecorded && set.CountAbove(framework.Id, framework.Version, country, own.Key) is { } count)
        {
            return new(count.OthersAbove + 1, count.Others + 1);
        }

        var ranked = await grains.GetGrain<IRankingGrain>(framework.Id).RankAsync([.. among]).WaitAsync(cancellationToken);
        return Standing.Among([.. ranked.Risks.Where(risk => risk.Country != country).Select(RankKey.Of).OfType<RankKey>()], own);
    }
}

/// <summary>Where a country stands.</summary>
/// <param name="Rank">Its rank, 1 for the highest.</param>
/// <param name="Ranked">How many countries have a rank, itself included.</param>
internal sealed record Standing(int Rank, int Ranked)
{
    /// <summary>Where a place stands among those of other countries.</summary>
    public static Standing Among(IReadOnlyCollection<RankKey> others, RankKey own) =>
        new(1 + others.Count(other => other.CompareTo(own) > 0), others.Count + 1);
}
