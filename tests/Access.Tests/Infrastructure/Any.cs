using EarlyWarning.Access.Roles;
using EarlyWarning.V1;

namespace EarlyWarning.Access.Tests.Infrastructure;

/// <summary>What a test needs and does not ask about.</summary>
internal static class Any
{
    public static IReadOnlyList<Grant> Role { get; } = [new(AccessRole.Partner, [], "", [])];
}
