using EarlyWarning.Board.Live;
using EarlyWarning.Board.Viewing;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Tests.Infrastructure;

/// <summary>What the board knows and who looks, made for a test.</summary>
internal static class Known
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static Framework Framework { get; } =
        new()
        {
            Name = "frameworks/f/versions/1",
            DisplayName = "F",
            Composite = new() { Root = new() { Code = "risk" } },
            Bands =
            {
                new Band { Level = "low", LowerBound = 0 },
                new Band { Level = "high", LowerBound = 40 },
                new Band { Level = "severe", LowerBound = 80 },
            },
        };

    /// <summary>A state of which all has been heard.</summary>
    public static BoardState State(params CountryRisk[] risks) =>
        (
            BoardState.Empty with
            {
                IsHeard = true,
                Whole = ["cases", "frameworks", "risks of f"],
                Frameworks = BoardState.Empty.Frameworks.Add("f", Framework),
            }
        ).With(risks, Now);

    public static Sight Sight(BoardState state, IViewer? viewer = null, DateTimeOffset? seen = null) =>
        new(state, viewer ?? Viewer.Anybody, Now, seen);

    public static CountryRisk Risk(string country, double? score, int order = 0)
    {
        CountryRisk risk = new()
        {
            Name = $"frameworks/f/risks/{country}",
            Country = country,
            CountryName = $"Land {country}",
            Framework = Framework.Name,
            State = score is null ? DataState.Insufficient : DataState.Sufficient,
            Coverage = 0.5,
            ChangeTime = Now.ToTimestamp(),
        };
        if (score is { } known)
        {
            (risk.Score, risk.Level, risk.LevelOrder) = (known, Framework.Bands[order].Level, order);
        }

        return risk;
    }

    public static Case Case(
        string country,
        Severity severity = Severity.Warning,
        Case.Types.State state = V1.Case.Types.State.AwaitingAcknowledgement,
        TimeSpan? due = null
    ) =>
        new()
        {
            Name = $"cases/{country}-1",
            Country = country,
            CountryName = $"Land {country}",
            State = state,
            Severity = severity,
            Title = "High risk",
            Sentence = "The score rose.",
            OpenTime = Now.AddHours(-1).ToTimestamp(),
            DueTime = due is { } left ? (Now + left).ToTimestamp() : null,
            Due = due is null ? "" : "Step 2 is asked unless somebody answers.",
            Causes =
            {
                new Cause
                {
                    Id = "f/index",
                    Title = "High risk",
                    Sentence = "The score rose.",
                    Severity = severity,
                    State = state,
                    Climb = 1,
                    Firing = true,
                },
            },
            Climbs =
            {
                new Climb
                {
                    Number = 1,
                    State = state,
                    Severity = severity,
                    Causes = { "f/index" },
                    CurrentStep = 1,
                    DueTime = due is { } time ? (Now + time).ToTimestamp() : null,
                    Steps =
                    {
                        new Step
                        {
                            Number = 1,
                            DisplayName = "Focal point",
                            Role = Role.FocalPoint,
                            ReachTime = Now.AddHours(-1).ToTimestamp(),
                            AskTime = Now.AddHours(-1).ToTimestamp(),
                            AcknowledgeWithin = Duration.FromTimeSpan(TimeSpan.FromHours(2)),
                            AcknowledgeDueTime = Now.AddHours(1).ToTimestamp(),
                        },
                        new Step
                        {
                            Number = 2,
                            DisplayName = "Authorities",
                            Role = Role.CompetentAuthority,
                            AcknowledgeWithin = Duration.FromTimeSpan(TimeSpan.FromHours(4)),
                        },
                    },
                },
            },
        };
}

/// <summary>Somebody who looks.</summary>
internal sealed record Viewer(IReadOnlySet<string>? Countries, bool IsLimited = true) : IViewer
{
    /// <summary>Whom nobody asks who they are.</summary>
    public static Viewer Anybody { get; } = new(null, IsLimited: false);

    public string Name { get; init; } = "";

    public IReadOnlyList<AccessRole> Roles { get; init; } = [];

    public string Pass { get; init; } = "";

    public IReadOnlyList<string> Recipients { get; init; } = [];

    public IReadOnlyList<Permission> Lacks { get; init; } = [];

    public bool Records { get; init; }

    public IReadOnlySet<string>? Reach(Permission permission) => Lacks.Contains(permission) ? new HashSet<string>() : Countries;

    public IReadOnlyList<string> AnswersAs(Permission permission, string country) => Lacks.Contains(permission) ? [] : Recipients;

    public bool RecordsForOthers(Permission permission, string country) => !IsLimited || Records;
}
