namespace EarlyWarning.Catalogue;

/// <summary>One reason why a change was refused.</summary>
/// <param name="Reason">The ErrorInfo reason.</param>
/// <param name="Field">The path of the field at fault.</param>
/// <param name="Message">What is wrong and how to put it right.</param>
[GenerateSerializer, Immutable, Alias("catalogue-fault")]
public sealed record CatalogueFault([property: Id(0)] V1.ErrorReason Reason, [property: Id(1)] string Field, [property: Id(2)] string Message);
