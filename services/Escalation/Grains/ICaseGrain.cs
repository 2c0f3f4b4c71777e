using EarlyWarning.Escalation.Cases;

namespace EarlyWarning.Escalation.Grains;

/// <summary>The one writer of a country's cases. Key: the country's ISO 3166-1 alpha-3 code. Keeps nothing: a case is its rows.</summary>
internal interface ICaseGrain : IGrainWithStringKey
{
    /// <summary>Takes in a breach's change durably; a sequence that was seen is passed over.</summary>
    /// <param name="breach">The whole breach.</param>
    /// <param name="eventId">The id of the event that brought it.</param>
    Task RecordBreachAsync(V1.Breach breach, string eventId);

    /// <summary>Takes in what became of a notification, durably and once.</summary>
    /// <param name="notification">The whole notification.</param>
    /// <param name="eventId">The id of the event that brought it.</param>
    Task RecordNotificationAsync(V1.Notification notification, string eventId);

    /// <summary>Acknowledges on behalf of a recipient.</summary>
    /// <param name="request">The act.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="mark">The request's mark, under which its answer is kept with it; empty where it has no id.</param>
    Task<CaseAnswer> AcknowledgeAsync(V1.AcknowledgeCaseRequest request, CaseActor actor, string mark = "");

    /// <summary>Records a decision, likewise.</summary>
    Task<CaseAnswer> DecideAsync(V1.DecideCaseRequest request, CaseActor actor, string mark = "");

    /// <summary>Ends causes with a reason, likewise.</summary>
    Task<CaseAnswer> StandDownAsync(V1.StandDownCaseRequest request, CaseActor actor, string mark = "");

    /// <summary>Withdraws a recipient's acknowledgement, likewise.</summary>
    Task<CaseAnswer> WithdrawAsync(V1.WithdrawAcknowledgementRequest request, CaseActor actor, string mark = "");

    /// <summary>Opens causes again that were stood down, likewise.</summary>
    Task<CaseAnswer> ReopenAsync(V1.ReopenCaseRequest request, CaseActor actor, string mark = "");

    /// <summary>
    /// Does what is due in the open case, in order; asks the steps for which the directory names somebody meanwhile; sets right what was
    /// dated by a clock that was ahead.
    /// </summary>
    Task WakeAsync();
}

/// <summary>What an act came to: the case after it, or why it was refused.</summary>
/// <param name="Case">The case after the act; for a call that only validates, as it would be.</param>
/// <param name="Fault">Why it was refused; <see langword="null"/> where it was not.</param>
[GenerateSerializer, Immutable, Alias("case-answer")]
internal sealed record CaseAnswer([property: Id(0)] V1.Case? Case, [property: Id(1)] CaseFault? Fault);
