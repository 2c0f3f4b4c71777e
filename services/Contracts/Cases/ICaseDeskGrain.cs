using EarlyWarning.Contracts.Breaches;

namespace EarlyWarning.Contracts.Cases;

/// <summary>All cases: what breaches ask of people, and what people did. Key: 0.</summary>
public interface ICaseDeskGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a case by name, with everything, or <see langword="null"/>.</summary>
    Task<V1.Case?> GetAsync(string name);

    /// <summary>Gets the case that a breach belongs to, with everything, or <see langword="null"/>.</summary>
    /// <param name="breach">The breach's name.</param>
    Task<V1.Case?> OfBreachAsync(string breach);

    /// <summary>Lists cases: open ones by due time, then closed ones, newest first; with the position of the newest change.</summary>
    Task<Register<V1.Case>> ListAsync(V1.ListCasesRequest filter, int skip, int take);

    /// <summary>
    /// Gets changes after a position, oldest first; waits up to some seconds where there is none. <see cref="RegisterChanges{T}.Expired"/> where
    /// the position is older than what is kept.
    /// </summary>
    Task<RegisterChanges<V1.Case>> ChangesAfterAsync(long position, int take);

    /// <summary>Takes in a breach's change durably; a sequence that was seen is passed over.</summary>
    /// <param name="breach">The whole breach.</param>
    /// <param name="eventId">The id of the event that brought it.</param>
    Task RecordBreachAsync(V1.Breach breach, string eventId);

    /// <summary>Takes in what became of a notification, durably and once.</summary>
    /// <param name="notification">The whole notification.</param>
    /// <param name="eventId">The id of the event that brought it.</param>
    Task RecordNotificationAsync(V1.Notification notification, string eventId);

    /// <summary>Acknowledges on behalf of a recipient.</summary>
    Task<CaseAnswer> AcknowledgeAsync(V1.AcknowledgeCaseRequest request, CaseActor actor);

    /// <summary>Records a decision.</summary>
    Task<CaseAnswer> DecideAsync(V1.DecideCaseRequest request, CaseActor actor);

    /// <summary>Ends a case with a reason.</summary>
    Task<CaseAnswer> StandDownAsync(V1.StandDownCaseRequest request, CaseActor actor);

    /// <summary>
    /// Lets every case climb that is due, in order, publishes what is unpublished and sets the next due times. Called by the reader of due times
    /// and at the start.
    /// </summary>
    Task WakeAsync();

    /// <summary>Gets how the cases stand, for the operators' status.</summary>
    Task<IReadOnlyList<V1.StatusLine>> StatusAsync();
}

/// <summary>Who acts in a case.</summary>
/// <param name="Name">The caller's name.</param>
/// <param name="Verified">The name was authenticated.</param>
[GenerateSerializer, Immutable, Alias("case-actor")]
public sealed record CaseActor([property: Id(0)] string Name, [property: Id(1)] bool Verified);

/// <summary>What an act came to: the case after it, or why it was refused.</summary>
/// <param name="Case">The case after the act; for a call that only validates, as it would be.</param>
/// <param name="Fault">Why it was refused; <see langword="null"/> where it was not.</param>
[GenerateSerializer, Immutable, Alias("case-answer")]
public sealed record CaseAnswer([property: Id(0)] V1.Case? Case, [property: Id(1)] CaseFault? Fault);

/// <summary>Why an act was refused.</summary>
/// <param name="Code">The gRPC status.</param>
/// <param name="Reason">The ErrorInfo reason.</param>
/// <param name="Field">The field at fault; empty where it is none.</param>
/// <param name="Message">What is wrong and how to put it right.</param>
[GenerateSerializer, Immutable, Alias("case-fault")]
public sealed record CaseFault(
    [property: Id(0)] Grpc.Core.StatusCode Code,
    [property: Id(1)] V1.ErrorReason Reason,
    [property: Id(2)] string Field,
    [property: Id(3)] string Message);
