using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>
/// What is watched at night: violence, which decides on the level by itself as soon as half of it is known, and institutions. What is
/// reported of attacks and courts is good for six hours.
/// </summary>
internal static class NightFramework
{
    private const string Name = "frameworks/night";

    public static async Task DefineAsync(GrpcChannel channel, Metadata caller)
    {
        await new CatalogueService.CatalogueServiceClient(channel).CreateFrameworkAsync(
            new()
            {
                Framework = new()
                {
                    Name = Name,
                    DisplayName = "Atrocity risk at night",
                    Composite = new()
                    {
                        Root = new()
                        {
                            Code = "index",
                            MissingData = new() { Treatment = MissingDataTreatment.Reweight, MinimumCoverage = 0.6 },
                            Children =
                            {
                                new Node
                                {
                                    Code = "violence",
                                    DisplayName = "Violence",
                                    Children = { Leaf("attacks", TimeSpan.FromHours(6)), Leaf("killings", TimeSpan.FromDays(30)) },
                                },
                                new Node
                                {
                                    Code = "institutions",
                                    DisplayName = "Institutions",
                                    Children = { Leaf("courts", TimeSpan.FromHours(6)) },
                                },
                            },
                        },
                    },
                    Bands = { Bands() },
                    Level = new()
                    {
                        HighestOf =
                        {
                            new LevelNode
                            {
                                Node = "violence",
                                Bands = { Bands() },
                                MinimumCoverage = 0.5,
                            },
                        },
                    },
                },
                Indicators =
                {
                    Indicator("attacks", "Attacks on civilians", "attacks a week"),
                    Indicator("killings", "Killings", "people a week"),
                    Indicator("courts", "Courts that do not sit", "of 100"),
                },
            },
            caller
        );
        var thresholds = new ThresholdService.ThresholdServiceClient(channel);
        await thresholds.CreateThresholdAsync(
            new()
            {
                Threshold = new()
                {
                    Name = "thresholds/night-emergency",
                    DisplayName = "Very high risk",
                    Framework = Name,
                    Condition = Condition.Above,
                    Value = 80,
                    ClearingValue = 60,
                    Countries = { "KEN" },
                    Severity = Severity.Emergency,
                },
            },
            caller
        );
        await thresholds.CreateThresholdAsync(
            new()
            {
                Threshold = new()
                {
                    Name = "thresholds/night-level",
                    DisplayName = "High risk",
                    Framework = Name,
                    Condition = Condition.Level,
                    Level = "high",
                    Countries = { "UGA", "RWA", "BDI" },
                    Severity = Severity.Warning,
                },
            },
            caller
        );
    }

    private static Band[] Bands() =>
        [new() { Level = "low", LowerBound = 0 }, new() { Level = "elevated", LowerBound = 40 }, new() { Level = "high", LowerBound = 70 }];

    private static Node Leaf(string indicator, TimeSpan validity) =>
        new()
        {
            Leaf = new()
            {
                Indicator = $"night.{indicator}",
                Direction = Direction.Increasing,
                Low = 0,
                High = 100,
                Validity = validity.ToDuration(),
            },
        };

    private static Indicator Indicator(string code, string name, string unit) =>
        new()
        {
            Code = $"night.{code}",
            DisplayName = name,
            Unit = unit,
            Minimum = 0,
            Maximum = 100,
        };
}
