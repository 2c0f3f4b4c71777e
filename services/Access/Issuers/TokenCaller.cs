using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Roles;

namespace EarlyWarning.Access.Issuers;

/// <summary>Somebody for whom an issuer vouches, until a moment. Immutable.</summary>
/// <param name="Issuer">The issuer.</param>
/// <param name="Claims">What it says of the caller.</param>
/// <param name="Name">The caller's name on record: <c>amina@login.example</c>.</param>
/// <param name="Ends">Until when it vouches.</param>
internal sealed record TokenCaller(Issuer Issuer, TokenClaims Claims, string Name, DateTimeOffset Ends)
{
    private const string Preferred = "preferred_username";
    private const string Subject = "sub";

    /// <summary>The caller that claims are of, or why they are of none that can be recorded.</summary>
    public static (TokenCaller? Caller, string Fault) Of(Issuer issuer, TokenClaims claims, DateTimeOffset ends)
    {
        var claim = issuer.NameClaim ?? (claims.Text(Preferred).Length > 0 ? Preferred : Subject);
        var name = claims.Text(claim).Trim();
        return KeyName.IsRecordable(name)
            ? (new(issuer, claims, $"{name}@{issuer.KnownAs}", ends), "")
            : (
                null,
                name.Length == 0
                    ? $"The token does not say who calls: it has no '{claim}'. Have {issuer.Url} put it in."
                    : $"The token's '{claim}' is no name that can go on record: it has 1 to {KeyName.Longest} characters without line "
                        + $"breaks, and is not 'suite'."
            );
    }

    /// <summary>What the caller may by the rules in force.</summary>
    public IReadOnlyList<Grant> GrantsBy(AccessRules rules) => rules.Issuers.Contains(Issuer) ? rules.GrantsOf(Issuer, Claims) : [];

    /// <summary>Whether other rules let the caller in as the same, with the same roles.</summary>
    public bool IsSameBy(AccessRules rules, IReadOnlyList<Grant> grants) =>
        rules.Issuers.Contains(Issuer) && GrantsBy(rules).SequenceEqual(grants);
}
