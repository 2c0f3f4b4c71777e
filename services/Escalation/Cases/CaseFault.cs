namespace EarlyWarning.Escalation.Cases;

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
