using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Driver.Catalogue;

/// <summary>How what is scored under load gets into a suite's catalogue.</summary>
internal static class Definitions
{
    /// <summary>An indicator of 0 to 100 points.</summary>
    public static Indicator Points(string code) =>
        new()
        {
            Code = code,
            DisplayName = code,
            Unit = "points",
            Minimum = 0,
            Maximum = 100,
        };

    /// <summary>Adds a framework with its indicators; <see langword="false"/> where it is there already.</summary>
    public static async Task<bool> AddAsync(
        CallInvoker suite,
        Framework framework,
        IEnumerable<Indicator> indicators,
        CancellationToken cancellationToken
    )
    {
        var catalogue = new CatalogueService.CatalogueServiceClient(suite);
        try
        {
            await catalogue.GetFrameworkAsync(new() { Name = framework.Name }, cancellationToken: cancellationToken);
            return false;
        }
        catch (RpcException unknown) when (unknown.StatusCode == StatusCode.NotFound)
        {
            await catalogue.CreateFrameworkAsync(
                new() { Framework = framework, Indicators = { indicators } },
                cancellationToken: cancellationToken
            );
            return true;
        }
    }

    /// <summary>Arms a threshold.</summary>
    public static async Task ArmAsync(CallInvoker suite, Threshold threshold, CancellationToken cancellationToken) =>
        await new ThresholdService.ThresholdServiceClient(suite).CreateThresholdAsync(
            new() { Threshold = threshold },
            cancellationToken: cancellationToken
        );
}
