using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Partners;
using EarlyWarning.Driver.Reconciling;
using EarlyWarning.V1;

namespace EarlyWarning.Load.Tests.Reconciling;

public class DifferenceTests
{
    [Theory]
    [InlineData(100, 100, 0)]
    [InlineData(100, 120, 20)]
    [InlineData(100, 100, 20)]
    public void Difference_WithinWhatWasNotAnswered_IsNone(long client, long suite, long unanswered) =>
        Assert.Null(Reconciliation.Difference("recorded", client, suite, unanswered));

    [Theory]
    [InlineData(100, 99, 0)]
    [InlineData(100, 99, 20)]
    [InlineData(100, 121, 20)]
    public void Difference_BeyondThat_NamesBothCounts(long client, long suite, long unanswered) =>
        Assert.Contains(
            $"the suite counts {suite}",
            Reconciliation.Difference("recorded", client, suite, unanswered),
            StringComparison.Ordinal
        );

    [Fact]
    public void Add_WithEveryOutcome_CountsEachAndReturnsWhatIsAcknowledged()
    {
        var answers = new Answers();
        var items = new Observation[5];
        Array.Fill(items, new());

        var acknowledged = answers.Add(items, [Outcome.Recorded, Outcome.Duplicate, Outcome.Superseded, Outcome.Rejected, Outcome.Retry]);
        answers.Fail(3);

        Assert.Equal(3, acknowledged);
        Assert.Equal(
            (1, 1, 1, 1, 1, 3),
            (answers.Recorded, answers.Duplicates, answers.Superseded, answers.Refused, answers.Retry, answers.Unanswered)
        );
        Assert.Single(answers.Kept);
    }

    [Fact]
    public async Task Hear_OfAMessageTwice_IsOneMessageWithARepeat()
    {
        var warnings = new HeardWarnings();
        var waiting = warnings.NextAsync("KEN", fires: true);

        warnings.Hear("KEN", "breaches/1", fires: true, "m1", 42);
        warnings.Hear("KEN", "breaches/1", fires: true, "m1", 43);

        Assert.Equal(42, await waiting);
        Assert.Equal((1, 1, 0), (warnings.MessagesOf("breaches/1", true), warnings.Repeats, warnings.MessagesOf("breaches/1", false)));

        warnings.Hear("KEN", "breaches/1", fires: true, "m2", 44);

        Assert.Equal(2, warnings.MessagesOf("breaches/1", true));
    }
}
