using EarlyWarning.Escalation.Tests.Infrastructure;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Tests.Cases;

/// <content>Steps that nobody could be asked at.</content>
public sealed partial class CauseStoryTests
{
    [Fact]
    public void Step_WithoutARecipient_IsNotAskedAndTheClimbGoesOnAtOnce()
    {
        var story = new Timeline()
            .Names(Some.FocalPoint, Some.Regional)
            .Breach(at: 0, Some.Breach("a"))
            .Expect(1, 0)
            .Expect(step: 3, at: 10)
            .Run(until: 15);
        var step = story.Case.Climbs[0].Steps[1];
        Assert.Null(step.AskTime);
        Assert.NotNull(step.ReachTime);
        Assert.NotEmpty(step.Unaddressed);
        Assert.Contains(story.Case.Entries, entry => entry.Kind == Kind.StepUnaddressed && entry.Step == 2);
    }

    [Fact]
    public void Steps_WithoutARecipientOneAfterAnother_AreOneLineOfTheCase()
    {
        var story = new Timeline().Names(Some.FocalPoint).Breach(at: 0, Some.Breach("a")).Expect(1, 0).Run(until: 15);

        var line = Assert.Single(story.Case.Entries, entry => entry.Kind == Kind.StepUnaddressed);
        var silent = story.Case.Climbs[0].Steps.Where(step => step.Unaddressed.Length > 0).ToList();
        Assert.Equal(2, line.Step);
        Assert.True(silent.Count > 1);
        Assert.StartsWith($"Steps 2 to {silent[^1].Number} (", line.Text, StringComparison.Ordinal);
        Assert.All(silent, step => Assert.Contains(step.DisplayName, line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Step_DirectoryGainsARecipient_IsAskedThen()
    {
        var story = new Timeline()
            .Names(Some.FocalPoint, Some.Regional)
            .Breach(at: 0, Some.Breach("a"))
            .Names(at: 13, Some.FocalPoint, Some.Authority, Some.Regional)
            .Expect(1, 0)
            .Expect(step: 3, at: 10)
            .Expect(step: 2, at: 13)
            .Run(until: 18);
        Assert.Equal(3, story.Case.Climbs[0].CurrentStep);
        Assert.Empty(story.Case.Climbs[0].Steps[1].Unaddressed);
    }

    [Fact]
    public void Ladder_NobodyAtAll_IsExhaustedAtOnceAndGoesOnWhenSomebodyIsNamed()
    {
        var story = new Timeline().Names([]).Breach(at: 0, Some.Breach("a")).Run(until: 5);
        Assert.Equal(State.Exhausted, story.Case.State);

        story = new Timeline()
            .Names([])
            .Breach(at: 0, Some.Breach("a"))
            .Names(at: 30, Some.Authority)
            .Expect(step: 2, at: 30)
            .Run(until: 45);
        Assert.Equal(State.Exhausted, story.Case.State);
        Assert.Equal(Some.Start.AddMinutes(40), story.Case.Climbs[0].Steps[1].AcknowledgeDueTime.ToDateTimeOffset());
    }
}
