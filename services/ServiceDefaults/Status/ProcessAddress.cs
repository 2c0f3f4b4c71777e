namespace EarlyWarning.ServiceDefaults.Status;

/// <summary>Where the suite's other processes call this one, by which its lines of the status are told from theirs.</summary>
/// <param name="Text">The address, such as <c>10.1.2.3:5052</c>.</param>
public sealed record ProcessAddress(string Text);
