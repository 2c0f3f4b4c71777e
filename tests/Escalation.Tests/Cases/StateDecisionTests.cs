using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Ladder;
using EarlyWarning.Escalation.Tests.Infrastructure;
using State = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Escalation.Tests.Cases;

/// <summary>
/// A State cannot end the climb about itself. A warning waits 10 minutes at each step: the regional one's time comes after 20.
/// </summary>
public sealed class StateDecisionTests
{
    [Fact]
    public void Decide_ByTheState_HoldsItsOwnStepsAndNotTheRegionalOne()
    {
        var story = Decided().Expect(1, 0).Expect(step: 3, at: 20).Expect(step: 4, at: 30).Run(until: 35);

        var climb = Assert.Single(story.Case.Climbs);
        Assert.Equal((State.AwaitingAcknowledgement, V1.Decision.Unspecified), (climb.State, climb.Decision));
        Assert.Equal((V1.Decision.PreventiveAction, Some.FocalPoint.Name), (climb.StateDecision.Decision, climb.StateDecision.Recipient));
        Assert.Equal(Some.Start.AddMinutes(3), climb.StateDecision.Time.ToDateTimeOffset());
        Assert.Contains("Because.", climb.StateDecision.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_ByTheState_SaysWhatIsDue()
    {
        var climb = Decided().Expect(1, 0).Run(until: 10).Case.Climbs[0];
        Assert.Equal((State.AwaitingDecision, V1.Decision.PreventiveAction), (climb.State, climb.Decision));
        Assert.Equal(Some.Start.AddMinutes(20), climb.DueTime.ToDateTimeOffset());
        Assert.Contains("is asked unless what breached has been resolved by then", climb.Due, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_ByTheStateAndResolvedByThen_StandsUntilANewBreach()
    {
        var story = Decided()
            .Breach(at: 15, Some.Ended(Some.Breach("a")))
            .Breach(at: 110, Some.Breach("b"))
            .Expect(1, 0)
            .Expect(step: 1, at: 110)
            .Run(until: 115);
        Assert.Contains(story.Case.Entries, entry =>
            entry.Text.Contains("the decision of the State concerned stands", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Decide_ByTheStateAndResolvedByThen_EndsTheClimb()
    {
        var story = Decided().Breach(at: 15, Some.Ended(Some.Breach("a"))).Expect(1, 0).Run(until: 60);
        Assert.Equal((State.Decided, V1.Decision.PreventiveAction), (story.Case.State, story.Case.Climbs[0].Decision));
        Assert.Null(story.Case.DueTime);
    }

    [Fact]
    public void Decide_ByTheStateAndItFiresAgainByThen_DoesNotHoldTheRegionalStep() =>
        Decided()
            .Breach(at: 10, Some.Ended(Some.Breach("a")))
            .Breach(at: 15, Some.Breach("b"))
            .Expect(1, 0)
            .Expect(step: 3, at: 20)
            .Run(until: 25);

    [Fact]
    public void Decide_ByTheStateAndTheThresholdWasChanged_DoesNotPassForAResolution() =>
        Decided()
            .Breach(at: 10, Some.Ended(Some.Breach("a"), V1.Breach.Types.State.Superseded))
            .Expect(1, 0)
            .Expect(step: 3, at: 20)
            .Run(until: 25);

    [Fact]
    public void Decide_BeyondTheStateAfterIt_EndsTheClimbAndTheStateChangesNothingMore()
    {
        var story = Decided()
            .Decides(at: 10, Some.DecisionMaker, V1.Decision.NotRefer)
            .Decides(at: 12, Some.FocalPoint, V1.Decision.ConsultFurther, seizedUntil: 15)
            .Expect(1, 0)
            .Run(until: 60);
        var climb = story.Case.Climbs[0];
        Assert.Equal((State.Decided, V1.Decision.NotRefer), (climb.State, climb.Decision));
        Assert.Equal(V1.Decision.ConsultFurther, climb.StateDecision.Decision);
        Assert.Null(climb.SeizedUntil);
    }

    [Fact]
    public void Decide_ByTheStateOnADateOfSomebodyBeyondIt_LeavesTheDate() =>
        Acknowledged()
            .Decides(at: 3, Some.DecisionMaker, V1.Decision.ConsultFurther, seizedUntil: 15)
            .Decides(at: 4, Some.FocalPoint, V1.Decision.PreventiveAction)
            .Expect(1, 0)
            .Expect(step: 2, at: 15)
            .Expect(step: 3, at: 25)
            .Run(until: 30);

    [Theory]
    [InlineData(V1.Decision.PreventiveAction)]
    [InlineData(V1.Decision.ConsultFurther)]
    public void Decide_ByTheStateOnceItsStepsAreOver_HoldsNothing(V1.Decision decision)
    {
        var story = Acknowledged()
            .Decides(at: 25, Some.FocalPoint, decision, CaseRules.NeedsDate(decision) ? 500 : null)
            .Expect(1, 0)
            .Expect(2, 20)
            .Expect(3, 20)
            .Expect(4, 30)
            .Expect(5, 40)
            .Run(until: 60);
        Assert.Equal(State.Exhausted, story.Case.State);
    }

    [Fact]
    public void Decide_RemainSeizedByTheStateAgainAndAgain_DoesNotPutTheRegionalStepOff() =>
        Acknowledged()
            .Decides(at: 3, Some.FocalPoint, V1.Decision.RemainSeized, seizedUntil: 10)
            .Acknowledges(at: 11, Some.FocalPoint)
            .Decides(at: 12, Some.FocalPoint, V1.Decision.RemainSeized, seizedUntil: 18)
            .Expect(1, 0)
            .Expect(step: 1, at: 10)
            .Expect(step: 1, at: 18)
            .Expect(step: 2, at: 20)
            .Expect(step: 3, at: 20)
            .Run(until: 25);

    [Fact]
    public void Decide_ByTheStateWithACauseNotedBehindIt_TheRegionalStepIsAskedAboutBoth()
    {
        var story = Decided()
            .Breach(at: 10, Some.Breach("b", V1.Severity.Advisory, cause: "composite/camps"))
            .Breach(at: 12, Some.Ended(Some.Breach("a")))
            .Expect(1, 0)
            .Expect(step: 3, at: 20)
            .Run(until: 25);
        Assert.Equal(["composite/index", "composite/camps"], Assert.Single(story.Case.Climbs).Causes);
    }

    [Fact]
    public void Decide_ByTheStateOnALadderWithNothingBeyondIt_EndsTheClimb()
    {
        var ladder = LadderFile.Read(
            "steps: [ { name: Focal point, role: focal-point, acknowledge-within: 10m, decide-within: 30m } ]",
            "the test"
        );
        CaseContext context = new(ladder, Some.Directory, Some.Start);
        CaseChangeBuilder builder = new(CaseState.None, context);
        builder.Take(Some.Breach("a"), null);
        builder.Acknowledge([], Some.FocalPoint, "", Some.Actor);
        builder.Decide([], Some.FocalPoint, V1.Decision.PreventiveAction, "Because.", null, Some.Actor);

        var climb = builder.Finish().After.Head.Climbs[0];

        Assert.Equal((State.Decided, V1.Decision.PreventiveAction, null), (climb.State, climb.Decision, climb.DueTime));
        Assert.Null(climb.StateDecision);
    }

    [Fact]
    public void Acts_OfTheStateAlone_WhateverTheyAre_NeverKeepTheRegionalStepFromItsTime()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var chance = new Random(seed);
            var state = CaseState.None;
            List<string> acts = [];
            for (var minute = 0; minute <= 20; minute++)
            {
                CaseContext context = new(Some.Ladder, Some.Directory, Some.Start.AddMinutes(minute));
                if (minute == 0)
                {
                    state = Changed(state, context, builder => builder.Take(Some.Breach("a"), null));
                }

                while (state.Due <= context.Now)
                {
                    state = Changed(state, context, builder => builder.TimePasses());
                }

                if (minute < 20 && chance.Next(2) == 0)
                {
                    state = Act(chance, state, context, acts);
                }
            }

            Assert.True(
                state.Head.CloseTime is null && state.Head.Climbs.All(climb => climb.Steps[2].AskTime is not null),
                $"Seed {seed}: after {string.Join(", ", acts)} the regional step was not asked: {state.Head}"
            );
        }
    }

    private static CaseState Act(Random chance, CaseState state, CaseContext context, List<string> acts)
    {
        var who = chance.Next(2) == 0 ? Some.FocalPoint : Some.Authority;
        var decision = (V1.Decision[])[V1.Decision.PreventiveAction, V1.Decision.ConsultFurther, V1.Decision.RemainSeized];
        var what = decision[chance.Next(3)];
        DateTimeOffset? date = CaseRules.NeedsDate(what) ? context.Now.AddMinutes(chance.Next(1, 300)) : null;
        var kind = chance.Next(4);
        var refused = kind switch
        {
            0 => CaseRules.Acknowledge(state.Head, who, [], ""),
            1 => CaseRules.StandDown(state.Head, who, true, [], ""),
            _ => CaseRules.Decide(state.Head, who, what, [], ""),
        };
        if (refused is not null)
        {
            return state;
        }

        acts.Add($"{who.Name} {(kind == 0 ? "acknowledges" : $"{what} until {date:t}")} at {context.Now:t}");
        return Changed(state, context, builder =>
        {
            if (kind == 0)
            {
                builder.Acknowledge([], who, "", Some.Actor);
            }
            else if (kind == 1)
            {
                builder.StandDown([], who, "Because.", Some.Actor);
            }
            else
            {
                builder.Decide([], who, what, "Because.", date, Some.Actor);
            }
        });
    }

    private static CaseState Changed(CaseState before, CaseContext context, Action<CaseChangeBuilder> change)
    {
        CaseChangeBuilder builder = new(before, context);
        change(builder);
        return builder.Finish().After;
    }

    private static Timeline Acknowledged() => new Timeline().Breach(at: 0, Some.Breach("a")).Acknowledges(at: 2, Some.FocalPoint);

    private static Timeline Decided() => Acknowledged().Decides(at: 3, Some.FocalPoint, V1.Decision.PreventiveAction);
}
