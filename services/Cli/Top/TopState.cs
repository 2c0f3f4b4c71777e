using System.Collections.Immutable;
using EarlyWarning.V1;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Cli.Top;

/// <summary>The two halves of the screen.</summary>
internal enum TopPane
{
    Ranking,
    Cases,
}

/// <summary>What is shown: what is known of the suite, and what the person looks at. Immutable.</summary>
internal sealed record TopState(string Framework, IReadOnlyList<string> Levels, string Endpoint)
{
    public const string RisksPart = "risks";
    public const string CasesPart = "cases";
    public const string ClockPart = "clock";

    /// <summary>After this long without a word of the suite what is shown is no longer the present.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2.5);

    /// <summary>The newest risk of each country, by its code.</summary>
    public ImmutableDictionary<string, CountryRisk> Risks { get; init; } = ImmutableDictionary<string, CountryRisk>.Empty;

    /// <summary>The open cases, by name.</summary>
    public ImmutableDictionary<string, Case> Cases { get; init; } = ImmutableDictionary<string, Case>.Empty;

    /// <summary>What was heard of whole once.</summary>
    public ImmutableHashSet<string> Whole { get; init; } = [];

    /// <summary>What is not heard of now, and why.</summary>
    public ImmutableSortedDictionary<string, string> Broken { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The suite's clock when it last answered.</summary>
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>The reading of this machine's counter at that answer.</summary>
    public long HeardStamp { get; init; }

    /// <summary>The last moment, by the suite's clock, of which all that is shown is known.</summary>
    public DateTimeOffset AsOf { get; init; }

    public bool Exercise { get; init; }

    /// <summary>Nobody is told of what begins to fire.</summary>
    public bool Unarmed { get; init; }

    public TopPane Pane { get; init; }

    /// <summary>The country on which the mark stands; the first where it is not shown.</summary>
    public string Country { get; init; } = "";

    /// <summary>The case on which the mark stands.</summary>
    public string Case { get; init; } = "";

    /// <summary>The place of the lowest level that is shown; nothing for all.</summary>
    public int? LowestLevel { get; init; }

    /// <summary>A country's code, or a part of its name, to which both panes are narrowed.</summary>
    public string Search { get; init; } = "";

    /// <summary>What lies over the panes, or is asked for below them.</summary>
    public TopDialog? Dialog { get; init; }

    /// <summary>What was just done or refused.</summary>
    public string Notice { get; init; } = "";

    /// <summary>All of it was heard of once.</summary>
    public bool IsWhole => Whole.Count == 3;

    /// <summary>The countries that are shown, in their order.</summary>
    public IEnumerable<(int? Rank, CountryRisk Risk)> Ranking() =>
        TopOrder.Ranked(Risks.Values).Where(row => Reaches(row.Risk) && IsSought(row.Risk.Country, row.Risk.CountryName));

    /// <summary>The open cases that are shown: where nobody further is asked first, then what is due next.</summary>
    public IEnumerable<Case> OpenCases() =>
        Cases
            .Values.Where(one => IsSought(one.Country, one.CountryName))
            .OrderBy(one => one.State != CaseState.Exhausted)
            .ThenBy(one => one.DueTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue)
            .ThenBy(one => one.Name, StringComparer.Ordinal);

    public TopState With(IEnumerable<CountryRisk> risks) =>
        this with
        {
            Risks = Risks.SetItems(risks.Select(risk => KeyValuePair.Create(risk.Country, risk))),
            Whole = Whole.Add(RisksPart),
            Broken = Broken.Remove(RisksPart),
        };

    /// <summary>The state with a case as it is now, unless a newer one is known.</summary>
    public TopState With(Case changed) =>
        changed.CloseTime is not null ? this with { Cases = Cases.Remove(changed.Name) }
        : Cases.TryGetValue(changed.Name, out var known) && known.Sequence > changed.Sequence ? this
        : this with { Cases = Cases.SetItem(changed.Name, changed) };

    /// <summary>The state with exactly these cases open.</summary>
    public TopState WithOpen(IEnumerable<Case> cases) =>
        this with
        {
            Cases = cases.ToImmutableDictionary(one => one.Name),
            Whole = Whole.Add(CasesPart),
            Broken = Broken.Remove(CasesPart),
        };

    /// <summary>The state after the suite has answered what time it has.</summary>
    public TopState Heard(DateTimeOffset at, long stamp)
    {
        var heard = this with { HeardAt = at, HeardStamp = stamp, Whole = Whole.Add(ClockPart), Broken = Broken.Remove(ClockPart) };
        return heard.Broken.IsEmpty ? heard with { AsOf = at } : heard;
    }

    public TopState Lost(string part, string why) => this with { Broken = Broken.SetItem(part, why) };

    public TopState Again(string part) => this with { Broken = Broken.Remove(part) };

    // Of whom too little is known may be at any level: only what is known to be lower is left out.
    private bool Reaches(CountryRisk risk) =>
        LowestLevel is not { } lowest || risk.State != DataState.Sufficient || (risk.HasLevelOrder && risk.LevelOrder >= lowest);

    private bool IsSought(string code, string name) =>
        Search.Length == 0
        || code.Equals(Search, StringComparison.OrdinalIgnoreCase)
        || name.Contains(Search, StringComparison.OrdinalIgnoreCase);
}
