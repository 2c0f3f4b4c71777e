using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Indicators.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.Store.Faults;
using Grpc.Core;

namespace EarlyWarning.Indicators.Tests.Intake;

public sealed class ObservationIntakeTests : IClassFixture<SuiteCluster>
{
    private readonly SuiteCluster _cluster;

    public ObservationIntakeTests(SuiteCluster cluster)
    {
        _cluster = cluster;
        _cluster.Script.Answer = CountryScript.AllRecorded;
        _cluster.Script.Calls.Clear();
    }

    [Fact]
    public async Task Record_SeveralCountries_EachGetsItsOwnInOrderAndAnswersComeBackInPlace()
    {
        _cluster.Script.Answer = (country, batch) =>
            Task.FromResult(
                new IntakeAnswer(
                    country == "XAB" ? 3 : 4,
                    [.. batch.Items.Select(item => item.Value == 2 ? V1.Outcome.Duplicate : V1.Outcome.Recorded)],
                    [],
                    country == "XAB" ? [0] : [],
                    country == "XAC" ? [1] : []
                )
            );
        V1.Observation[] items = [Item("XAB", 1), Item("XAC", 2), Item("XAB", 2), Item("XAC", 3)];

        var answer = await _cluster.Intake.RecordAsync(items, backfill: true, validateOnly: false);

        Assert.Equal([V1.Outcome.Recorded, V1.Outcome.Duplicate, V1.Outcome.Duplicate, V1.Outcome.Recorded], answer.Outcomes);
        Assert.Equal([0], answer.NotCurrent);
        Assert.Equal([3], answer.Late);
        Assert.Equal([("XAB", 3), ("XAC", 4)], answer.Revisions.Select(revision => (revision.Country, revision.Revision)));
        var calls = _cluster.Script.Calls.OrderBy(call => call.Country).ToList();
        Assert.Equal(
            [
                [1.0, 2.0],
                [2.0, 3.0],
            ],
            calls.Select(call => call.Batch.Items.Select(item => item.Value).ToArray())
        );
        Assert.All(calls, call => Assert.True(call.Batch.Backfill));
    }

    [Fact]
    public async Task Record_RefusedItemsAmongValidOnes_ValidOnesGoThroughAndProblemsNameTheirPlace()
    {
        _cluster.Script.Answer = (_, batch) =>
            Task.FromResult(
                new IntakeAnswer(
                    1,
                    [.. batch.Items.Select(item => item.Value == 4 ? V1.Outcome.Rejected : V1.Outcome.Recorded)],
                    [
                        new V1.ItemProblem
                        {
                            Index = 1,
                            Reason = "OBSERVATION_ID_REUSED",
                            Field = "observation_id",
                            Message = "Used before.",
                        },
                    ],
                    [],
                    []
                )
            );
        V1.Observation[] items = [Item("QQQ", 1), Item("XAB", 2), Item("XAB", -3), Item("XAB", 4)];

        var answer = await _cluster.Intake.RecordAsync(items, false, false);

        Assert.Equal([V1.Outcome.Rejected, V1.Outcome.Recorded, V1.Outcome.Rejected, V1.Outcome.Rejected], answer.Outcomes);
        Assert.Equal(
            [
                (0, "UNKNOWN_COUNTRY", "observations[0].country"),
                (2, "VALUE_OUT_OF_RANGE", "observations[2].value"),
                (3, "OBSERVATION_ID_REUSED", "observations[3].observation_id"),
            ],
            answer.Problems.Select(problem => (problem.Index, problem.Reason, problem.Field))
        );
    }

    [Fact]
    public async Task Record_OneCountryFails_ItsItemsAreToBeRetriedAndTheOthersAreRecorded()
    {
        _cluster.Script.Answer = (country, batch) =>
            country == "XAC" ? throw new StoreUnavailableException("Off.") : CountryScript.AllRecorded(country, batch);
        var before = (_cluster.Counters.Recorded, _cluster.Counters.Retried);

        var answer = await _cluster.Intake.RecordAsync([Item("XAC", 1), Item("XAB", 2), Item("XAC", 3)], false, false);

        Assert.Equal([V1.Outcome.Retry, V1.Outcome.Recorded, V1.Outcome.Retry], answer.Outcomes);
        Assert.Equal(
            [(0, "STORE_UNAVAILABLE"), (2, "STORE_UNAVAILABLE")],
            answer.Problems.Select(problem => (problem.Index, problem.Reason))
        );
        Assert.Equal("XAB", Assert.Single(answer.Revisions).Country);
        Assert.Equal((before.Recorded + 1, before.Retried + 2), (_cluster.Counters.Recorded, _cluster.Counters.Retried));
    }

    [Fact]
    public async Task Record_ValidateOnly_AsksNoCountry()
    {
        var answer = await _cluster.Intake.RecordAsync([Item("XAB", 1), Item("XAB", -1)], false, validateOnly: true);

        Assert.Equal([V1.Outcome.Unspecified, V1.Outcome.Rejected], answer.Outcomes);
        Assert.Empty(_cluster.Script.Calls);
    }

    [Theory]
    [InlineData(0, "INVALID_FIELD")]
    [InlineData(51, "BATCH_TOO_LARGE")]
    public async Task Record_TooFewOrTooMany_IsRefusedWhole(int count, string reason)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            _cluster.Intake.RecordAsync([.. Enumerable.Range(0, count).Select(i => Item("XAB", i))], false, false)
        );

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(reason, error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
        Assert.Empty(_cluster.Script.Calls);
    }

    [Fact]
    public void NameOf_EveryReason_HasOne() =>
        Assert.All(Enum.GetValues<V1.ErrorReason>(), reason => Assert.NotEmpty(Fault.NameOf(reason)));

    /// <summary>An observation of a moment of its own.</summary>
    private static V1.Observation Item(string country, double value)
    {
        var item = Sample.Observation(country, value);
        item.ObservedAt.Seconds += (long)value;
        return item;
    }
}
