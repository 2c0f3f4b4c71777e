using EarlyWarning.Board.Live;
using EarlyWarning.V1;
using static EarlyWarning.Board.Language.Words;

namespace EarlyWarning.Board.Status;

/// <summary>How a stage of the way of a warning stands. What is not known is never taken for well.</summary>
public enum StageState
{
    /// <summary>Nothing stands in its way, and something has gone it.</summary>
    Works,

    /// <summary>Nothing stands in its way, and nothing has gone it yet.</summary>
    Untried,

    /// <summary>It works, and somebody should look.</summary>
    Attention,

    /// <summary>Nobody tells of it.</summary>
    Unknown,

    /// <summary>It does not work.</summary>
    Fails,
}

/// <summary>A stage of the way.</summary>
/// <param name="Name">Its name, as words and anchors have it.</param>
/// <param name="State">How it stands.</param>
/// <param name="Lines">What the status says of it.</param>
public sealed record PathStage(string Name, StageState State, IReadOnlyList<StatusLine> Lines);

/// <summary>The way of a warning, from what is observed to the case that somebody answers. Immutable.</summary>
/// <param name="State">How the whole of it stands.</param>
/// <param name="Stages">Its stages, in order.</param>
/// <param name="Beneath">What it stands on: the store, clocks, keys, processes.</param>
public sealed record WarningPath(StageState State, IReadOnlyList<PathStage> Stages, IReadOnlyList<StatusLine> Beneath)
{
    // By what the status names its lines, and by the names of its parts where one cannot be read.
    private static readonly (string Name, string[] Subjects)[] s_stages =
    [
        ("observation", ["intake", "sources", "source clocks"]),
        ("score", ["catalogue", "countries"]),
        ("threshold", ["arming", "breaches"]),
        ("event", ["outbox", "deliveries", "dead-letters", "dead letters", "broker"]),
        ("message", ["directory", "nobody to tell", "notification"]),
        ("delivery", ["destinations", "undelivered", "given up", "resting channels"]),
        ("case", ["cases"]),
    ];

    /// <summary>Gets the lines that want somebody, the worst first.</summary>
    public IReadOnlyList<StatusLine> Faults =>
        [
            .. Stages
                .SelectMany(stage => stage.Lines)
                .Concat(Beneath)
                .Where(line => line.Heading != Heading.Answers && line.Health != Health.Ok)
                .OrderByDescending(line => line.Health),
        ];

    /// <summary>Gets, in one sentence, whether it works.</summary>
    public string Sentence =>
        State switch
        {
            StageState.Fails => Say("system.path.Fails", Where(StageState.Fails, Health.Failing)),
            StageState.Attention => Say("system.path.Attention", Where(StageState.Attention, Health.Attention)),
            StageState.Unknown when Stages.All(stage => stage.State == StageState.Unknown) => Say("system.path.unheard"),
            StageState.Unknown => Say("system.path.Unknown", Where(StageState.Unknown, Health.Unspecified)),
            StageState.Untried => Say("system.path.Untried"),
            _ => Say("system.path.Works"),
        };

    /// <summary>Reads it from what the board has heard.</summary>
    /// <param name="state">What the board knows.</param>
    /// <param name="sources">How many sources have sent something; <see langword="null"/> where that is not known.</param>
    internal static WarningPath Of(BoardState state, int? sources)
    {
        ArgumentNullException.ThrowIfNull(state);
        var lines = state.Status?.Lines ?? [];
        var heard = state.Status is not null && !state.Broken.ContainsKey("status");
        List<PathStage> stages =
        [
            .. s_stages.Select(stage => Stage(stage.Name, [.. lines.Where(line => stage.Subjects.Contains(line.Subject))], heard, sources)),
        ];
        List<StatusLine> beneath = [.. lines.Where(line => !s_stages.Any(stage => stage.Subjects.Contains(line.Subject)))];
        var worst = stages.Max(stage => stage.State);
        var under = heard ? Of(beneath) : StageState.Unknown;
        return new(under > worst ? under : worst, stages, beneath);
    }

    private static PathStage Stage(string name, IReadOnlyList<StatusLine> lines, bool heard, int? sources) =>
        new(
            name,
            !heard ? StageState.Unknown
                : Of(lines) is var state && state == StageState.Works && name == "observation" && sources == 0 ? StageState.Untried
                : state,
            lines
        );

    /// <summary>How the worst of some lines stands. That somebody has not answered is no fault of the way.</summary>
    internal static StageState Of(IReadOnlyList<StatusLine> lines) =>
        lines.Count == 0
            ? StageState.Unknown
            : lines.Where(line => line.Heading != Heading.Answers).Select(line => line.Health).DefaultIfEmpty(Health.Ok).Max() switch
            {
                Health.Failing => StageState.Fails,
                Health.Attention => StageState.Attention,
                _ => StageState.Works,
            };

    private string Where(StageState state, Health health) =>
        string.Join(
            ", ",
            Stages
                .Where(stage => stage.State == state)
                .Select(stage => Say($"system.stage.{stage.Name}"))
                .Concat(Beneath.Where(line => line.Health == health).Select(line => line.Subject))
                .Distinct()
        );
}
