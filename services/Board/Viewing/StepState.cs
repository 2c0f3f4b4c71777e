using EarlyWarning.V1;
using CaseState = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Board.Viewing;

/// <summary>How a step of a ladder stands, as it is drawn and said.</summary>
internal enum StepState
{
    /// <summary>The climb has not come to it.</summary>
    NotAsked,

    /// <summary>It was reached, and the directory names nobody: the climb went on at once.</summary>
    NobodyToAsk,

    /// <summary>It was asked, and nobody has been told yet.</summary>
    Asked,

    /// <summary>It was asked, and somebody was told.</summary>
    Told,

    /// <summary>It was asked, and nobody could be told.</summary>
    NotTold,

    /// <summary>Somebody who was told has read it.</summary>
    Read,

    /// <summary>It answered in time.</summary>
    Answered,

    /// <summary>It answered after its deadline.</summary>
    AnsweredLate,

    /// <summary>Its deadline has passed without an answer; one still counts.</summary>
    Late,

    /// <summary>It has decided.</summary>
    Decided,

    /// <summary>It is the last one, and its deadline has passed: nobody further is asked.</summary>
    Ended,
}

/// <summary>Tells how steps stand.</summary>
internal static class StepStates
{
    /// <summary>How a step stands by what its case says of it.</summary>
    public static StepState Of(Climb climb, Step step, DateTimeOffset now) =>
        step switch
        {
            { AcknowledgeTime: not null } when climb.State == CaseState.Decided && step.Number == climb.CurrentStep => StepState.Decided,
            { AcknowledgeTime: { } time, AcknowledgeDueTime: { } due } when time > due => StepState.AnsweredLate,
            { AcknowledgeTime: not null } => StepState.Answered,
            { AskTime: null, Unaddressed.Length: > 0 } => StepState.NobodyToAsk,
            { AskTime: null, ReachTime: null } => StepState.NotAsked,
            _ when climb.State == CaseState.Exhausted && step.Number == climb.Steps.Count => StepState.Ended,
            { AcknowledgeDueTime: { } due } when due.ToDateTimeOffset() <= now => StepState.Late,
            { Told: > 0 } => StepState.Told,
            { NotTold: > 0 } => StepState.NotTold,
            _ => StepState.Asked,
        };

    /// <summary>The name of its drawing and of its style.</summary>
    public static string Mark(StepState state) =>
        state switch
        {
            StepState.NotAsked => "not",
            StepState.NobodyToAsk => "nobody",
            StepState.Asked => "asked",
            StepState.Told => "told",
            StepState.NotTold => "failed",
            StepState.Read => "read",
            StepState.Answered or StepState.AnsweredLate => "answered",
            StepState.Late => "late",
            StepState.Decided => "decided",
            _ => "ended",
        };
}
