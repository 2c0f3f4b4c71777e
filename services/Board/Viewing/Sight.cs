using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Live;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Viewing;

/// <summary>What one viewer sees of the suite at one moment: what their roles reach, and no count of more. Immutable.</summary>
/// <param name="State">What the board knows.</param>
/// <param name="Viewer">Who looks.</param>
/// <param name="Now">The suite's clock.</param>
/// <param name="Seen">When the viewer last said that they have seen what there is; <see langword="null"/> for never.</param>
internal sealed record Sight(BoardState State, IViewer Viewer, DateTimeOffset Now, DateTimeOffset? Seen)
{
    private static readonly TimeSpan s_opening = TimeSpan.FromSeconds(5);
    private readonly IReadOnlySet<string>? _risks = Viewer.Reach(Permission.RiskRead);
    private readonly IReadOnlySet<string>? _warnings = Viewer.Reach(Permission.WarningRead);

    /// <summary>Gets whether the viewer may see how the suite stands.</summary>
    public bool SeesStatus => Viewer.Reach(Permission.StatusRead) is null;

    /// <summary>Gets whether what is known of cases is whole and live: else that there is none is not known.</summary>
    public bool KnowsCases => State.Whole.Contains("cases") && !State.Broken.ContainsKey("cases");

    /// <summary>Gets how the path of a warning stands; unspecified where that is not known now.</summary>
    public Health Path => State.Broken.ContainsKey("status") ? Health.Unspecified : State.Status?.PathHealth ?? Health.Unspecified;

    /// <summary>Gets the open cases: the most severe first, of those the soonest due, then whose ladder has ended, then the rest.</summary>
    public IReadOnlyList<Case> Open { get; } = OpenTo(Viewer.Reach(Permission.WarningRead), State);

    /// <summary>Gets how many of them wait for an answer.</summary>
    public int Owed => Open.Count(one => one.Climbs.Any(climb => climb.State == CaseState.AwaitingAcknowledgement));

    /// <summary>Gets how many of them need this viewer.</summary>
    public int Needed => Open.Count(Needs);

    /// <summary>Whether a case waits for an answer that this viewer can give, or record.</summary>
    public bool Needs(Case one) =>
        one.Climbs.Any(climb => climb.State == CaseState.AwaitingAcknowledgement)
        && (
            Viewer.RecordsForOthers(Permission.CaseAcknowledge, one.Country)
            || Viewer.AnswersAs(Permission.CaseAcknowledge, one.Country).Count > 0
        );

    /// <summary>The cases that were closed last, newest first.</summary>
    public IEnumerable<Case> Closed =>
        State
            .Cases.Values.Where(one => one.CloseTime is not null && Covers(_warnings, one.Country))
            .OrderByDescending(one => one.CloseTime.ToDateTimeOffset());

    /// <summary>The ranking under a framework: highest level first, within it highest score first.</summary>
    public List<CountryRisk> Ranking(string framework) =>
        [
            .. Under(framework)
                .Where(risk => risk.State == DataState.Sufficient)
                .OrderByDescending(risk => risk.LevelOrder)
                .ThenByDescending(risk => risk.Score)
                .ThenBy(risk => risk.Country, StringComparer.Ordinal),
        ];

    /// <summary>
    /// The countries with some data and too little for a score: first those of which a level is known that they have at least.
    /// </summary>
    public List<CountryRisk> Insufficient(string framework) =>
        [
            .. Under(framework)
                .Where(risk => risk.State != DataState.Sufficient && (risk.Coverage > 0 || risk.FiringThresholds > 0 || risk.HasLevelOrder))
                .OrderByDescending(risk => risk.HasLevelOrder ? risk.LevelOrder : -1)
                .ThenByDescending(risk => risk.Coverage)
                .ThenBy(risk => risk.Country, StringComparer.Ordinal),
        ];

    /// <summary>
    /// The framework that is shown where nobody has chosen another: the one that the suite ships as its default where anything is known
    /// under it, otherwise the first by its id under which anything is. What is wanting of resilience is read beside a risk and comes last.
    /// </summary>
    /// <param name="country">Of which country; <see langword="null"/> for any.</param>
    public string DefaultFramework(string? country = null) =>
        State
            .Frameworks.Keys.OrderBy(id => !IsKnown(id, country))
            .ThenBy(id => id == ShippedFrameworks.Resilience)
            .ThenBy(id => id != ShippedFrameworks.Risk)
            .FirstOrDefault()
        ?? "";

    /// <summary>How many countries are followed under a framework, with or without valid data.</summary>
    public int Followed(string framework) => Under(framework).Count();

    /// <summary>A country's risk under a framework; <see langword="null"/> where none is known.</summary>
    public CountryRisk? Risk(string framework, string country) =>
        Covers(_risks, country) ? State.Risks.GetValueOrDefault(BoardState.NameOf(framework, country)) : null;

    /// <summary>The framework of a case's first cause; <see langword="null"/> where it is not known.</summary>
    public Framework? FrameworkOf(Case one) => State.Frameworks.GetValueOrDefault(FrameworkId(one));

    /// <summary>
    /// How the country of a case stands under that framework; <see langword="null"/> where that is not known as of what the case says.
    /// </summary>
    public CountryRisk? RiskOf(Case one) => Risk(FrameworkId(one), one.Country) is { } risk && CaseRisks.Covers(risk, one) ? risk : null;

    /// <summary>Whether a case's condition holds, in the name of its words: silence ends nothing, and confirms nothing.</summary>
    public string FiringOf(Case one) =>
        !one.Firing || HasEnded(one) ? "case.notFiring"
        : RiskOf(one)?.State == DataState.Insufficient ? "case.firing.data"
        : "case.firing";

    /// <summary>The open case of a country; <see langword="null"/> for none.</summary>
    public Case? OpenOf(string country) => Open.FirstOrDefault(one => one.Country == country);

    /// <summary>
    /// Gets the countries of which a threshold fires and no case is open, for longer than a case takes to be opened: nobody is asked about
    /// them.
    /// </summary>
    public IReadOnlyList<CountryRisk> Unasked =>
        [
            .. State
                .Risks.Values.Where(risk =>
                    risk.FiringThresholds > 0
                    && Now - State.FiringSince.GetValueOrDefault(risk.Name) >= s_opening
                    && Covers(_risks, risk.Country)
                    && Covers(_warnings, risk.Country)
                )
                .DistinctBy(risk => risk.Country)
                .Where(risk => !State.Cases.Values.Any(one => one.CloseTime is null && one.Country == risk.Country))
                .OrderBy(risk => risk.Country, StringComparer.Ordinal),
        ];

    /// <summary>Changes of levels since a moment, newest first.</summary>
    public IEnumerable<LevelChange> LevelsSince(DateTimeOffset since) =>
        State.Levels.Where(one => one.Time > since && Covers(_risks, one.Now.Country));

    /// <summary>Countries whose level is another one than in risks of an earlier time.</summary>
    public IEnumerable<LevelChange> LevelsSince(IReadOnlyDictionary<string, CountryRisk> then) =>
        State
            .Risks.Values.Where(risk => Covers(_risks, risk.Country))
            .Select(risk => new LevelChange(risk, then.GetValueOrDefault(risk.Name, new()), Now))
            .Where(one => LevelChange.LevelOf(one.Now) != LevelChange.LevelOf(one.Before))
            .OrderByDescending(one => one.Now.LevelOrder)
            .ThenBy(one => one.Now.Country, StringComparer.Ordinal);

    /// <summary>What happened in cases since a moment, with the case, newest first.</summary>
    public IEnumerable<(Case Case, CaseEntry Entry)> EntriesSince(DateTimeOffset since) =>
        State
            .Cases.Values.Where(one => Covers(_warnings, one.Country))
            .SelectMany(one => one.Entries.Where(entry => entry.Time.ToDateTimeOffset() > since).Select(entry => (one, entry)))
            .OrderByDescending(one => one.entry.Time);

    /// <summary>The organisations with a member that the viewer sees.</summary>
    public IEnumerable<string> Organisations =>
        State.Organisations.Where(one => _risks is null || one.Value.Overlaps(_risks)).Select(one => one.Key);

    /// <summary>Whether the viewer sees the breaches, cases and messages of a country.</summary>
    public bool SeesWarnings(string country) => Covers(_warnings, country);

    /// <summary>Whether the viewer may ask what a country's risk would be.</summary>
    public bool MayAsk(string country) => Covers(Viewer.Reach(Permission.Analyse), country);

    /// <summary>Whether the viewer sees the risks of a country.</summary>
    public bool Sees(string country) => Covers(_risks, country);

    private static IReadOnlyList<Case> OpenTo(IReadOnlySet<string>? warnings, BoardState state) =>
        [
            .. state
                .Cases.Values.Where(one => one.CloseTime is null && Covers(warnings, one.Country))
                .OrderByDescending(one => one.Severity)
                .ThenBy(one =>
                    one.DueTime is not null && IsWaiting(one) ? 0
                    : one.State == CaseState.Exhausted ? 1
                    : 2
                )
                .ThenBy(one => one.DueTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue)
                .ThenBy(one => one.Country, StringComparer.Ordinal),
        ];

    // The risk may be known in a later state than the case, which has not heard yet that nothing fires any more.
    private bool HasEnded(Case one) =>
        one.Causes.All(cause =>
            Risk(ResourceName.FrameworkOfCause(cause.Id), one.Country) is { FiringThresholds: 0 } risk && CaseRisks.Covers(risk, one)
        );

    private static string FrameworkId(Case one) => one.Causes.Count == 0 ? "" : ResourceName.FrameworkOfCause(one.Causes[0].Id);

    // What has not been heard of yet is not known to be nothing.
    private bool IsKnown(string framework, string? country) =>
        !State.Whole.Contains(LiveFeed.RisksOf + framework)
        || (country is null ? Under(framework).Any(IsKnown) : Risk(framework, country) is { } risk && IsKnown(risk));

    private static bool IsKnown(CountryRisk risk) => risk.Coverage > 0 || risk.FiringThresholds > 0;

    private IEnumerable<CountryRisk> Under(string framework) => State.Under(framework).Where(risk => Covers(_risks, risk.Country));

    private static bool IsWaiting(Case one) => one.State is CaseState.AwaitingAcknowledgement or CaseState.AwaitingDecision;

    private static bool Covers(IReadOnlySet<string>? reach, string country) => reach is null || reach.Contains(country);
}
