using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <summary>A framework of one indicator with a threshold on it, which a test can breach at will.</summary>
public static class Definitions
{
    public const string Framework = "frameworks/one";

    public static async Task DefineOneAsync(GrpcChannel channel, Metadata? headers = null)
    {
        await new CatalogueService.CatalogueServiceClient(channel).CreateFrameworkAsync(
            new()
            {
                Framework = new()
                {
                    Name = Framework,
                    DisplayName = "One indicator",
                    Composite = new()
                    {
                        Root = new()
                        {
                            Code = "index",
                            Children =
                            {
                                new Node
                                {
                                    Code = "one.attacks",
                                    Leaf = new()
                                    {
                                        Indicator = "one.attacks",
                                        Direction = Direction.Increasing,
                                        Low = 0,
                                        High = 100,
                                    },
                                },
                            },
                        },
                    },
                    Bands =
                    {
                        new Band { Level = "low", LowerBound = 0 },
                        new Band { Level = "high", LowerBound = 70 },
                    },
                },
                Indicators =
                {
                    new Indicator
                    {
                        Code = "one.attacks",
                        DisplayName = "Attacks",
                        Unit = "attacks per month",
                        Minimum = 0,
                        Maximum = 100,
                    },
                },
            },
            headers
        );
        await new ThresholdService.ThresholdServiceClient(channel).CreateThresholdAsync(
            new()
            {
                Threshold = new()
                {
                    Name = "thresholds/one-high",
                    DisplayName = "Many attacks",
                    Framework = Framework,
                    Condition = Condition.Above,
                    Value = 70,
                    ClearingValue = 40,
                    Severity = Severity.Warning,
                },
            },
            headers
        );
    }

    public static Observation Attacks(string country, double value, string? id = null) =>
        new()
        {
            ObservationId = id ?? "",
            Country = country,
            Indicator = "one.attacks",
            Value = value,
            ObservedAt = DateTimeOffset.UtcNow.ToTimestamp(),
            Source = "end-to-end",
        };
}
