using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace EarlyWarning.ServiceDefaults.Tests.Transcoding;

/// <content>Every form that a value may have.</content>
public sealed partial class JsonBodyTests
{
    [Fact]
    public async Task Record_EveryFormOfAValue_IsReadAsProtobufSays()
    {
        var read = await server.ReadAsync<RecordObservationRequest>(
            "POST",
            Record,
            """
            { "observation": { "country": "K\u0045N", "value": "-1.5e1", "observed_at": "2024-03-01T02:00:00.25+02:00", "standardError": 0,
              "horizon": "-3.5s", "revision": "12", "unit": null, "knownAt": null }, "backfill": true, "validate_only": false }
            """
        );

        Assert.Equal(
            new RecordObservationRequest
            {
                Observation = new()
                {
                    Country = "KEN",
                    Value = -15,
                    ObservedAt = new Timestamp { Seconds = 1_709_251_200, Nanos = 250_000_000 },
                    StandardError = 0,
                    Horizon = new Duration { Seconds = -3, Nanos = -500_000_000 },
                    Revision = 12,
                },
                Backfill = true,
            },
            read
        );
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"3\"")]
    [InlineData("3.0")]
    [InlineData("30e-1")]
    public async Task Record_WholeNumberInAnyForm_IsTaken(string revision) =>
        Assert.Equal(
            3,
            (await server.ReadAsync<RecordObservationRequest>("POST", Record, $$$"""{"observation":{"revision":{{{revision}}}}}"""))
                .Observation
                .Revision
        );

    [Theory]
    [InlineData("CONDITION_ABOVE")]
    [InlineData("1")]
    public async Task Update_EnumByNameOrNumber_IsTaken(string condition)
    {
        var value = condition == "1" ? condition : $"\"{condition}\"";

        Assert.Equal(
            Condition.Above,
            (await server.ReadAsync<UpdateThresholdRequest>("PUT", "/v1/thresholds/a", $$$"""{"threshold":{"condition":{{{value}}}}}"""))
                .Threshold
                .Condition
        );
    }

    [Theory]
    [InlineData("\"CONDITION_ABVE\"", "did you mean CONDITION_ABOVE?")]
    [InlineData("\"above\"", "write one of CONDITION_ABOVE")]
    [InlineData("17", "write one of CONDITION_ABOVE")]
    [InlineData("true", "Here belongs a text that names a Condition")]
    public async Task Update_UnknownEnum_IsRefusedWithTheKnown(string condition, string message)
    {
        var (_, error, answer) = await server.SendAsync("PUT", "/v1/thresholds/a", $$$"""{"threshold":{"condition":{{{condition}}}}}""");

        using var _ = answer;
        var violation = error!.GetDetail<BadRequest>().FieldViolations.Single();
        Assert.Equal("threshold.condition", violation.Field);
        Assert.Contains(message, violation.Description, StringComparison.Ordinal);
    }
}
