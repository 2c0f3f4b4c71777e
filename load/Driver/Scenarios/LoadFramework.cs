using EarlyWarning.V1;
using Grpc.Net.Client;

namespace EarlyWarning.Driver.Scenarios;

/// <summary>The framework under load: ten factors of equal size over all indicators, with thresholds armed on it.</summary>
internal static class LoadFramework
{
    public const string Name = "frameworks/load";

    public static string Indicator(int i) => $"load.i{i}";

    public static async Task DefineAsync(GrpcChannel channel, int indicators, CancellationToken cancellationToken)
    {
        var factors = Enumerable
            .Range(0, indicators)
            .Chunk(Math.Max(1, indicators / 10))
            .Select(
                (leaves, factor) =>
                    new Node
                    {
                        Code = $"load.f{factor}",
                        Aggregation = Aggregation.Arithmetic,
                        Children =
                        {
                            leaves.Select(i => new Node
                            {
                                Code = Indicator(i),
                                Leaf = new()
                                {
                                    Indicator = Indicator(i),
                                    Direction = Direction.Increasing,
                                    Low = 0,
                                    High = 100,
                                },
                            }),
                        },
                    }
            );
        await new CatalogueService.CatalogueServiceClient(channel).CreateFrameworkAsync(
            new()
            {
                Framework = new()
                {
                    Name = Name,
                    DisplayName = "Load",
                    Composite = new()
                    {
                        Root = new() { Code = "index", Children = { factors } },
                    },
                    Bands =
                    {
                        new Band { Level = "low", LowerBound = 0 },
                        new Band { Level = "high", LowerBound = 80 },
                    },
                },
                Indicators =
                {
                    Enumerable
                        .Range(0, indicators)
                        .Select(i => new Indicator
                        {
                            Code = Indicator(i),
                            DisplayName = Indicator(i),
                            Unit = "points",
                            Minimum = 0,
                            Maximum = 100,
                        }),
                },
            },
            cancellationToken: cancellationToken
        );

        var thresholds = new ThresholdService.ThresholdServiceClient(channel);
        await thresholds.CreateThresholdAsync(
            new()
            {
                Threshold = new()
                {
                    Name = "thresholds/load-high",
                    DisplayName = "High",
                    Framework = Name,
                    Condition = Condition.Above,
                    Value = 90,
                    ClearingValue = 10,
                    Severity = Severity.Warning,
                },
            },
            cancellationToken: cancellationToken
        );
        await thresholds.CreateThresholdAsync(
            new()
            {
                Threshold = new()
                {
                    Name = "thresholds/load-rise",
                    DisplayName = "Rise",
                    Framework = Name,
                    Target = "load.f0",
                    Condition = Condition.Rise,
                    Value = 95,
                    Window = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromDays(30)),
                    Severity = Severity.Advisory,
                },
            },
            cancellationToken: cancellationToken
        );
    }
}
