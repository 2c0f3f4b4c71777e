using EarlyWarning.Board.Countries;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Tests.Infrastructure;

/// <summary>
/// What is known of one country, made for a test: two factors, of which one has three indicators and none of one of them.
/// </summary>
internal static class KnownCountry
{
    public static Framework Framework { get; } =
        new(Known.Framework)
        {
            Composite = new()
            {
                Root = Inner(
                    "risk",
                    Inner("calm", Leaf("calm.law", 4)),
                    Inner("war", Leaf("war.armed", 10), Leaf("war.fled", 1000), Leaf("war.dead", 6))
                ),
            },
        };

    public static CountryFile File(params RiskChange[] changes)
    {
        var risk = Known.Risk("AAA", 50, order: 1);
        risk.DecidingNode = "war";
        risk.Nodes.Add([Score("risk", 50), Score("calm", 20), Score("war", 80)]);
        return new()
        {
            Framework = Framework,
            Explained = new()
            {
                Risk = risk,
                Contributions =
                {
                    Observed("war.dead", 20, 3),
                    Observed("war.fled", 10, 200),
                    Observed("calm.law", 5, 1),
                    new Contribution { Indicator = "war.armed", DisplayName = "Name of war.armed" },
                },
            },
            Changes = changes,
            IsCut = false,
            Samples = [],
            Thresholds = [],
            Indicators = new Dictionary<string, Indicator>
            {
                ["war.dead"] = new()
                {
                    Code = "war.dead",
                    Unit = "judgement",
                    Anchors =
                    {
                        new Anchor { Value = 0, Meaning = "none" },
                        new Anchor { Value = 3, Meaning = "some" },
                        new Anchor { Value = 6, Meaning = "many" },
                    },
                },
            },
            Warnings = null,
            Beside = null,
            Faults = new Dictionary<string, string>(),
        };
    }

    private static Node Inner(string code, params Node[] children) => new() { Code = code, Children = { children } };

    private static Node Leaf(string code, double high) =>
        new()
        {
            Leaf = new()
            {
                Indicator = code,
                Direction = Direction.Increasing,
                Low = 0,
                High = high,
            },
        };

    private static NodeScore Score(string code, double score) =>
        new()
        {
            Code = code,
            DisplayName = $"Name of {code}",
            Score = score,
            Coverage = 1,
        };

    private static Contribution Observed(string code, double amount, double value) =>
        new()
        {
            Indicator = code,
            DisplayName = $"Name of {code}",
            Amount = amount,
            Value = value,
            Unit = "units",
            Source = "desk",
            ObservedAt = Known.Now.AddDays(-9).AddHours(-1).ToTimestamp(),
            ValidUntil = Known.Now.AddDays(1).ToTimestamp(),
            ObservationId = $"id-{code}",
        };
}
