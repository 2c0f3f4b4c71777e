namespace EarlyWarning.Access.Roles;

/// <summary>Which countries a permission of a caller reaches. Immutable.</summary>
/// <param name="Countries">Their codes; <see langword="null"/> for the whole world.</param>
internal sealed record CountryScope(IReadOnlySet<string>? Countries)
{
    public static CountryScope World { get; } = new((IReadOnlySet<string>?)null);

    public bool IsWorld => Countries is null;

    public bool Covers(string country) => Countries is null || Countries.Contains(country);

    /// <summary>What several grants reach together.</summary>
    public static CountryScope Of(IEnumerable<Grant> grants, IOrganisations organisations)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var grant in grants)
        {
            if (grant.IsUnbound)
            {
                return World;
            }

            codes.UnionWith(grant.Countries);
            if (grant.Organisation.Length > 0)
            {
                codes.UnionWith(organisations.MembersOf(grant.Organisation));
            }
        }

        return new(codes);
    }
}
