using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Indicators.Api;
using EarlyWarning.Indicators.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Intake;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Indicators.Tests.Api;

public sealed class ObservationApiTests : IClassFixture<SuiteCluster>
{
    private readonly SuiteCluster _cluster;
    private readonly FakeCall _call = new();
    private readonly ObservationApi _api;

    public ObservationApiTests(SuiteCluster cluster)
    {
        _cluster = cluster;
        _cluster.Script.Answer = CountryScript.AllRecorded;
        _call.UserState["__HttpContext"] = new DefaultHttpContext();
        _api = new(
            cluster.Intake,
            cluster.Catalogue,
            new IntakeLimits(),
            cluster.Services.GetRequiredService<IGrainFactory>(),
            TimeProvider.System,
            cluster.Services.GetRequiredService<IHostApplicationLifetime>(),
            new(() => ("TESTSUIT", "secret"))
        );
    }

    [Fact]
    public async Task RecordObservation_Valid_AnswersIdOutcomeAndRevision()
    {
        var answer = await _api.RecordObservation(new() { Observation = Sample.Observation() }, _call);

        Assert.Equal((V1.Outcome.Recorded, 7L, 32), (answer.Outcome, answer.Revision, answer.ObservationId.Length));
    }

    [Fact]
    public async Task RecordObservation_Refused_IsTheSameAsAStatus()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            _api.RecordObservation(new() { Observation = Sample.Observation(value: -1) }, _call)
        );

        Assert.Equal((StatusCode.InvalidArgument, "VALUE_OUT_OF_RANGE"), (error.StatusCode, ReasonOf(error)));
        Assert.Equal("observation.value", Assert.Single(error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations).Field);
    }

    [Fact]
    public async Task RecordObservation_IdReused_IsAlreadyExists()
    {
        _cluster.Script.Answer = (_, _) =>
            Task.FromResult(
                new IntakeAnswer(
                    1,
                    [V1.Outcome.Rejected],
                    [
                        new V1.ItemProblem
                        {
                            Reason = "OBSERVATION_ID_REUSED",
                            Field = "observation_id",
                            Message = "Used before.",
                        },
                    ],
                    [],
                    []
                )
            );

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            _api.RecordObservation(new() { Observation = Sample.Observation() }, _call)
        );

        Assert.Equal((StatusCode.AlreadyExists, "OBSERVATION_ID_REUSED"), (error.StatusCode, ReasonOf(error)));
    }

    [Fact]
    public async Task RecordObservation_CountryDoesNotAnswer_IsUnavailable()
    {
        _cluster.Script.Answer = (_, _) => throw new TimeoutException();

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            _api.RecordObservation(new() { Observation = Sample.Observation() }, _call)
        );

        Assert.Equal((StatusCode.Unavailable, "STORE_UNAVAILABLE"), (error.StatusCode, ReasonOf(error)));
    }

    [Fact]
    public async Task ListObservations_PageByPage_AsksForWhatIsLeft()
    {
        _cluster.Script.List = query =>
            [.. Enumerable.Range(0, 5).Skip(query.Skip).Take(query.Take).Select(number => Sample.Observation(value: number))];
        var request = new V1.ListObservationsRequest { Country = "XAB", PageSize = 2 };
        var values = new List<double>();
        do
        {
            var page = await _api.ListObservations(request, _call);
            values.AddRange(page.Observations.Select(observation => observation.Value));
            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);

        Assert.Equal([0, 1, 2, 3, 4], values);
    }

    [Fact]
    public async Task ListObservations_UnknownCountry_IsRefused()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => _api.ListObservations(new() { Country = "FRA" }, _call));

        Assert.Equal((StatusCode.InvalidArgument, "UNKNOWN_COUNTRY"), (error.StatusCode, ReasonOf(error)));
    }

    [Theory]
    [InlineData("aled", "", "NOT_FOUND", "source")]
    [InlineData("Acled", "", "NOT_FOUND", "source")]
    [InlineData("acled\n", "", "INVALID_FIELD", "source")]
    [InlineData("acled", "id-2", "NOT_FOUND", "observation_id")]
    [InlineData("", "é", "INVALID_FIELD", "observation_id")]
    public async Task ListObservations_BySourceOrIdUnderWhichNothingIsRecorded_IsRefusedInsteadOfEmpty(
        string source,
        string id,
        string reason,
        string field
    )
    {
        _cluster.Script.List = AcledAlone;

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            _api.ListObservations(
                new()
                {
                    Country = "XAB",
                    Source = source,
                    ObservationId = id,
                },
                _call
            )
        );

        Assert.Equal(reason, ReasonOf(error));
        Assert.Equal(field, Assert.Single(error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations).Field);
    }

    [Fact]
    public async Task ListObservations_OfAKnownSourceInATimeWithoutAny_IsEmpty()
    {
        _cluster.Script.List = AcledAlone;

        var answer = await _api.ListObservations(
            new()
            {
                Country = "XAB",
                Source = "acled",
                ObservedFrom = new() { Seconds = 5 },
            },
            _call
        );

        Assert.Empty(answer.Observations);
    }

    [Theory]
    [InlineData("no-such-indicator", 0, 0, "UNKNOWN_INDICATOR")]
    [InlineData("", 5, 5, "INVALID_FIELD")]
    public async Task ListObservations_ByWhatIsNotThere_IsRefusedInsteadOfEmpty(string indicator, long from, long before, string reason)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            _api.ListObservations(
                new()
                {
                    Country = "XAB",
                    Indicator = indicator,
                    ObservedFrom = from > 0 ? new() { Seconds = from } : null,
                    ObservedBefore = before > 0 ? new() { Seconds = before } : null,
                },
                _call
            )
        );

        Assert.Equal(reason, ReasonOf(error));
    }

    [Fact]
    public async Task ListSources_AfterARecording_NamesItsSource_AndOneThatWasNeverHeardIsNotThere()
    {
        var before = DateTimeOffset.UtcNow;
        await _api.RecordObservation(new() { Observation = Sample.Observation() }, _call);

        var source = Assert.Single((await _api.ListSources(new(), _call)).Sources);

        Assert.Equal(Sample.Observation().Source, source.Name);
        Assert.InRange(source.RecordTime.ToDateTimeOffset(), before, DateTimeOffset.UtcNow);
    }

    private static IReadOnlyList<V1.Observation> AcledAlone(ObservationQuery query) =>
        query.Request is { Source: "" or "acled", ObservationId: "" or "id-1", ObservedFrom: null } ? [Sample.Observation()] : [];

    private static string ReasonOf(RpcException error) => error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;
}
