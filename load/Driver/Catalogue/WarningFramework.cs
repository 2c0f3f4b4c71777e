using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Driver.Catalogue;

/// <summary>One indicator with one threshold, so that one observation fires and the next one resolves.</summary>
internal static class WarningFramework
{
    public const string Name = "frameworks/load-warning";

    public const string Indicator = "load-warning.i0";

    public const string Threshold = "thresholds/load-warning";

    /// <summary>A value that fires.</summary>
    public const double High = 90;

    /// <summary>A value that resolves.</summary>
    public const double Low = 10;

    /// <summary>Defines it, unless it is there.</summary>
    public static async Task DefineAsync(CallInvoker suite, CancellationToken cancellationToken)
    {
        var framework = new Framework
        {
            Name = Name,
            DisplayName = "The way of a warning",
            Composite = new()
            {
                Root = new() { Code = "index", Children = { LoadFramework.Leaf(Indicator) } },
            },
            Bands =
            {
                new Band { Level = "low", LowerBound = 0 },
            },
        };
        if (await Definitions.AddAsync(suite, framework, [Definitions.Points(Indicator)], cancellationToken))
        {
            await Definitions.ArmAsync(
                suite,
                new()
                {
                    Name = Threshold,
                    DisplayName = "Warning",
                    Framework = Name,
                    Condition = Condition.Above,
                    Value = 70,
                    ClearingValue = 30,
                    Severity = Severity.Warning,
                },
                cancellationToken
            );
        }
    }
}
