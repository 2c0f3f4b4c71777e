using EarlyWarning.Access.Roles;
using EarlyWarning.V1;

namespace EarlyWarning.Access.Tests.Infrastructure;

/// <summary>What a test needs and does not ask about.</summary>
internal static class Any
{
    /// <summary>Gets roles that may call whatever the small service has.</summary>
    public static IReadOnlyList<Grant> Roles { get; } = [new(AccessRole.Partner, [], "", []), new(AccessRole.Reviewer, [], "", [])];

    public static IReadOnlyList<Grant> Role { get; } = [new(AccessRole.Partner, [], "", [])];
}
