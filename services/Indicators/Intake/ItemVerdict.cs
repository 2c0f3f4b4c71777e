namespace EarlyWarning.Indicators.Intake;

/// <summary>What validation says of one observation.</summary>
/// <param name="Reason">Why it is refused; unspecified where it is valid.</param>
/// <param name="Field">The field at fault, relative to the observation.</param>
/// <param name="Message">What is wrong and how to put it right.</param>
internal readonly record struct ItemVerdict(V1.ErrorReason Reason, string Field, string Message)
{
    /// <summary>Gets whether it is valid.</summary>
    public bool Valid => Reason == V1.ErrorReason.Unspecified;
}
