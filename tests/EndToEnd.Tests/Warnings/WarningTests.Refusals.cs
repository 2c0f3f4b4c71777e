using System.Net;
using System.Text;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Warnings;

/// <content>What is refused at the door.</content>
public sealed partial class WarningTests
{
    [Fact]
    public async Task ObservationAhead_OfOneSourceAlone_IsAskedForAgainAndNothingIsRecorded()
    {
        var observation = Definitions.Attacks("KEN", 10);
        observation.ObservedAt.Seconds += 3600;

        var asked = await Assert.ThrowsAsync<RpcException>(() =>
            Observations.RecordObservationAsync(new() { Observation = observation }).ResponseAsync
        );
        Assert.Equal((StatusCode.Unavailable, "CLOCK_DIFFERS"), (asked.StatusCode, asked.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
        Assert.Empty((await Observations.ListObservationsAsync(new() { Country = "KEN" })).Observations);
    }

    [Theory]
    [InlineData("country", "UNKNOWN_COUNTRY")]
    [InlineData("indicator", "UNKNOWN_INDICATOR")]
    [InlineData("value", "VALUE_OUT_OF_RANGE")]
    [InlineData("nan", "VALUE_NOT_FINITE")]
    [InlineData("no value", "FIELD_MISSING")]
    [InlineData("area", "AREA_NOT_SUPPORTED")]
    [InlineData("unit", "UNIT_MISMATCH")]
    public async Task BadObservation_IsRefused_WithReasonFieldAndFix(string fault, string reason)
    {
        var observation = Definitions.Attacks("KEN", 10);
        switch (fault)
        {
            case "country":
                observation.Country = "XXX";
                break;
            case "indicator":
                observation.Indicator = "no.such";
                break;
            case "value":
                observation.Value = 101;
                break;
            case "no value":
                observation.ClearValue();
                break;
            case "nan":
                observation.Value = double.NaN;
                break;
            case "area":
                observation.Area = "KE-30";
                break;
            case "unit":
                observation.Unit = "percent";
                break;
        }

        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            Observations.RecordObservationAsync(new() { Observation = observation }).ResponseAsync
        );
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(reason, refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.NotEmpty(refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
        var batch = await Observations.RecordObservationsAsync(new() { Observations = { observation, Definitions.Attacks("KEN", 11) } });
        Assert.Equal([Outcome.Rejected, Outcome.Recorded], batch.Outcomes);
        Assert.Equal(reason, batch.Problems.Single().Reason);
    }

    [Fact]
    public async Task Excess_IsRefusedByName()
    {
        var limits = (await new ServerService.ServerServiceClient(_suite.Channel).GetServerInfoAsync(new())).Limits;
        var tooMany = new RecordObservationsRequest();
        tooMany.Observations.AddRange(Enumerable.Range(0, limits.MaxBatchItems + 1).Select(_ => Definitions.Attacks("KEN", 1)));
        Assert.Equal("BATCH_TOO_LARGE", await ReasonAsync(tooMany));

        var tooLarge = new RecordObservationsRequest { Observations = { Definitions.Attacks("KEN", 1) } };
        tooLarge.Observations[0].Source = new string('x', limits.MaxMessageBytes);
        Assert.Equal("MESSAGE_TOO_LARGE", await ReasonAsync(tooLarge));

        async Task<string> ReasonAsync(RecordObservationsRequest request) =>
            (await Assert.ThrowsAsync<RpcException>(() => Observations.RecordObservationsAsync(request).ResponseAsync))
                .GetRpcStatus()!
                .GetDetail<ErrorInfo>()!
                .Reason;
    }

    [Fact]
    public async Task JsonApi_GivesTheSame_WithTheErrorInTheBody()
    {
        using var http = new HttpClient { BaseAddress = _suite.Http };
        using var good = await http.PostAsync(
            new Uri("/v1/observations", UriKind.Relative),
            Json(
                $$$"""{"observation":{"country":"GHA","indicator":"one.attacks","value":12,"source":"json","""
                    + $$$""" "observedAt":"{{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}}"}}"""
            ),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Contains(
            "\"score\":12",
            await http.GetStringAsync(
                new Uri($"/v1/{Definitions.Framework}/risks/GHA", UriKind.Relative),
                TestContext.Current.CancellationToken
            ),
            StringComparison.Ordinal
        );

        using var bad = await http.PostAsync(
            new Uri("/v1/observations", UriKind.Relative),
            Json("""{"observation":{"country":"ghana"}}"""),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains(
            "UNKNOWN_COUNTRY",
            await bad.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Suite_WithKeys_LetsNobodyInWithoutOne()
    {
        using var folder = new TemporaryFolder();
        using var keys = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                SuiteProcess.HostExecutable,
                ["keys", "add", "partner-x", "--role", "partner", "--data", folder.Path]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var key = (await keys.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim();
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);

        var client = new RiskService.RiskServiceClient(suite.Channel);
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.ListCountriesAsync(new()).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.NotEmpty((await client.ListCountriesAsync(new(), new Metadata { { "authorization", $"Bearer {key}" } })).Countries);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
