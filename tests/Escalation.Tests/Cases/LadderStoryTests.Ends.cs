using EarlyWarning.Escalation.Tests.Infrastructure;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Tests.Cases;

/// <content>How climbs and cases end.</content>
public sealed partial class LadderStoryTests
{
    [Fact]
    public void Retire_AllBreachesOfTheOnlyCause_EndsTheCaseWithTheReason()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 5, Some.Retired(Some.Breach("a")))
            .Expect(1, 0)
            .Run(until: 30);
        Assert.Equal(State.Ended, story.Case.State);
        Assert.NotNull(story.Case.CloseTime);
        Assert.Contains("retired", story.Case.Entries[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Retire_OneBreachWasResolvedByTheDataBefore_StaysOpenForPeople()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 1, Some.Breach("b"))
            .Breach(at: 5, Some.Ended(Some.Breach("a")))
            .Breach(at: 6, Some.Retired(Some.Breach("b")))
            .Expect(1, 0)
            .Expect(2, 10)
            .Run(until: 15);
        Assert.Null(story.Case.CloseTime);
    }

    [Fact]
    public void StandDown_ThenANewBreach_OpensANewCase()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .StandsDown(at: 5, Some.Operator, althoughFiring: true)
            .Breach(at: 30, Some.Breach("b"))
            .Breach(at: 31, Some.Ended(Some.Breach("a")))
            .Expect(1, 0)
            .Expect(step: 1, at: 30)
            .Run(until: 35);
        Assert.Equal(2, story.Cases.Count);
        Assert.Equal(["breaches/XAB-b"], story.Case.Breaches);
    }

    [Fact]
    public void Climb_BreachResolved_GoesOnBecauseSilenceClosesNothing()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Breach(at: 5, Some.Ended(Some.Breach("a")))
            .Expect(1, 0)
            .Expect(2, 10)
            .Run(until: 15);
        Assert.False(story.Case.Firing);
        Assert.Equal(State.AwaitingAcknowledgement, story.Case.State);
    }
}
