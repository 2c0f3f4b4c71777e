namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>A feature of a call: the role as which its caller acts, where it has one.</summary>
/// <param name="Role">The role.</param>
public sealed record ActingRole(V1.AccessRole Role);
