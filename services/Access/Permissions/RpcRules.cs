using System.Collections.Frozen;
using System.Reflection;
using EarlyWarning.V1;
using Google.Protobuf.Reflection;

namespace EarlyWarning.Access.Permissions;

/// <summary>What each rpc of the contract takes of its caller, as the contract states it.</summary>
internal static class RpcRules
{
    private static readonly FrozenDictionary<string, AccessRule> s_rules = Services()
        .SelectMany(service => service.Methods)
        .ToFrozenDictionary(
            method => $"/{method.Service.FullName}/{method.Name}",
            method => method.GetOptions()?.GetExtension(V1.AccessExtensions.Access) ?? new()
        );

    /// <summary>Gets every rpc of the contract, as <c>/earlywarning.v1.CaseService/GetCase</c>, with its rule.</summary>
    public static IReadOnlyDictionary<string, AccessRule> All => s_rules;

    /// <summary>The rule of an rpc; <see langword="null"/> for one that is none of the contract.</summary>
    public static AccessRule? Of(string method) => s_rules.GetValueOrDefault(method);

    private static IEnumerable<ServiceDescriptor> Services() =>
        typeof(AccessRule)
            .Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(ServiceDescriptor))
            .Select(property => (ServiceDescriptor)property!.GetValue(null)!);
}
