using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>
/// The first call of the README. A test holds the two to the same text; here alone the address and the console can be replaced.
/// </summary>
internal sealed class FirstCall(string endpoint, TextWriter console)
{
    private TextWriter Console => console;

    public async Task RunAsync()
    {
        using var channel = GrpcChannel.ForAddress(endpoint);
        var observations = new ObservationService.ObservationServiceClient(channel);
        var recorded = await observations.RecordObservationAsync(
            new()
            {
                Observation = new()
                {
                    Country = "XAQ",
                    Indicator = "r07.incitement",
                    Value = 2,
                    ObservedAt = DateTime.UtcNow.ToTimestamp(),
                    Source = "radio-monitor",
                },
            }
        );

        var risks = new RiskService.RiskServiceClient(channel);
        var answer = await risks.GetCountryRiskAsync(
            new() { Name = "frameworks/atrocity-crimes/risks/XAQ", MinimumRevision = recorded.Revision }
        );
        Console.WriteLine(
            $"{recorded.Outcome}: {answer.Risk.CountryName} {answer.Risk.Score:0.0} {answer.Risk.Level}, coverage {answer.Risk.Coverage:0%}"
        );
    }
}
