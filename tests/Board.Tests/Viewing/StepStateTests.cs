using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.Board.Viewing;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Tests.Viewing;

public sealed class StepStateTests
{
    private static readonly Timestamp s_before = Known.Now.AddHours(-2).ToTimestamp();
    private static readonly Timestamp s_past = Known.Now.AddHours(-1).ToTimestamp();
    private static readonly Timestamp s_ahead = Known.Now.AddHours(1).ToTimestamp();

    [Fact]
    public void Of_EachWayThatAStepMayStand_IsSaidApart()
    {
        Assert.Equal(StepState.NotAsked, Of(new()));
        Assert.Equal(StepState.NobodyToAsk, Of(new() { ReachTime = s_before, Unaddressed = "The directory names nobody." }));
        Assert.Equal(StepState.Asked, Of(Asked(s_ahead)));
        Assert.Equal(StepState.Told, Of(Asked(s_ahead, told: 1, notTold: 1)));
        Assert.Equal(StepState.NotTold, Of(Asked(s_ahead, notTold: 2)));
        Assert.Equal(StepState.Late, Of(Asked(s_past, told: 1)));
        Assert.Equal(StepState.Ended, Of(Asked(s_past, told: 1), CaseState.Exhausted));
        Assert.Equal(StepState.Answered, Of(Answered(s_ahead)));
        Assert.Equal(StepState.AnsweredLate, Of(Answered(s_before)));
        Assert.Equal(StepState.Decided, Of(Answered(s_ahead), CaseState.Decided));
    }

    [Fact]
    public void Of_AStepThatHadNobodyAndWasAskedLater_IsAsked()
    {
        var step = Asked(s_ahead);
        step.Unaddressed = "The directory named nobody.";

        Assert.Equal(StepState.Asked, Of(step));
    }

    private static StepState Of(Step step, CaseState state = CaseState.AwaitingAcknowledgement)
    {
        step.Number = 1;
        Climb climb = new()
        {
            State = state,
            CurrentStep = 1,
            Steps = { step },
        };
        return StepStates.Of(climb, step, Known.Now);
    }

    private static Step Asked(Timestamp due, int told = 0, int notTold = 0) =>
        new()
        {
            ReachTime = s_before,
            AskTime = s_before,
            AcknowledgeDueTime = due,
            Told = told,
            NotTold = notTold,
        };

    private static Step Answered(Timestamp due)
    {
        var step = Asked(due, told: 1);
        step.AcknowledgeTime = s_past;
        return step;
    }
}
