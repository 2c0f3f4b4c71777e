using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue.Tests.Infrastructure;

/// <summary>A small catalogue to test with: two indicators with a range, one without, a tree over the first two.</summary>
internal static class Sample
{
    // Past, so that a silo on the system's clock takes its observations too.
    public static DateTimeOffset Now { get; } = new(2020, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static V1.Indicator Events() =>
        new()
        {
            Code = "events",
            DisplayName = "Events",
            Unit = "events per month",
            Minimum = 0,
            Maximum = 1_000,
        };

    public static V1.Indicator Trust() =>
        new()
        {
            Code = "trust",
            DisplayName = "Trust",
            Unit = "share 0..1",
            Minimum = 0,
            Maximum = 1,
        };

    public static V1.Indicator Open() =>
        new()
        {
            Code = "open",
            DisplayName = "Without a range",
            Unit = "units",
        };

    public static V1.Indicator Judged() =>
        new()
        {
            Code = "judged",
            DisplayName = "Judged",
            Unit = "judgement 0..4",
            Minimum = 0,
            Maximum = 4,
            Anchors =
            {
                new V1.Anchor { Value = 0, Meaning = "None." },
                new V1.Anchor { Value = 2, Meaning = "Some." },
                new V1.Anchor { Value = 4, Meaning = "Much." },
            },
        };

    public static V1.Indicator[] Indicators() => [Events(), Trust(), Open()];

    public static V1.Framework Tree(string id = "sample") =>
        new()
        {
            Name = $"frameworks/{id}",
            DisplayName = "Sample",
            Bands = { Band("low", 0), Band("high", 60), Band("severe", 80) },
            Composite = new()
            {
                Root = new()
                {
                    Code = "risk",
                    Children =
                    {
                        Leaf("events", V1.Direction.Increasing, 0, 100),
                        new V1.Node { Code = "cohesion", Children = { Leaf("trust", V1.Direction.Decreasing, 0.2, 0.8) } },
                    },
                },
            },
        };

    public static V1.Framework Logistic(string id = "model") =>
        new()
        {
            Name = $"frameworks/{id}",
            DisplayName = "Model",
            Bands = { Band("low", 0), Band("high", 0.1) },
            Logistic = new()
            {
                Intercept = -3,
                Coefficients =
                {
                    new V1.Coefficient { Indicator = "events", Value = 0.01 },
                    new V1.Coefficient { Indicator = "trust", Value = 0 },
                },
            },
        };

    /// <summary>The tree over a reference set of four units in two groups; its third indicator divides and fills a gap.</summary>
    public static V1.Framework Constructed()
    {
        var framework = Tree("constructed");
        framework.Composite.ReferenceSet = new()
        {
            Units = { Unit("XAA", "north"), Unit("XAB", "north"), Unit("XAC", "south"), Unit("XAD", "south") },
            Columns = { Column("events", 4, 40, double.NaN, 12), Column("trust", 0.3, 0.5, 0.6, 0.4), Column("open", 2, 4, 8, 3) },
        };
        return framework;
    }

    public static V1.Framework Ensemble() =>
        new()
        {
            Name = "frameworks/ensemble",
            DisplayName = "Ensemble",
            Bands = { Band("low", 0), Band("high", 0.1) },
            Ensemble = new()
            {
                Members =
                {
                    new V1.EnsembleMember { Code = "first", Model = Logistic().Logistic },
                    new V1.EnsembleMember
                    {
                        Code = "second",
                        Weight = 3,
                        Model = new()
                        {
                            Coefficients =
                            {
                                new V1.Coefficient { Indicator = "trust", Value = -2 },
                            },
                        },
                    },
                },
            },
        };

    public static V1.Threshold Threshold(string id = "high-risk") =>
        new()
        {
            Name = $"thresholds/{id}",
            DisplayName = "High risk",
            Framework = "frameworks/sample",
            Condition = V1.Condition.Above,
            Value = 60,
            ClearingValue = 55,
            Severity = V1.Severity.Warning,
        };

    public static V1.Observation Observation(string country = "XAB", double value = 5) =>
        new()
        {
            Country = country,
            Indicator = "events",
            Value = value,
            ObservedAt = Timestamp.FromDateTimeOffset(Now.AddDays(-1)),
            Source = "desk-1",
        };

    private static V1.ReferenceUnit Unit(string code, string region) => new() { Code = code, Groups = { ["region"] = region } };

    private static V1.ReferenceColumn Column(string indicator, params ReadOnlySpan<double> values) =>
        new() { Indicator = indicator, Values = { values.ToArray() } };

    private static V1.Band Band(string level, double from) => new() { Level = level, LowerBound = from };

    private static V1.Node Leaf(string indicator, V1.Direction direction, double low, double high) =>
        new()
        {
            Leaf = new()
            {
                Indicator = indicator,
                Direction = direction,
                Low = low,
                High = high,
            },
        };
}
