using System.Collections.Immutable;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Live;

/// <summary>What the board knows of the suite at one moment, for everybody who looks. Immutable.</summary>
public sealed record BoardState
{
    private const int MostClosed = 50;
    private const int MostEntries = 50;
    private const int MostLevels = 500;

    /// <summary>Before anything was heard of the suite.</summary>
    public static BoardState Empty { get; } = new();

    /// <summary>The status as last asked for; absent before the first answer.</summary>
    public GetStatusResponse? Status { get; init; }

    /// <summary>Whether the suite has answered yet.</summary>
    public bool IsHeard { get; init; }

    /// <summary>What is not heard of now, and why; empty while everything is live.</summary>
    public ImmutableSortedDictionary<string, string> Broken { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What has been heard of whole once, so that what is not there is known not to be there.</summary>
    public ImmutableHashSet<string> Whole { get; init; } = [];

    /// <summary>The active frameworks, by id.</summary>
    public ImmutableSortedDictionary<string, Framework> Frameworks { get; init; } = ImmutableSortedDictionary<string, Framework>.Empty;

    /// <summary>The newest risk of each country under each framework, by the risk's name.</summary>
    public ImmutableDictionary<string, CountryRisk> Risks { get; init; } = ImmutableDictionary<string, CountryRisk>.Empty;

    /// <summary>All open cases and the newest closed ones, by name.</summary>
    public ImmutableDictionary<string, Case> Cases { get; init; } = ImmutableDictionary<string, Case>.Empty;

    /// <summary>The countries that the suite knows, by code.</summary>
    public ImmutableSortedDictionary<string, Country> Countries { get; init; } = ImmutableSortedDictionary<string, Country>.Empty;

    /// <summary>The members of the organisations of the directory, by the organisation's short name.</summary>
    public ImmutableSortedDictionary<string, ImmutableHashSet<string>> Organisations { get; init; } =
        ImmutableSortedDictionary<string, ImmutableHashSet<string>>.Empty;

    /// <summary>How levels changed while the board looked on, newest first.</summary>
    public ImmutableList<LevelChange> Levels { get; init; } = [];

    /// <summary>Since when it looks on; absent before the first risks were heard of.</summary>
    public DateTimeOffset? LevelsSince { get; init; }

    /// <summary>Rises with each change of a case and of what is shown of a risk: that a journal has grown is none.</summary>
    public long News { get; init; }

    /// <summary>Since when thresholds have fired, as far as the board has looked on, by the risk's name.</summary>
    public ImmutableDictionary<string, DateTimeOffset> FiringSince { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>The state without a framework that was retired, and without the risks under it.</summary>
    public BoardState Without(string framework)
    {
        var names = Under(framework).Select(risk => risk.Name).ToList();
        return this with
        {
            Frameworks = Frameworks.Remove(framework),
            Risks = Risks.RemoveRange(names),
            FiringSince = FiringSince.RemoveRange(names),
        };
    }

    /// <summary>The state with risks as they are now, and with what that did to levels.</summary>
    public BoardState With(IReadOnlyCollection<CountryRisk> risks, DateTimeOffset now)
    {
        var changed = risks
            .Where(risk => Risks.TryGetValue(risk.Name, out var before) && LevelChange.LevelOf(before) != LevelChange.LevelOf(risk))
            .Select(risk => new LevelChange(risk, Risks[risk.Name], now));
        var levels = Levels.InsertRange(0, changed);
        return this with
        {
            Risks = Risks.SetItems(risks.Select(risk => KeyValuePair.Create(risk.Name, risk))),
            News = News + (risks.Any(IsNews) ? 1 : 0),
            FiringSince = FiringSince
                .RemoveRange(risks.Where(risk => risk.FiringThresholds == 0).Select(risk => risk.Name))
                .AddRange(risks.Where(IsFirst).Select(risk => KeyValuePair.Create(risk.Name, now))),
            Levels = levels.Count > MostLevels ? levels.GetRange(0, MostLevels) : levels,
            LevelsSince = LevelsSince ?? now,
        };
    }

    /// <summary>
    /// The state with those of some risks that are newer than what is known: they come by two ways, and the older may come last.
    /// </summary>
    public BoardState WithNewer(IEnumerable<CountryRisk> risks, DateTimeOffset now)
    {
        List<CountryRisk> newer = [.. risks.Where(risk => !Risks.TryGetValue(risk.Name, out var known) || risk.Revision >= known.Revision)];
        return newer.Count == 0 ? this : With(newer, now);
    }

    /// <summary>The state with a case as it is now: a change brings the entries that are new.</summary>
    public BoardState With(Case changed)
    {
        var now = changed.Clone();
        var known = Cases.GetValueOrDefault(changed.Name)?.Entries.Concat(changed.Entries).DistinctBy(entry => entry.Number)
            ?? changed.Entries;
        var entries = known.OrderBy(entry => entry.Number).TakeLast(MostEntries).ToList();
        now.Entries.Clear();
        now.Entries.Add(entries);
        var cases = Cases.SetItem(now.Name, now);
        if (ReferenceEquals(cases, Cases))
        {
            return this;
        }

        return this with
        {
            News = News + 1,
            Cases = cases.RemoveRange(
                cases
                    .Values.Where(one => one.CloseTime is not null)
                    .OrderByDescending(one => one.CloseTime.ToDateTimeOffset())
                    .Skip(MostClosed)
                    .Select(one => one.Name)
            ),
        };
    }

    /// <summary>The name of a country's risk under a framework.</summary>
    public static string NameOf(string framework, string country) => $"frameworks/{framework}/risks/{country}";

    /// <summary>The risks under a framework.</summary>
    public IEnumerable<CountryRisk> Under(string framework)
    {
        var first = NameOf(framework, "");
        return Risks.Values.Where(risk => risk.Name.StartsWith(first, StringComparison.Ordinal));
    }

    private bool IsFirst(CountryRisk risk) => risk.FiringThresholds > 0 && !FiringSince.ContainsKey(risk.Name);

    /// <summary>Whether more of a risk is another than the place of the journal and the moment that it is of.</summary>
    private bool IsNews(CountryRisk risk)
    {
        if (!Risks.TryGetValue(risk.Name, out var known))
        {
            return true;
        }

        var same = known.Clone();
        (same.Revision, same.At) = (risk.Revision, risk.At);
        return !same.Equals(risk);
    }
}

/// <summary>A country's level under a framework became another one.</summary>
/// <param name="Now">The country's risk with the new level.</param>
/// <param name="Before">The risk with the level before.</param>
/// <param name="Time">When the board heard of it.</param>
public sealed record LevelChange(CountryRisk Now, CountryRisk Before, DateTimeOffset Time)
{
    /// <summary>Which way it went; empty where either level is not known.</summary>
    public string Arrow =>
        !Now.HasLevelOrder || !Before.HasLevelOrder ? ""
        : Now.LevelOrder > Before.LevelOrder ? "▲"
        : "▼";

    /// <summary>The level, or the one that is reached at least; empty for neither.</summary>
    public static string LevelOf(CountryRisk risk)
    {
        ArgumentNullException.ThrowIfNull(risk);
        return risk.Level.Length > 0 ? risk.Level
            : risk.LevelAtLeast.Length > 0 ? $"≥ {risk.LevelAtLeast}"
            : "";
    }
}
