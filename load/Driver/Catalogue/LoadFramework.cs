using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Driver.Catalogue;

/// <summary>The framework under load: ten factors of equal size over all indicators, with thresholds armed on it.</summary>
internal static class LoadFramework
{
    public const string Name = "frameworks/load";

    public static string Indicator(int i) => $"load.i{i}";

    /// <summary>Defines it, unless it is there.</summary>
    public static async Task DefineAsync(CallInvoker suite, int indicators, CancellationToken cancellationToken)
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
                        Children = { leaves.Select(i => Leaf(Indicator(i))) },
                    }
            );
        var framework = new Framework
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
        };
        var defined = await Definitions.AddAsync(
            suite,
            framework,
            Enumerable.Range(0, indicators).Select(i => Definitions.Points(Indicator(i))),
            cancellationToken
        );
        if (!defined)
        {
            return;
        }

        await Definitions.ArmAsync(suite, Threshold("high", Condition.Above, 90, 10), cancellationToken);
        var rise = Threshold("rise", Condition.Rise, 95, clearing: null);
        (rise.Target, rise.Window) = ("load.f0", Duration.FromTimeSpan(TimeSpan.FromDays(30)));
        await Definitions.ArmAsync(suite, rise, cancellationToken);
    }

    public static Node Leaf(string indicator) =>
        new()
        {
            Code = indicator,
            Leaf = new()
            {
                Indicator = indicator,
                Direction = Direction.Increasing,
                Low = 0,
                High = 100,
            },
        };

    private static Threshold Threshold(string id, Condition condition, double value, double? clearing)
    {
        var threshold = new Threshold
        {
            Name = $"thresholds/load-{id}",
            DisplayName = id,
            Framework = Name,
            Condition = condition,
            Value = value,
            Severity = Severity.Warning,
        };
        if (clearing is { } clears)
        {
            threshold.ClearingValue = clears;
        }

        return threshold;
    }
}
