using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Status;
using EarlyWarning.Escalation.Tests.Infrastructure;

namespace EarlyWarning.Escalation.Tests.Cases;

public sealed class CaseStatusTests
{
    [Fact]
    public void Lines_OverdueCase_NamesWhoHasNotAnsweredAndForHowLong()
    {
        var story = new Timeline().Breach(at: 0, Some.Breach("a")).Expect(1, 0).Expect(2, 10).Run(until: 15);
        var line = Assert.Single(CaseStatus.Lines([story.State], Some.Start.AddMinutes(15)), line =>
            line.Subject == "cases" && line.Health == V1.Health.Attention
        );
        Assert.Contains("overdue by 5 minutes: no answer from step 1 (National focal point)", line.Text, StringComparison.Ordinal);
        Assert.Contains(story.Case.Name, line.Action, StringComparison.Ordinal);
        Assert.Equal((1, 300), (Value(story.State, 15, "cases.overdue"), Value(story.State, 15, "cases.overdue.age")));
        Assert.Equal((0, 0), (Value(story.State, 5, "cases.overdue"), Value(story.State, 5, "cases.overdue.age")));
    }

    [Fact]
    public void Lines_CaseWithNobodyToAsk_IsCountedAsThatAndNotAsOverdue()
    {
        var story = new Timeline().Names(Some.Regional).Breach(at: 0, Some.Breach("a")).Expect(step: 3, at: 0).Run(until: 5);

        var lines = CaseStatus.Lines([story.State], Some.Start.AddMinutes(5));

        Assert.Equal("1 open cases; none is overdue; climbs with nobody to ask at a step: 1.", lines[^1].Text);
        Assert.Equal(0, Value(story.State, 5, "cases.overdue"));
    }

    [Fact]
    public void Lines_OverdueCaseWithNobodyToAskAtAnotherStep_SayBoth()
    {
        var story = new Timeline()
            .Names(Some.FocalPoint, Some.Regional)
            .Breach(at: 0, Some.Breach("a"))
            .Expect(1, 0)
            .Expect(step: 3, at: 10)
            .Run(until: 15);

        var lines = CaseStatus.Lines([story.State], Some.Start.AddMinutes(15));

        Assert.Equal("1 open cases; overdue climbs: 1; climbs with nobody to ask at a step: 1.", lines[^1].Text);
        Assert.Contains("no answer from step 1 (National focal point)", lines[0].Text, StringComparison.Ordinal);
        Assert.Contains("Nobody to ask at step 2", lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_CaseThatShouldHaveClimbed_IsAFaultOfThePathAndNobodysSilence()
    {
        var story = new Timeline().Breach(at: 0, Some.Breach("a")).Expect(1, 0).Run(until: 5);
        var line = Assert.Single(CaseStatus.Lines([story.State], Some.Start.AddHours(1)), line => line.Health == V1.Health.Failing);
        Assert.Equal(V1.Heading.Path, line.Heading);
        Assert.Equal((1, 0), (Value(story.State, 60, "cases.stuck"), Value(story.State, 60, "cases.exhausted")));
    }

    [Fact]
    public void Lines_ExhaustedCase_Fails()
    {
        var story = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .Expect(1, 0)
            .Expect(2, 10)
            .Expect(3, 20)
            .Expect(4, 30)
            .Expect(5, 40)
            .Run(until: 60);
        Assert.Contains(CaseStatus.Lines([story.State], Some.Start.AddHours(1)), line =>
            line.Subject == "cases" && line.Health == V1.Health.Failing && line.Action.Length > 0
        );
        Assert.Equal((1, 1), (Value(story.State, 60, "cases.open"), Value(story.State, 60, "cases.exhausted")));
    }

    [Fact]
    public void Gauges_NoCase_AreAllZero() => Assert.All(CaseGauges.Of([], Some.Start), measured => Assert.Equal(0, measured.Value));

    private static double Value(CaseState state, int minutes, string gauge) =>
        Assert
            .Single(CaseGauges.Of([state], Some.Start.AddMinutes(minutes)), measured =>
                measured.Gauge.Name == $"earlywarning.escalation.{gauge}"
            )
            .Value;
}
