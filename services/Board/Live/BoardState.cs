using System.Collections.Immutable;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Live;

/// <summary>Everything that the board shows, at one moment. Immutable.</summary>
public sealed record BoardState
{
    /// <summary>How many breaches are shown.</summary>
    public const int Shown = 50;

    private const int MostPast = 50;
    private const int MostEntries = 20;

    /// <summary>Before anything was heard of the suite.</summary>
    public static BoardState Empty { get; } = new();

    /// <summary>The suite plays an exercise.</summary>
    public bool Exercise { get; init; }

    /// <summary>The status as last asked for; absent before the first answer.</summary>
    public GetStatusResponse? Status { get; init; }

    /// <summary>When the suite last answered; absent before the first answer.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>What is not heard of now, and why; empty while everything is live.</summary>
    public ImmutableSortedDictionary<string, string> Broken { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The active frameworks, by id.</summary>
    public ImmutableSortedDictionary<string, Framework> Frameworks { get; init; } = ImmutableSortedDictionary<string, Framework>.Empty;

    /// <summary>The newest risk of each country under each framework, by the risk's name.</summary>
    public ImmutableDictionary<string, CountryRisk> Risks { get; init; } = ImmutableDictionary<string, CountryRisk>.Empty;

    /// <summary>The newest breaches, by name.</summary>
    public ImmutableDictionary<string, Breach> Breaches { get; init; } = ImmutableDictionary<string, Breach>.Empty;

    /// <summary>The cases, by name.</summary>
    public ImmutableDictionary<string, Case> Cases { get; init; } = ImmutableDictionary<string, Case>.Empty;

    /// <summary>The state without a framework that was retired, and without the risks under it.</summary>
    public BoardState Without(string framework) =>
        this with
        {
            Frameworks = Frameworks.Remove(framework),
            Risks = Risks.RemoveRange(Under(framework).Select(risk => risk.Name)),
        };

    /// <summary>The state with a breach as it is now. What is over is let go of when there is newer.</summary>
    public BoardState With(Breach breach)
    {
        var breaches = Breaches.SetItem(breach.Name, breach);
        return this with
        {
            Breaches = breaches.RemoveRange(
                breaches
                    .Values.Where(one => one.State != Breach.Types.State.Firing)
                    .OrderByDescending(one => one.FireTime?.ToDateTimeOffset())
                    .Skip(MostPast)
                    .Select(one => one.Name)
            ),
        };
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
        return this with
        {
            Cases = cases.RemoveRange(
                cases
                    .Values.Where(one => one.CloseTime is not null)
                    .OrderByDescending(one => one.CloseTime.ToDateTimeOffset())
                    .Skip(MostPast)
                    .Select(one => one.Name)
            ),
        };
    }

    /// <summary>
    /// The ranking under a framework: highest level first, within it highest score; without countries that have too little data.
    /// </summary>
    public IEnumerable<CountryRisk> Ranking(string framework) =>
        Under(framework)
            .Where(risk => risk.State == DataState.Sufficient)
            .OrderByDescending(risk => risk.LevelOrder)
            .ThenByDescending(risk => risk.Score)
            .ThenBy(risk => risk.Country, StringComparer.Ordinal);

    /// <summary>
    /// The countries with some data and too little for a score: first those of which a level is known that they have at least.
    /// </summary>
    public IEnumerable<CountryRisk> Insufficient(string framework) =>
        Under(framework)
            .Where(risk => risk.State != DataState.Sufficient && (risk.Coverage > 0 || risk.FiringThresholds > 0 || risk.HasLevelOrder))
            .OrderByDescending(risk => risk.HasLevelOrder ? risk.LevelOrder : -1)
            .ThenByDescending(risk => risk.Coverage)
            .ThenBy(risk => risk.Country, StringComparer.Ordinal);

    /// <summary>How many countries are followed under a framework, with or without valid data.</summary>
    public int Followed(string framework) => Under(framework).Count();

    private IEnumerable<CountryRisk> Under(string framework) =>
        Risks.Values.Where(risk => risk.Name.StartsWith($"frameworks/{framework}/", StringComparison.Ordinal));

    /// <summary>All open cases, the most severe first and of those the next due; then the newest closed ones.</summary>
    public IEnumerable<Case> CasesInOrder =>
        Cases
            .Values.OrderBy(c => c.CloseTime is not null)
            .ThenByDescending(c => c.CloseTime is null ? c.Severity : Severity.Unspecified)
            .ThenBy(c => c.DueTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue)
            .ThenByDescending(c => (c.CloseTime ?? c.OpenTime)?.ToDateTimeOffset());

    /// <summary>Firing breaches first, then the newest; the first <see cref="Shown"/>.</summary>
    public IEnumerable<Breach> BreachesInOrder =>
        Breaches
            .Values.OrderByDescending(breach => breach.State == Breach.Types.State.Firing)
            .ThenByDescending(breach => breach.FireTime?.ToDateTimeOffset())
            .Take(Shown);

    /// <summary>How many breaches are known here that <see cref="BreachesInOrder"/> leaves out.</summary>
    public int BreachesLeftOut => Math.Max(0, Breaches.Count - Shown);
}
