using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Top;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Cli.Tests.Top;

/// <summary>A small world as a suite tells of it.</summary>
internal static class TopSamples
{
    public static readonly string[] Levels = ["low", "moderate", "high"];

    public static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly CountryRisk Xaa = Risk("XAA", "Arland", 71, 2, firing: 2);

    public static readonly CountryRisk Xab = Risk("XAB", "Borland", 33.25, 1);

    public static readonly CountryRisk Xad = Risk("XAD", "Dorland", 5, 0);

    public static readonly CountryRisk Xac = new()
    {
        Country = "XAC",
        CountryName = "Corland",
        State = DataState.Insufficient,
        Coverage = 0.25,
    };

    public static readonly CountryRisk Xae = new()
    {
        Country = "XAE",
        CountryName = "Eorland",
        State = DataState.Insufficient,
        Coverage = 0.1,
        LevelAtLeast = "high",
        LevelOrder = 2,
    };

    public static TopState Start => new("un", Levels, "http://suite:5051");

    /// <summary>Everything heard of, at noon, when the counter of this machine stood at 0.</summary>
    public static TopState Whole => Start.With([Xab, Xac, Xad, Xae, Xaa]).WithOpen([]).Heard(Noon, 0);

    public static CountryRisk Risk(string code, string name, double score, int level, int firing = 0) =>
        new()
        {
            Country = code,
            CountryName = name,
            State = DataState.Sufficient,
            Score = score,
            Level = Levels[level],
            LevelOrder = level,
            Interval = new()
            {
                Lower = score - 4,
                Upper = score + 4.5,
                Probability = 0.9,
            },
            Coverage = 0.82,
            Trend = 1.5,
            FiringThresholds = firing,
        };

    /// <summary>A case whose first of two steps was asked and is due so long after noon.</summary>
    public static Case Open(string country, TimeSpan? due, CaseState state = CaseState.AwaitingAcknowledgement, int sequence = 1) =>
        new()
        {
            Name = $"cases/{country}-1",
            Country = country,
            CountryName = $"{country}land",
            State = state,
            Severity = Severity.Warning,
            DueTime = due is { } after ? (Noon + after).ToTimestamp() : null,
            Sequence = sequence,
            Etag = $"e{sequence}",
            Causes =
            {
                new Cause { Id = "un/index", Title = "High risk" },
                new Cause { Id = "un/past", CloseTime = Noon.ToTimestamp() },
            },
            Climbs =
            {
                new Climb
                {
                    Number = 1,
                    State = state,
                    CurrentStep = 1,
                    DueTime = due is { } then ? (Noon + then).ToTimestamp() : null,
                    Steps =
                    {
                        new Step
                        {
                            Number = 1,
                            DisplayName = "National focal point",
                            Role = Role.FocalPoint,
                            AskTime = Noon.ToTimestamp(),
                        },
                        new Step
                        {
                            Number = 2,
                            DisplayName = "Regional organisation",
                            Role = Role.RegionalOrganisation,
                        },
                    },
                },
            },
        };

    public static string[] Draw(TopState state, double silence = 0, int width = 80, int? height = 24) =>
        [
            .. TopFrame
                .Draw(state, new(Noon.AddSeconds(silence), TimeSpan.FromSeconds(silence)), width, height)
                .Select(line => string.Concat(line.Parts.Select(part => part.Text)).TrimEnd()),
        ];

    public static Terminal On(TextWriter screen, params (string Name, string Value)[] environment) =>
        new()
        {
            Out = screen,
            Error = TextWriter.Null,
            IsTerminal = true,
            Environment = name =>
                environment.Append(("LANG", "C.UTF-8")).Append(("TERM", "xterm")).FirstOrDefault(one => one.Item1 == name).Item2,
        };
}
