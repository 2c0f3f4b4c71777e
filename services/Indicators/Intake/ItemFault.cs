namespace EarlyWarning.Indicators.Intake;

/// <summary>One thing that validation finds wrong with one observation.</summary>
/// <param name="Reason">Why it is refused.</param>
/// <param name="Field">The field at fault, relative to the observation.</param>
/// <param name="Message">What is wrong and how to put it right.</param>
internal readonly record struct ItemFault(V1.ErrorReason Reason, string Field, string Message)
{
    /// <summary>Gets the values that the message speaks of, by their keys in an ErrorInfo.</summary>
    public IReadOnlyList<(string Key, string Value)> Values { get; init; } = [];
}
