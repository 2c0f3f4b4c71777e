using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Samples;

/// <summary>Records an observation, and reads the country's risk with that included.</summary>
internal static class FirstCall
{
    /// <summary>Makes both calls.</summary>
    public static async Task<int> RunAsync(CallInvoker suite, string country)
    {
        var observations = new ObservationService.ObservationServiceClient(suite);
        var recorded = await observations.RecordObservationAsync(
            new()
            {
                Observation = new()
                {
                    Country = country,
                    Indicator = "r07.incitement",
                    Value = 2,
                    ObservedAt = DateTime.UtcNow.ToTimestamp(),
                    Source = "radio-monitor",
                },
            },
            deadline: DateTime.UtcNow.AddSeconds(10)
        );

        var risks = new RiskService.RiskServiceClient(suite);
        var answer = await risks.GetCountryRiskAsync(
            new() { Name = $"frameworks/atrocity-crimes/risks/{country}", MinimumRevision = recorded.Revision },
            deadline: DateTime.UtcNow.AddSeconds(10)
        );

        // Without a score there is no level, which is not a low one.
        var risk = answer.Risk;
        var figure = risk.HasScore ? $"{risk.Score:0.0} {risk.Level}" : "insufficient data";
        var outcome = recorded.Outcome.ToString().ToUpperInvariant();
        Console.WriteLine($"{outcome} {recorded.ObservationId}: {risk.CountryName} {figure}, coverage {risk.Coverage:0%}");
        return 0;
    }
}
