using EarlyWarning.V1;

namespace EarlyWarning.Board.Countries;

/// <summary>A rise of a score.</summary>
/// <param name="From">The change that it began with.</param>
/// <param name="To">The change at which it was highest.</param>
internal sealed record Rise(RiskChange From, RiskChange To)
{
    /// <summary>Gets by how much.</summary>
    public double By => To.Score - From.Score;
}

/// <summary>A time during which a country stood at one level.</summary>
/// <param name="Level">The level; empty for none.</param>
/// <param name="From">Its first moment.</param>
/// <param name="To">Its end; <see langword="null"/> for the one that lasts.</param>
internal sealed record Spell(string Level, DateTimeOffset From, DateTimeOffset? To);

/// <summary>What a country's own scores say of its past. Immutable.</summary>
internal static class CountryPast
{
    private static readonly TimeSpan s_window = TimeSpan.FromDays(30);

    /// <summary>
    /// The largest rises within thirty days of which none overlaps another, largest first. What a new version of the framework changed is
    /// no rise, and neither is what came after a time without a score.
    /// </summary>
    /// <param name="changes">The changes, oldest first.</param>
    /// <param name="most">How many.</param>
    /// <param name="least">The least that is told.</param>
    public static IReadOnlyList<Rise> Rises(IReadOnlyList<RiskChange> changes, int most, double least)
    {
        List<Rise> found = [];
        foreach (var rise in Candidates(changes).Where(one => one.By >= least).OrderByDescending(one => one.By))
        {
            if (
                found.Count < most
                && found.TrueForAll(one => rise.To.Revision <= one.From.Revision || rise.From.Revision >= one.To.Revision)
            )
            {
                found.Add(rise);
            }
        }

        return found;
    }

    /// <summary>The times at one level each, the newest first.</summary>
    /// <param name="changes">The changes, oldest first.</param>
    public static IReadOnlyList<Spell> Spells(IReadOnlyList<RiskChange> changes)
    {
        List<Spell> spells = [];
        foreach (var change in changes)
        {
            var at = change.Time.ToDateTimeOffset();
            if (spells.Count > 0 && spells[0].Level == change.Level)
            {
                continue;
            }

            if (spells.Count > 0)
            {
                spells[0] = spells[0] with { To = at };
            }

            spells.Insert(0, new(change.Level, at, null));
        }

        return spells;
    }

    /// <summary>Of each change the rise since the lowest of its window.</summary>
    private static IEnumerable<Rise> Candidates(IReadOnlyList<RiskChange> changes)
    {
        LinkedList<RiskChange> lowest = new();
        foreach (var change in changes)
        {
            if (!change.HasScore || (lowest.Last is { } last && last.Value.Framework != change.Framework))
            {
                lowest.Clear();
            }

            if (!change.HasScore)
            {
                continue;
            }

            // The window's scores that may still be its lowest, by rising score.
            while (lowest.First is { } first && change.Time.ToDateTimeOffset() - first.Value.Time.ToDateTimeOffset() > s_window)
            {
                lowest.RemoveFirst();
            }

            while (lowest.Last is { } higher && higher.Value.Score >= change.Score)
            {
                lowest.RemoveLast();
            }

            if (lowest.First is { } low)
            {
                yield return new(low.Value, change);
            }

            lowest.AddLast(change);
        }
    }
}
