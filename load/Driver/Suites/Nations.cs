using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Driver.Suites;

/// <summary>The countries of which a suite takes what is observed now.</summary>
internal static class Nations
{
    /// <summary>Their codes, in order: those that are States today.</summary>
    public static async Task<string[]> ListAsync(CallInvoker suite, CancellationToken cancellationToken)
    {
        var answer = await new RiskService.RiskServiceClient(suite).ListCountriesAsync(new(), cancellationToken: cancellationToken);
        return
        [
            .. answer
                .Countries.Where(country => country.Years.Count == 0 || country.Years.Any(span => !span.HasLastYear))
                .Select(country => country.Code),
        ];
    }
}
