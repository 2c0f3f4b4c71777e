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

    /// <summary>
    /// Does what is due in the open case, in order; asks the steps for which the directory names somebody meanwhile; sets right what was
    /// dated by a clock that was ahead.
    /// </summary>
    Task WakeAsync();
}

/// <summary>Who acts in a case.</summary>
/// <param name="Name">The caller's name.</param>
/// <param name="Verified">The name was authenticated.</param>
/// <param name="Role">The role as which it acts; unspecified for one that has none.</param>
[GenerateSerializer, Immutable, Alias("case-actor")]
internal sealed record CaseActor(
    [property: Id(0)] string Name,
    [property: Id(1)] bool Verified,
    [property: Id(2)] V1.AccessRole Role = V1.AccessRole.Unspecified
);

/// <summary>What an act came to: the case after it, or why it was refused.</summary>
/// <param name="Case">The case after the act; for a call that only validates, as it would be.</param>
/// <param name="Fault">Why it was refused; <see langword="null"/> where it was not.</param>
[GenerateSerializer, Immutable, Alias("case-answer")]
internal sealed record CaseAnswer([property: Id(0)] V1.Case? Case, [property: Id(1)] CaseFault? Fault);

/// <summary>Why an act was refused.</summary>
/// <param name="Code">The gRPC status.</param>
/// <param name="Reason">The ErrorInfo reason.</param>
/// <param name="Field">The field at fault; empty where it is none.</param>
/// <param name="Message">What is wrong and how to put it right.</param>
[GenerateSerializer, Immutable, Alias("case-fault")]
internal sealed record CaseFault(
    [property: Id(0)] Grpc.Core.StatusCode Code,
    [property: Id(1)] V1.ErrorReason Reason,
    [property: Id(2)] string Field,
    [property: Id(3)] string Message
)
{
    /// <summary>Gets the case, or what else stands against the act; empty where nothing does.</summary>
    [Id(4)]
    public string Resource { get; init; } = "";

    /// <summary>Gets the cause at issue; empty where it is the whole case.</summary>
    [Id(5)]
    public string Cause { get; init; } = "";

    /// <summary>Gets the recipient who may not act; empty where anybody might.</summary>
    [Id(6)]
    public string Recipient { get; init; } = "";

    /// <summary>Gets the case's present etag; empty where it does not matter.</summary>
    [Id(7)]
    public string Etag { get; init; } = "";

    /// <summary>Gets the values that the message speaks of, by their keys in an ErrorInfo.</summary>
    public (string Key, string Value)[] Metadata => [("resource", Resource), ("cause", Cause), ("recipient", Recipient), ("etag", Etag)];
}
