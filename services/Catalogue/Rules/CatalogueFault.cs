namespace EarlyWarning.Catalogue.Rules;

/// <summary>One reason why a change was refused.</summary>
/// <param name="Reason">The ErrorInfo reason.</param>
/// <param name="Field">The path of the field at fault.</param>
/// <param name="Message">What is wrong and how to put it right.</param>
[GenerateSerializer, Immutable, Alias("catalogue-fault")]
public sealed record CatalogueFault(
    [property: Id(0)] V1.ErrorReason Reason,
    [property: Id(1)] string Field,
    [property: Id(2)] string Message
)
{
    /// <summary>Gets the name of the resource that stands against the change; empty where none does.</summary>
    [Id(3)]
    public string Resource { get; init; } = "";

    /// <summary>Gets the resource's present etag; empty where it does not matter.</summary>
    [Id(4)]
    public string Etag { get; init; } = "";

    /// <summary>Gets the values that the message speaks of, by their keys in an ErrorInfo.</summary>
    public (string Key, string Value)[] Metadata => [("resource", Resource), ("etag", Etag)];
}
