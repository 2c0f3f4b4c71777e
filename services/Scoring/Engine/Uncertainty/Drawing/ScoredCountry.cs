using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>A country's point score and where it puts it.</summary>
/// <param name="Country">Its code.</param>
/// <param name="Score">The score; null without one.</param>
/// <param name="Rank">The rank; null without a score.</param>
/// <param name="Level">The index of the level; −1 without a score.</param>
internal sealed record ScoredCountry(string Country, double? Score, int? Rank, int Level)
{
    /// <summary>Scores and ranks all.</summary>
    public static ScoredCountry[] All(CompiledFramework framework, ImmutableArray<CountryValues> countries, CancellationToken cancellation)
    {
        var ranking = new CountryRanker(countries.Length);
        for (var country = 0; country < countries.Length; country++)
        {
            cancellation.ThrowIfCancellationRequested();
            var state = countries[country].Under(framework);
            (ranking.Scores[country], ranking.Levels[country]) = (state.Score ?? double.NaN, state.LevelIndex);
        }

        ranking.Run();
        return
        [
            .. countries.Select(
                (country, i) =>
                    ranking.Ranks[i] == 0
                        ? new ScoredCountry(country.Country, null, null, -1)
                        : new ScoredCountry(country.Country, ranking.Scores[i], ranking.Ranks[i], ranking.Levels[i])
            ),
        ];
    }
}
