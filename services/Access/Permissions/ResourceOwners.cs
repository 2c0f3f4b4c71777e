using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Notifications;

namespace EarlyWarning.Access.Permissions;

/// <summary>Whose a resource is.</summary>
/// <param name="Country">The country that it concerns.</param>
/// <param name="Recipient">The recipient that it is for, where it is for one.</param>
internal sealed record ResourceOwner(string Country, string Recipient);

/// <summary>Finds whose a resource is by its name.</summary>
internal sealed class ResourceOwners(IGrainFactory grains)
{
    private const string Risks = "/risks/";

    /// <summary>The country that a name itself has: <c>frameworks/atrocity-crimes/risks/KEN</c>.</summary>
    public static string? CountryIn(string name) =>
        name.LastIndexOf(Risks, StringComparison.Ordinal) is >= 0 and var at ? name[(at + Risks.Length)..] : null;

    /// <summary>Looks up whose a breach, case or notification is; <see langword="null"/> where there is none of that name.</summary>
    public async Task<ResourceOwner?> FindAsync(string name, CancellationToken cancellationToken) =>
        name[..(name.IndexOf('/', StringComparison.Ordinal) + 1)] switch
        {
            "breaches/" => await grains.GetGrain<IBreachRegisterGrain>(0).GetAsync(name).WaitAsync(cancellationToken) is { } breach
                ? new(breach.Country, "")
                : null,
            "cases/" => await grains.GetGrain<ICaseRegisterGrain>(0).GetAsync(name).WaitAsync(cancellationToken) is { } one
                ? new(one.Country, "")
                : null,
            "notifications/" => await grains.GetGrain<INotificationRegisterGrain>(0).GetAsync(name).WaitAsync(cancellationToken)
                is { } message
                ? new(message.Country, message.Recipient)
                : null,
            _ => null,
        };
}
