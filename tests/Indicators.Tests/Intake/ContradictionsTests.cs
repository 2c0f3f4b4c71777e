using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Tests.Infrastructure;

namespace EarlyWarning.Indicators.Tests.Intake;

public sealed class ContradictionsTests : IClassFixture<SuiteCluster>
{
    private readonly SuiteCluster _cluster;

    public ContradictionsTests(SuiteCluster cluster)
    {
        _cluster = cluster;
        _cluster.Script.Answer = CountryScript.AllRecorded;
        _cluster.Script.Calls.Clear();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Record_OneKeyWithTwoValues_RefusesBothAndEachNamesTheOther(bool validateOnly)
    {
        var answer = await RecordAsync(validateOnly, Item(1), Item(7, day: 2), Item(2), Item(1));

        var fine = validateOnly ? V1.Outcome.Unspecified : V1.Outcome.Recorded;
        Assert.Equal([V1.Outcome.Rejected, fine, V1.Outcome.Rejected, V1.Outcome.Rejected], answer.Outcomes);
        Assert.Equal(
            [
                (0, "CONTRADICTING_ITEMS", "observations[0].value"),
                (2, "CONTRADICTING_ITEMS", "observations[2].value"),
                (3, "CONTRADICTING_ITEMS", "observations[3].value"),
            ],
            answer.Problems.Select(problem => (problem.Index, problem.Reason, problem.Field))
        );
        Assert.Contains("item 2 has value 2, not 1", answer.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("item 0 has value 1, not 2", answer.Problems[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Record_OneIdWithTwoContents_RefusesBoth(bool validateOnly)
    {
        var answer = await RecordAsync(validateOnly, Item(1, id: "x"), Item(1, day: 2, id: "x"));

        Assert.Equal([V1.Outcome.Rejected, V1.Outcome.Rejected], answer.Outcomes);
        Assert.All(answer.Problems, problem => Assert.Equal("OBSERVATION_ID_REUSED", problem.Reason));
        Assert.Empty(_cluster.Script.Calls);
    }

    [Fact]
    public async Task Record_SameErrorAndWithout_AreTwoContents()
    {
        var sure = Item(1);
        sure.StandardError = 0;
        Assert.Equal([V1.Outcome.Rejected, V1.Outcome.Rejected], (await RecordAsync(false, sure, Item(1))).Outcomes);
    }

    [Fact]
    public async Task Record_IdenticalRepeatsAndRevisions_GoThrough()
    {
        var corrected = Item(2);
        corrected.Revision = 1;
        var answer = await RecordAsync(false, Item(1), Item(1), corrected, Item(-3), Item(3, country: "XAC"));
        Assert.Equal(
            [V1.Outcome.Recorded, V1.Outcome.Recorded, V1.Outcome.Recorded, V1.Outcome.Rejected, V1.Outcome.Recorded],
            answer.Outcomes
        );
    }

    private Task<EarlyWarning.Indicators.Intake.BatchAnswer> RecordAsync(bool validateOnly, params V1.Observation[] items) =>
        _cluster.Intake.RecordAsync(items, backfill: false, validateOnly);

    private static V1.Observation Item(double value, int day = 1, string id = "", string country = "XAB")
    {
        var item = Sample.Observation(country, value);
        item.ObservedAt.Seconds -= day * 86_400;
        item.ObservationId = id;
        return item;
    }
}
