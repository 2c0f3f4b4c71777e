namespace EarlyWarning.Escalation.Cases;

/// <summary>
/// A case as it stands, without its entries and breaches, which are rows of their own. Nothing of it is changed once it is here.
/// </summary>
/// <param name="Head">The public form.</param>
/// <param name="Internals">What else the case knows.</param>
internal sealed record CaseState(V1.Case Head, CaseInternals Internals)
{
    /// <summary>No case yet.</summary>
    public static CaseState None { get; } = new(new(), new());

    /// <summary>When something is due; <see langword="null"/> where nothing is.</summary>
    public DateTimeOffset? Due => Head.DueTime?.ToDateTimeOffset();

    /// <summary>Whether a step that nobody could be asked at still waits for somebody.</summary>
    public bool IsUnaddressed => Head.Climbs.Any(climb => Unaddressed(climb).Any());

    /// <summary>When a step that is waited for was last asked or answered; <see langword="null"/> where none is waited for.</summary>
    public DateTimeOffset? Asked =>
        Head
            .Climbs.Where(climb => climb.State is V1.Case.Types.State.AwaitingAcknowledgement or V1.Case.Types.State.AwaitingDecision)
            .Select(climb => climb.Steps[climb.CurrentStep - 1])
            .SelectMany(step => new[] { step.AskTime, step.AcknowledgeTime })
            .Max(time => time?.ToDateTimeOffset());

    /// <summary>The steps of a climb that were reached, had nobody to ask, and would still be asked.</summary>
    public static IEnumerable<V1.Step> Unaddressed(V1.Climb climb) =>
        climb.State is V1.Case.Types.State.AwaitingAcknowledgement or V1.Case.Types.State.Exhausted
            ? climb.Steps.Where(step => step.ReachTime is not null && step.Unaddressed.Length > 0)
            : [];
}

/// <summary>What is known of a breach of a case.</summary>
/// <param name="Name"><c>breaches/{id}</c>.</param>
/// <param name="Case"><c>cases/{id}</c>.</param>
/// <param name="Cause">The cause's id.</param>
/// <param name="Sequence">The newest sequence that has come.</param>
/// <param name="State">The breach's state then.</param>
internal sealed record CaseBreach(string Name, string Case, string Cause, long Sequence, V1.Breach.Types.State State);

/// <summary>What the recipients of a step are to be told.</summary>
/// <param name="Climb">The climb's number.</param>
/// <param name="Step">The step's number.</param>
/// <param name="Breach">The breach behind it.</param>
/// <param name="NotedCause">The cause that they are told of without being asked; empty where they are asked.</param>
internal sealed record StepNotice(int Climb, int Step, string Breach, string NotedCause)
{
    /// <summary>Which act was taken back, in words; empty where they are not told of that.</summary>
    public string Withdrawn { get; init; } = "";

    /// <summary>Nothing is to be told of a climb any more.</summary>
    public static StepNotice Settled(int climb) => new(climb, 0, "", "");

    /// <summary>Whether it says that nothing is to be told any more.</summary>
    public bool IsSettled => Step == 0;
}

/// <summary>A change of a case, as it is to be written.</summary>
/// <param name="Before">The case before it.</param>
/// <param name="After">The case after it.</param>
/// <param name="Entries">The entries that it adds, numbered.</param>
/// <param name="News">What recipients are to be told.</param>
internal sealed record CaseChange(CaseState Before, CaseState After, IReadOnlyList<V1.CaseEntry> Entries, IReadOnlyList<StepNotice> News);
